import type { PartOfDay } from './memory.js';

/** A time that can be booked. */
export interface Slot {
  readonly slot_id: string;
  readonly doctor: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM`, 24 hours. */
  readonly time: string;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const SPANISH = ['domingo', 'lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado'];
const TIMES = ['08:30', '09:15', '10:45', '11:30', '13:15', '14:30', '15:15', '16:00'];
const DAY_MS = 86_400_000;

/** Words before a day that say which day is *not* wanted: "not Tuesday", "from Monday", "instead of Friday". */
const UNWANTED =
  /\b(?:not|from|in town|away|busy|traveling|travelling|conflict|instead of|rather than|except|but|cannot make(?: it)?|cannot do|cannot come|cannot|my|will not make(?: it)?|does not work|anything but)(?: (?:on|for|the|this|next|my|it))* $/;

const DAY_WORD = new RegExp(
  `\\b(?:(?:next |this )?(sun|mon|tues?|wed|thu|thurs?|fri|sat)(?:day|nesday|rsday|urday|sday)?s?|(${SPANISH.join('|')})|(today|tomorrow|manana|hoy)|(\\d{1,2})(?:th|st|nd|rd)|(next week))\\b`,
  'g',
);

/** The day (`YYYY-MM-DD`) that a plain text asks for; the last one that is not ruled out. */
export function findDay(plain: string, now: Date): string | undefined {
  let found: string | undefined;
  for (const match of plain.matchAll(DAY_WORD)) {
    const ruledOut =
      UNWANTED.test(plain.slice(0, match.index)) ||
      / (?:does|will) not work| is out/.test(after(plain, match));
    if (!ruledOut) found = dayOf(match, now) ?? found;
  }
  return found;
}

/** Morning or afternoon, if the text says which; "late" wins, because people add it to correct themselves. */
export function findPartOfDay(plain: string): PartOfDay | undefined {
  if (/\b(?:afternoon|pm|after lunch|after work|evening|late|later in the day|tarde)\b/.test(plain))
    return 'afternoon';
  return /\b(?:morning|am|before noon|before work|early|mornings)\b/.test(plain) ? 'morning' : undefined;
}

/**
 * The offered slot that the patient means by its place, its time or "any"; undefined if by none. A time that is not
 * on offer picks the nearest one, which is then not `exact`.
 */
export function pickSlot(
  plain: string,
  offered: readonly Slot[],
): { slot: Slot; exact: boolean } | undefined {
  const place = placeOf(plain, offered.length);
  if (place === undefined) return slotNearTime(plain, offered);
  const slot = offered[place];
  return slot && { slot, exact: true };
}

/** Free slots of a doctor on a day; none on a weekend. */
export function slotsOn(date: string, doctor: string, part?: PartOfDay): Slot[] {
  const day = new Date(`${date}T00:00:00Z`);
  if (day.getUTCDay() === 0 || day.getUTCDay() === 6) return [];
  const offset = (day.getUTCDate() + doctor.length) % 2;
  return TIMES.filter(
    (time, index) => index % 2 === offset && (!part || time < '12:00' === (part === 'morning')),
  )
    .slice(0, 3)
    .map((time) => ({ slot_id: `${date}T${time}`, doctor, date, time }));
}

/** The next working day after a date. */
export function nextWorkday(date: string): string {
  let day = new Date(`${date}T00:00:00Z`);
  do day = new Date(day.getTime() + DAY_MS);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6);
  return isoDay(day);
}

/** When the visit is booked at first: the Tuesday of next week. */
export function firstVisit(now: Date): Slot {
  const date = isoDay(upcoming(2, new Date(now.getTime() + 2 * DAY_MS)));
  return { slot_id: `${date}T10:30`, doctor: 'Dr. Okafor', date, time: '10:30' };
}

/** "Thursday, November 26" */
export function sayDay(date: string): string {
  const format = { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-US', format).format(new Date(`${date}T00:00:00Z`));
}

/** "2:30 PM" */
export function sayTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** "Thursday, November 26 at 2:30 PM" */
export function sayWhen(slot: Slot): string {
  return `${sayDay(slot.date)} at ${sayTime(slot.time)}`;
}

/** `YYYY-MM-DD` in UTC: the clinic has no time zone of its own, so that tests and demos agree everywhere. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function after(plain: string, match: RegExpExecArray | RegExpMatchArray): string {
  const start = (match.index ?? 0) + match[0].length;
  return plain.slice(start, start + 16);
}

function dayOf(match: RegExpMatchArray, now: Date): string | undefined {
  const [, english, spanish, relative, ordinal, nextWeek] = match;
  if (english)
    return isoDay(
      upcoming(
        WEEKDAYS.findIndex((day) => day.startsWith(english.slice(0, 3))),
        now,
      ),
    );
  if (spanish) return isoDay(upcoming(SPANISH.indexOf(spanish), now));
  if (relative) return isoDay(new Date(now.getTime() + (/^t?o?morrow|manana/.test(relative) ? DAY_MS : 0)));
  if (nextWeek) return isoDay(upcoming(1, now));
  return dayOfMonth(Number(ordinal), now);
}

/** "the 26th"; up to 3 it is rather a place in the list. */
function dayOfMonth(day: number, now: Date): string | undefined {
  if (!(day > 3 && day <= 31)) return undefined;
  const month = now.getUTCMonth() + (day > now.getUTCDate() ? 0 : 1);
  return isoDay(new Date(Date.UTC(now.getUTCFullYear(), month, day)));
}

function upcoming(weekday: number, from: Date): Date {
  const ahead = (weekday - from.getUTCDay() + 7) % 7 || 7;
  return new Date(from.getTime() + ahead * DAY_MS);
}

function placeOf(plain: string, count: number): number | undefined {
  if (/\b(?:last|latest|third|3rd)\b|^(?:option |number )?(?:3|three)$/.test(plain)) return count - 1;
  if (/\b(?:second|2nd|middle|number two|option two|option 2|number 2|segunda)\b|^(?:2|two)$/.test(plain))
    return Math.min(1, count - 1);
  const first =
    /\b(?:first|1st|earliest|soonest|number one|option one|option 1|number 1|any|either|whichever|primera)\b|^(?:1|one)$/;
  return first.test(plain) ? 0 : undefined;
}

function slotNearTime(plain: string, offered: readonly Slot[]): { slot: Slot; exact: boolean } | undefined {
  const match = /(?:^|\b(?:at|around|about|the|say) |^.{0,12})(\d{1,2})(?::(\d{2}))? ?(am|pm)?\b/.exec(plain);
  if (!match) return undefined;
  const hour = Number(match[1]);
  const isAfternoon = match[3] ? match[3] === 'pm' && hour < 12 : hour < 8;
  const wanted = (hour + (isAfternoon ? 12 : 0)) * 60 + Number(match[2] ?? 0);
  const [slot] = [...offered].sort(
    (left, right) => Math.abs(minutes(left) - wanted) - Math.abs(minutes(right) - wanted),
  );
  const inThatHour =
    slot && match[2] === undefined && Math.floor(minutes(slot) / 60) === Math.floor(wanted / 60);
  return slot && { slot, exact: inThatHour || minutes(slot) === wanted };
}

function minutes(slot: Slot): number {
  const [hour = 0, minute = 0] = slot.time.split(':').map(Number);
  return hour * 60 + minute;
}
