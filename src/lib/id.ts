let count = 0;

/** A name for something on this page: unique in the page, and unlikely to meet one of another tab. */
const page = Math.random().toString(36).slice(2, 8);

export function createId(): string {
  count += 1;
  return `${page}-${count.toString(36)}`;
}
