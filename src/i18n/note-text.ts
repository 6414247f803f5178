import type { NoteCode } from '../conversation/state.js';
import type { Strings } from './strings.js';

const texts = {
  approved: 'noteApproved',
  rejected: 'noteRejected',
  ended: 'noteEnded',
  'resumed-thread': 'noteResumedThread',
  'new-thread': 'noteNewThread',
  handover: 'noteHandover',
  idle: 'noteIdle',
} as const satisfies Record<NoteCode, keyof Strings>;

/** The words of a note in the flow of the conversation. */
export function noteText(code: NoteCode, strings: Strings): string {
  return strings[texts[code]];
}
