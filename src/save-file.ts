import type { Cancel, Clock } from './lib/clock.js';

/** Safari reads the file some time after the click; FileSaver.js waits as long. */
const READ_WITHIN = 40_000;

/**
 * Saves a text as a file, made in the page and sent nowhere.
 *
 * @param name of the file; it is seen in lists of downloads, so nothing of the person belongs in it
 * @returns takes the file back out of the page's memory, which happens by itself after 40 s
 */
export function saveFile(text: string, name: string, type: string, clock: Clock): Cancel {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  const revoke = (): void => {
    URL.revokeObjectURL(url);
  };
  const cancel = clock.after(READ_WITHIN, revoke);
  return () => {
    cancel();
    revoke();
  };
}
