/**
 * "New conversation": the one at hand is ended, then another begun. Remembers which one was left, because a
 * server may lead straight back into it.
 */
export class StartOver {
  private left: string | undefined;
  private ending = false;

  /** True while the old conversation is being ended: nothing connects until that is over. */
  get underWay(): boolean {
    return this.ending;
  }

  async leave(conversationId: string | undefined, end: () => Promise<void>): Promise<void> {
    this.left = conversationId;
    this.ending = true;
    await end();
    this.ending = false;
  }

  /** Whether a session that opened is the conversation that was just left. Asked once for each session. */
  ledBackTo(conversationId: string | undefined): boolean {
    const { left } = this;
    this.left = undefined;
    return left !== undefined && left === conversationId;
  }
}
