import type { Clock } from './clock.ts';
import { CubicRate } from './cubic-rate.ts';
import type { Meaning } from './rules.ts';

/** Leave to send one request, or why there is none. */
export type Permit =
  | {
      readonly kind: 'granted';
      /** To be called once, when the request has ended. @param meaning undefined where none was sent */
      readonly release: (meaning: ReleaseMeaning | undefined) => void;
    }
  | { readonly kind: 'aborted' }
  /** The API asked for this wait (ms), which is longer than is accepted. */
  | { readonly kind: 'retry-after-too-long'; readonly waitMs: number };

/** What a limiter has to know of a response. */
export type ReleaseMeaning = Pick<Meaning, 'answered' | 'slowsDown' | 'retryAfterMs' | 'sentTwice'>;

/**
 * When requests may go. There is one for all users of a step: a `Retry-After` that one of them gets
 * holds for everyone, and so does the rate that the API can take.
 */
export interface RateLimiter {
  /** Waits for a permit, or until the signal is aborted. First come, first served. */
  readonly acquire: (abort: AbortSignal) => Promise<Permit>;
  /** ms until a request that asks now is sent, as far as is known. */
  readonly waitMs: () => number;
  /** ms that the API asks to wait, where that is longer than is accepted. */
  readonly retryAfterTooLongMs: () => number | undefined;
}

export interface RateLimiterSettings {
  /** ms: the longest wait that is accepted when the API says when to come back. */
  readonly maxRetryWaitMs: number;
  /** An upper limit from the first request on; undefined for none. */
  readonly requestsPerSecond: number | undefined;
  readonly clock: Clock;
}

/** ms: what a limit counts over, unless a longer `Retry-After` says otherwise. */
const WINDOW_MS = 1000;
/** ms: what was accepted before counts half, so that the count speaks of what the API takes now. */
const HALF_LIFE_MS = 5000;
/** ms that everyone waits when the API is throttling and does not say how long. It doubles. */
const FIRST_PAUSE_MS = 500;
/** ms: the longest pause that the API did not ask for, and the longest time between two requests. */
const MAX_PAUSE_MS = 20_000;
/**
 * ms: a timer that fires late is made up for by this much, so that lateness does not add up. At 0.95 of
 * a rate (see `CubicRate`), a second still has no more requests than that rate allows.
 */
const MAX_CATCH_UP_MS = 50;

/**
 * Goes as fast as the responses come, until the API throttles (429, 503). What it accepted by then,
 * over the time that it asks to wait, is the rate that it can take (RFC 6585: so many requests in a
 * given time). From there on requests are spaced evenly, a little slower than that, and then slowly
 * faster. Spacing keeps refusals few: a rate that is a little too high costs one, where full
 * concurrency would cost one for each user in flight.
 *
 * While the API accepts nothing at all, its refusals say nothing about a rate. Then requests go one
 * at a time, at most the last `Retry-After` apart.
 */
