/** ms: the longest that the first wait can be. */
const FIRST_WAIT = 1000;
/** ms: the longest that any wait can be. */
const LONGEST_WAIT = 20_000;

/**
 * Exponential backoff with full jitter: anything between nothing and a bound that doubles, so that
 * many clients that failed together do not come back together.
 *
 * @param attempt how many tries there were, from 1
 * @param random a number from 0 up to but not including 1
 * @returns ms
 */
export function backoff(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
}
