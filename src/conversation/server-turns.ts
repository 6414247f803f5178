import type { HistoryTurn } from './event.js';
import type { UserMessage } from './state.js';

/** Texts are compared without surrounding white space: servers trim. */
const keyOf = (role: string, text: string): string => `${role}\n${text.trim()}`;

/** The server's turns, with a quick way to find the last one of a text before a given place. */
export class ServerTurns {
  private readonly places = new Map<string, number[]>();
  private readonly userPlaces: number[] = [];

  constructor(readonly turns: readonly HistoryTurn[]) {
    turns.forEach((turn, index) => {
      const key = keyOf(turn.role, turn.text);
      const places = this.places.get(key);
      if (places) places.push(index);
      else this.places.set(key, [index]);
      if (turn.role === 'user') this.userPlaces.push(index);
    });
  }

  get userCount(): number {
    return this.userPlaces.length;
  }

  lastOf(role: string, text: string, before: number): number {
    const places = this.places.get(keyOf(role, text)) ?? [];
    // Walking backwards never needs a later place again.
    while (places.length > 0 && (places.at(-1) ?? 0) >= before) places.pop();
    return places.at(-1) ?? -1;
  }

  /** Whether all of these, which are proven and of one text, find a place of their own before this one. */
  hasRoomFor(proven: readonly UserMessage[], text: string, before: number): boolean {
    const places = this.places.get(keyOf('user', text)) ?? [];
    return [...proven].reverse().every(({ baseline }, index) => {
      const from = baseline === undefined ? 0 : this.beyond(baseline);
      return places.filter((place) => place >= from && place < before).length > index;
    });
  }

  /** Where user turns beyond the first `count` begin; without a count only the last one may be meant. */
  beyond(count: number | undefined): number {
    return this.userPlaces[count ?? this.userPlaces.length - 1] ?? this.turns.length;
  }

  /**
   * The turn in which a reply that was cut off is whole: among the agent's turns right after `after`, or right
   * before `end` where nothing on screen above it is known to the server. Never the answer to something else.
   */
  whole(text: string, after: number, end: number): number {
    const start = text.trim();
    const step = after < 0 ? -1 : 1;
    for (let index = after < 0 ? end - 1 : after + 1; index < end; index += step) {
      const turn = this.turns[index];
      if (turn?.role !== 'agent') return -1;
      if (turn.text.trim().startsWith(start)) return index;
    }
    return -1;
  }
}