export function createRateLimiter({
  maxRetryWaitMs,
  requestsPerSecond = Infinity,
  clock,
}: RateLimiterSettings): RateLimiter {
  const shortestSpacingMs = 1000 / requestsPerSecond;
  /** When the last requests were sent, as many as `requestsPerSecond` allows. */
  const sentAt: number[] = [];
  const rate = new CubicRate();
  /** Accepted requests, and the time they are counted from. */
  let accepted = 0;
  let countedFrom = clock.now();
  /** A refusal that the rate does not know of yet, and when the last one came. */
  let refusal: { readonly rate: number; readonly periodMs: number } | undefined;
  let refusedAt = -Infinity;
  /** The API throttles, and has accepted nothing since the pause. */
  let acceptsNothing = false;
  /** The last `Retry-After`, and the pause that is made where there is none. */
  let lastRetryAfterMs: number | undefined;
  let defaultPauseMs = FIRST_PAUSE_MS;
  /** Nobody goes before the first; the second is when the spacing lets the next one go. */
  let resumeAt = -Infinity;
  let nextAt = -Infinity;
  /** When the API wants to be asked again. A pause that it did not ask for is never too long. */
  let retryAfterAt = -Infinity;
  /** Those that wait stand in line, and only the first one sleeps. */
  let lastInLine = Promise.resolve();
  let waiting = 0;
  let sleeping = new AbortController();
  const heardSignals = new WeakSet<AbortSignal>();

  const retryAfterTooLongMs = (): number | undefined => {
    const waitMs = retryAfterAt - clock.now();
    return waitMs > maxRetryWaitMs ? waitMs : undefined;
  };

  const spacingAt = (time: number): number => {
    const learnt = acceptsNothing
      ? (lastRetryAfterMs ?? defaultPauseMs)
      : Math.min(lastRetryAfterMs ?? MAX_PAUSE_MS, 1 / rate.at(time));
    return Math.max(learnt, shortestSpacingMs);
  };

  /** Only when the pause is over: by then those that were in flight have been counted, too. */
  const learnFromRefusal = (now: number): void => {
    if (refusal === undefined) return;
    const pauseMs = Math.max(WINDOW_MS, lastRetryAfterMs ?? defaultPauseMs);
    rate.lower(refusal.rate, accepted / refusal.periodMs, pauseMs, now);
    refusal = undefined;
    accepted = 0;
    countedFrom = now;
  };

  /** A spacing that is shorter than before holds from now on, also for the one that waits. */
  const sendWithin = (spacingMs: number, now: number): void => {
    nextAt = Math.min(nextAt, now + spacingMs);
    sleeping.abort();
  };

  const throttle = (startedAt: number, now: number, retryAfterMs: number | undefined): void => {
    // Those that were in flight together were refused together: that is one refusal, not many.
    const isSameRefusal = startedAt < resumeAt;
    if (!isSameRefusal && acceptsNothing) {
      defaultPauseMs = Math.min(MAX_PAUSE_MS, defaultPauseMs * 2);
    } else if (!isSameRefusal && startedAt >= refusedAt + WINDOW_MS) {
      const periodMs = Math.max(WINDOW_MS, now - countedFrom, retryAfterMs ?? 0);
      refusal = { rate: rate.at(startedAt), periodMs };
      refusedAt = now;
    }
    acceptsNothing = true;
    lastRetryAfterMs = retryAfterMs;
    sendWithin(spacingAt(now), now);
    if (retryAfterMs === undefined) resumeAt = Math.max(resumeAt, now + defaultPauseMs);
  };

  const accept = (startedAt: number, now: number): void => {
    // The time in which the API accepted nothing says nothing about the rate that it can take.
    if (acceptsNothing && startedAt >= resumeAt) {
      accepted = 0;
      countedFrom = startedAt;
      rate.growFrom(startedAt);
    }
    accepted += 1;
    if (!acceptsNothing || startedAt < resumeAt) return;
    acceptsNothing = false;
    defaultPauseMs = FIRST_PAUSE_MS;
    sendWithin(spacingAt(now), now);
  };

  /** Also where a late timer is made up for, no second has more requests than are allowed. */
  const secondFreeAt = (): number =>
    sentAt.length < requestsPerSecond ? -Infinity : (sentAt[0] ?? 0) + 1000;

  const noteSent = (now: number): void => {
    if (requestsPerSecond === Infinity) return;
    sentAt.push(now);
    if (sentAt.length > requestsPerSecond) sentAt.shift();
  };

  const releaseFrom =
    (startedAt: number) =>
    (meaning: ReleaseMeaning | undefined): void => {
      if (meaning === undefined) return;
      const now = clock.now();
      const { answered, slowsDown, retryAfterMs, sentTwice } = meaning;
      if (sentTwice) {
        noteSent(now);
        nextAt += shortestSpacingMs;
      }
      if (slowsDown) throttle(startedAt, now, retryAfterMs);
      else if (answered) accept(startedAt, now);
      if (retryAfterMs === undefined) return;
      retryAfterAt = Math.max(retryAfterAt, now + retryAfterMs);
      resumeAt = Math.max(resumeAt, retryAfterAt);
      // Where that is too long, the one that sleeps has to know now.
      sleeping.abort();
    };

  const grant = (now: number): Permit => {
    if (now - countedFrom > HALF_LIFE_MS) {
      accepted /= 2;
      countedFrom = (countedFrom + now) / 2;
    }
    noteSent(now);
    nextAt = (now - nextAt > MAX_CATCH_UP_MS ? now : nextAt) + spacingAt(now);
    return { kind: 'granted', release: releaseFrom(now) };
  };

  const sleep = async (ms: number): Promise<void> => {
    sleeping = new AbortController();
    await clock.sleep(ms, sleeping.signal);
  };

  const nextPermit = async (abort: AbortSignal): Promise<Permit> => {
    for (;;) {
      if (abort.aborted) return { kind: 'aborted' };
      const tooLongMs = retryAfterTooLongMs();
      if (tooLongMs !== undefined) return { kind: 'retry-after-too-long', waitMs: tooLongMs };
      const now = clock.now();
      if (now >= resumeAt) learnFromRefusal(now);
      const waitMs = Math.max(resumeAt, nextAt, secondFreeAt()) - now;
      if (waitMs <= 0) return grant(now);
      await sleep(waitMs);
    }
  };

  const acquire = async (abort: AbortSignal): Promise<Permit> => {
    if (!heardSignals.has(abort)) {
      heardSignals.add(abort);
      abort.addEventListener('abort', () => sleeping.abort());
    }
    const before = lastInLine;
    const { promise, resolve: letNextGo } = Promise.withResolvers<void>();
    lastInLine = promise;
    waiting += 1;
    await before;
    try {
      return await nextPermit(abort);
    } finally {
      waiting -= 1;
      letNextGo();
    }
  };

  const waitMs = (): number => {
    const now = clock.now();
    const spacingMs = waiting === 0 ? 0 : waiting * spacingAt(Math.max(now, resumeAt));
    return Math.max(0, Math.max(resumeAt, nextAt) - now + spacingMs);
  };

  return { acquire, waitMs, retryAfterTooLongMs };
}
