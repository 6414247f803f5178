/** Times, dates, durations and numbers in the person's language. `Intl` objects are costly: one each. */

const formatters = new Map<string, unknown>();

function cached<T>(kind: string, locale: string, make: () => T): T {
  const key = `${kind} ${locale}`;
  if (!formatters.has(key)) formatters.set(key, make());
  return formatters.get(key) as T;
}

/** "3:07 PM". `at` is epoch milliseconds; the zone is the device's. */
export function formatTime(locale: string, at: number): string {
  const make = (): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  return cached('time', locale, make).format(at);
}

/** "Friday, November 20, 2026". */
export function formatDate(locale: string, at: number): string {
  const make = (): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  return cached('date', locale, make).format(at);
}

/** "Nov 20, 2026, 3:07 PM". `at` is epoch milliseconds; the zone is the device's. */
export function formatMoment(locale: string, at: number): string {
  const make = (): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return cached('moment', locale, make).format(at);
}

/** "1,234". */
export function formatNumber(locale: string, value: number): string {
  return cached('number', locale, () => new Intl.NumberFormat(locale)).format(value);
}

/** "0.4 sec" below a minute, else "2 min". `ms` is milliseconds. */
export function formatDuration(locale: string, ms: number): string {
  const minutes = ms >= 60_000;
  const make = (): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: minutes ? 'minute' : 'second',
      maximumFractionDigits: 1,
    });
  return cached(minutes ? 'minutes' : 'seconds', locale, make).format(ms / (minutes ? 60_000 : 1000));
}
