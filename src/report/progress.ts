import { duration } from './sentences.ts';
import type { Tally } from './tally.ts';

/** ms: the shortest and longest time between two lines. */
const MOST_OFTEN = 5000;
const LEAST_OFTEN = 120_000;
/** In between, a line each time the work has gone on by this part of its age. */
const PART_OF_AGE = 1 / 20;

/** One line on how far the work is. @param elapsed ms since it began */
export function progressLine(tally: Tally, elapsed: number): string {
  const { ended, users, failed } = tally;
  const perSecond = elapsed > 0 ? ended / (elapsed / 1000) : 0;
  const left =
    perSecond > 0 ? `, about ${duration((1000 * (users - ended)) / perSecond)} left` : '';
  return (
    `${ended} of ${users} users, ${failed} not done, ` +
    `${Math.round(perSecond * 10) / 10} a second${left}.`
  );
}

/**
 * Calls back now and then: often at first, more seldom the longer it takes, so that hours of work
 * do not fill the log. Does not keep the process alive.
 *
 * @param tick gets the ms since the start
 * @returns a function that ends it
 */
export function startTicker(now: () => number, tick: (elapsed: number) => void): () => void {
  const startedAt = now();
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const wait = (now() - startedAt) * PART_OF_AGE;
    timer = setTimeout(
      () => {
        tick(now() - startedAt);
        next();
      },
      Math.min(LEAST_OFTEN, Math.max(MOST_OFTEN, wait)),
    ).unref();
  };
  next();
  return () => clearTimeout(timer);
}
