/**
 * Whose conversation this is, as far as tokens and sessions have told. Once it turns out to be somebody else's,
 * nothing of the last person may stay.
 */
export class Person {
  private subject: string | undefined;
  private entityId: string | undefined;

  /** Takes what was told, and says whether it stands for another person than before. */
  becomes(told: { readonly subject?: string | undefined; readonly entityId?: string | undefined }): boolean {
    const { subject = this.subject, entityId = this.entityId } = told;
    const other =
      (this.subject !== undefined && this.subject !== subject) ||
      (this.entityId !== undefined && this.entityId !== entityId);
    this.subject = subject;
    this.entityId = entityId;
    return other;
  }
}
