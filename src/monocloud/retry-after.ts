/** The three forms of an HTTP date that a recipient must read (RFC 9110 §5.6.7). */
const HTTP_DATES: readonly RegExp[] = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/u,
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/u,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} (?<day>[ \d]\d) \d{2}:\d{2}:\d{2} \d{4}$/u,
];

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): whole seconds or an HTTP date.
 *
 * @param value the header's value, if there was one
 * @param serverTimeMs ms since the epoch by the server's clock: a date is meant by that clock, and the
 *   runner's may be wrong
 * @returns how long to wait, in ms, more than 0; undefined where the value is missing, unreadable or
 *   in the past
 */
export function parseRetryAfter(
  value: string | undefined,
  serverTimeMs: number,
): number | undefined {
  const text = value?.trim();
  if (text === undefined) return undefined;
  const waitMs = /^\d+$/u.test(text)
    ? Number(text) * 1000
    : (parseHttpDate(text) ?? NaN) - serverTimeMs;
  // An absurd number of seconds is still a number of ms.
  return waitMs > 0 ? Math.min(waitMs, Number.MAX_SAFE_INTEGER) : undefined;
}

/**
 * `Date.parse` alone would read `5` as the year 2001.
 *
 * @returns ms since the epoch, or undefined for anything but an HTTP date
 */
export function parseHttpDate(text: string): number | undefined {
  const day = HTTP_DATES.map((form) => form.exec(text)?.groups?.['day']).find(Boolean);
  if (day === undefined) return undefined;
  const date = new Date(text.endsWith(' GMT') ? text : `${text} GMT`);
  // The parser accepts the 31st of February and a wrong weekday.
  const isTrue = date.getUTCDate() === Number(day) && sameWeekday(date, text);
  return isTrue ? date.getTime() : undefined;
}

function sameWeekday(date: Date, text: string): boolean {
  return date.toUTCString().slice(0, 3) === text.slice(0, 3);
}
