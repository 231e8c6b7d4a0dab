/** The three forms of an HTTP date that a recipient must read (RFC 9110 §5.6.7). */
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/u;
const RFC_850_DATE = /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/u;
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/u;

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): whole seconds or an HTTP date.
 *
 * @param value the header's value, if there was one
 * @param serverTime ms since the epoch by the server's clock: a date is meant by that clock, and the
 *   runner's may be wrong
 * @returns how long to wait, in ms, more than 0; undefined where the value is missing, unreadable or
 *   in the past
 */
export function parseRetryAfter(value: string | undefined, serverTime: number): number | undefined {
  const text = value?.trim();
  if (text === undefined) return undefined;
  const wait = /^\d+$/u.test(text)
    ? Number(text) * 1000
    : (parseHttpDate(text) ?? NaN) - serverTime;
  return wait > 0 ? wait : undefined;
}

/**
 * `Date.parse` alone would read `5` as the year 2001.
 *
 * @returns ms since the epoch, or undefined for anything but an HTTP date
 */
export function parseHttpDate(text: string): number | undefined {
  if (ASCTIME_DATE.test(text)) return known(Date.parse(`${text} GMT`));
  if (RFC_850_DATE.test(text)) return known(Date.parse(text));
  if (!IMF_FIXDATE.test(text)) return undefined;
  const time = known(Date.parse(text));
  // Written again and compared: the parser rolls the 31st of February over without a word.
  return time !== undefined && new Date(time).toUTCString() === text ? time : undefined;
}

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}
