/** One row of the checklist: what must be true, and the success criteria of WCAG that ask for it. */
export interface Statement {
  readonly number: number;
  readonly text: string;
  readonly criteria: string;
}

/** The 48 statements, in order. A test of one carries its number in the title: `[14] 200 tokens are …`. */
export const statements: readonly Statement[] = [
  ['The open panel is one named landmark', '1.3.1 4.1.2'],
  ['The launcher is a button with `aria-expanded`; its name contains its visible text', '2.5.3 4.1.2'],
  ['The launcher’s name includes the unread count', '1.1.1 4.1.2'],
  ['Opening by keyboard puts the focus in the composer', '2.4.3'],
  ['Closing returns the focus to the opener', '2.4.3'],
  ['Escape: transcript → composer → closed; the draft is kept', '2.1.1'],
  ['Non-modal: Tab leaves the widget both ways', '2.1.2'],
  ['Full screen: the focus is contained, the page inert', '2.4.3 2.4.11'],
  ['The transcript is one stop; ↑ ↓ Home End move between messages', '2.1.1'],
  ['What arrives never moves the focus', '2.4.3 3.2.2'],
  ['Each message is an article named by sender and time', '1.3.1'],
  ['DOM order is chronological', '1.3.2'],
  ['Announcers exist and are empty at first render', '4.1.3'],
  ['200 tokens are at most 3 announcer writes', '4.1.3'],
  ['A completed reply is announced once, without Markdown', '4.1.3'],
  ['A history that loads announces no messages', '4.1.3'],
  ['Sending gives one short confirmation', '4.1.3'],
  ['Typing is announced once per turn', '4.1.3'],
  ['Errors land in a `role=alert` that was there before', '3.3.1 4.1.3'],
  ['Errors say what happened and what to do, without codes', '3.3.3'],
  ['One polite message for each change of the connection', '4.1.3'],
  ['A failed message keeps its text; its buttons name it', '3.3.1'],
  ['Unread announcements come at most once in 10 s', '4.1.3'],
  ['Ticking times are never in live regions', '4.1.3'],
  ['Tool details are a disclosure button', '4.1.2'],
  ['An action with consequences needs review and confirmation', '3.3.4'],
  ['A reader who scrolled back is never moved', '2.2.2'],
  ['“New messages” focuses the first unread one', '2.4.3'],
  ['Stop halts the streaming', '2.2.2'],
  ['The lock warns at least 20 s before; one key extends it, at least 10 times', '2.2.1'],
  ['Signing in again is the host’s; no puzzle; the draft is kept in memory', '3.3.7 3.3.8'],
  ['Text 4.5:1, controls 3:1, in all presets, light and dark', '1.4.3 1.4.11'],
  ['Forced colours: borders, focus and icons stay visible', '1.4.11'],
  ['Sender and error are told not by colour alone', '1.4.1'],
  ['Default font of 32 px: nothing is clipped', '1.4.4'],
  ['320 × 256: no scrolling in two directions, the composer is usable', '1.4.10'],
  ['Text-spacing overrides lose nothing', '1.4.12'],
  ['Targets are at least 24 px (44 where they stand alone)', '2.5.8'],
  ['The focus ring is at least 2 px wide and 3:1', '2.4.7 1.4.11'],
  ['What has the focus, ours or the host’s, is not covered', '2.4.11'],
  ['The launcher keeps its relative order across pages', '3.2.6'],
  ['Reduced motion: no animation, no smooth scrolling', '2.2.2 2.3.3'],
  ['Tooltips can be dismissed, hovered, and stay (there are none)', '1.4.13'],
  ['No single-character shortcuts; F6 is not prevented', '2.1.4'],
  ['A reply in another language carries `lang`; bubbles `dir=auto`', '3.1.2 1.3.2'],
  ['The composer has a persistent label', '3.3.2'],
  ['It works rotated; nothing needs dragging', '1.3.4 2.5.7'],
  ['Images have alternatives; links name where they go, and a new tab', '1.1.1 2.4.4'],
].map(([text = '', criteria = ''], index) => ({ number: index + 1, text, criteria }));

/** The number that a title carries. */
export function statementOf(title: string): number | undefined {
  const number = /^\[(\d+)\] /.exec(title)?.[1];
  return number === undefined ? undefined : Number(number);
}
