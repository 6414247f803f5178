const DAY_MS = 86_400_000;
const TUESDAY = 2;

/**
 * The visit that the demo agent knows: 10:30 on the first Tuesday more than two days away. Counted in UTC, as the
 * agent does, and then read as a plain date, so that both name the same day in every time zone.
 */
export function nextVisit(now: Date): Date {
  const earliest = new Date(now.getTime() + 2 * DAY_MS);
  const daysAhead = (TUESDAY - earliest.getUTCDay() + 7) % 7 || 7;
  const day = new Date(earliest.getTime() + daysAhead * DAY_MS);
  day.setUTCHours(10, 30, 0, 0);
  return day;
}

/** Writes dates that are always near today into the `[data-visit]` and `[data-lab]` places of the page. */
export function fillDates(page: Document, now = new Date()): void {
  const visit = nextVisit(now);
  const lab = new Date(now.getTime() - 6 * DAY_MS);
  write(page, '[data-visit=month]', visit, { month: 'short' });
  write(page, '[data-visit=day]', visit, { day: 'numeric' });
  write(page, '[data-visit=when]', visit, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  write(page, '[data-lab]', lab, { month: 'long', day: 'numeric' });
}

function write(page: Document, selector: string, date: Date, format: Intl.DateTimeFormatOptions): void {
  const place = page.querySelector(selector);
  if (!place) return;
  place.textContent = new Intl.DateTimeFormat('en-US', { ...format, timeZone: 'UTC' }).format(date);
  if (place instanceof HTMLTimeElement) place.dateTime = date.toISOString().slice(0, 10);
}
