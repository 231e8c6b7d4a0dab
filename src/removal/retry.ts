import type { ApiResponse } from '../monocloud/response.ts';
import type { UserId } from '../monocloud/user-id.ts';
import type { Clock } from './clock.ts';
import type { Permit, RateLimiter } from './rate-limiter.ts';
import type { Classify, Meaning } from './rules.ts';

/** Sends one request for a user. */
export type Send = (userId: UserId) => Promise<ApiResponse>;

/** A response, and what follows from it. */
export interface Attempt {
  readonly response: ApiResponse;
  readonly meaning: Meaning;
}

/** How the attempts for one user ended. */
export interface Attempts {
  readonly last: Attempt | undefined;
  /** One of them may have taken effect, and no word on that came back. */
  readonly lost: boolean;
  /** ms: another attempt was due, but the API asked for this wait, longer than is accepted. */
  readonly retryAfterTooLongMs: number | undefined;
}

/** Sees what happens while it happens. */
export interface AttemptObserver {
  /** @param tookMs from the permit to the response */
  readonly attempted: (
    userId: UserId,
    kind: 'attempt' | 'reading',
    number: number,
    response: ApiResponse,
    tookMs: number,
  ) => void;
  /** Before a retry. @param waitMs until it is sent, as far as is known */
  readonly retrying: (
    userId: UserId,
    nextAttempt: number,
    response: ApiResponse,
    waitMs: number,
  ) => void;
}

/** What all attempts of a step share. */
export interface AttemptDependencies {
  /** Further attempts after the first. */
  readonly retries: number;
  readonly rateLimiter: RateLimiter;
  readonly classify: Classify;
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** No further user is begun. What is in flight ends by itself. */
  readonly stopped: AbortSignal;
  /** What is in flight is cut off, too. */
  readonly cancelled: AbortSignal;
  readonly observer: AttemptObserver;
  /** Called before each attempt is sent; not before a reading that settles one. */
  readonly sending: () => void;
}

/** ms: the longest that the first wait can be, and that any wait can be. */
const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 20_000;

/**
 * Exponential backoff with full jitter: anything between nothing and a bound that doubles, so that
 * many clients that failed together do not come back together.
 *
 * @param attempts how many there were, from 1
 * @param random a number from 0 up to but not including 1
 * @returns ms
 */
export function backoffMs(attempts: number, random: () => number): number {
  return random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1));
}

/**
 * Sends until the response is final, the retries are used up, or the step is stopped.
 *
 * @param kind `reading`: settles what became of a removal. Its first request is sent also after a
 *   stop, because what is in flight is seen through.
 */
export async function attemptRepeatedly(
  userId: UserId,
  send: Send,
  kind: 'attempt' | 'reading',
  dependencies: AttemptDependencies,
): Promise<Attempts> {
  const { rateLimiter, clock, random, retries, stopped, cancelled, observer, sending } =
    dependencies;
  const isStopped = (): boolean => stopped.aborted;
  let [count, lost] = [0, false];
  let last: Attempt | undefined;
  const ended = (retryAfterTooLongMs?: number): Attempts => ({ last, lost, retryAfterTooLongMs });
  for (;;) {
    const isFirstReading = kind === 'reading' && count === 0;
    const abort = isFirstReading ? cancelled : stopped;
    const permit = await rateLimiter.acquire(abort);
    if (permit.kind === 'aborted') return ended();
    if (permit.kind === 'retry-after-too-long') return ended(permit.waitMs);
    if (abort.aborted) {
      // Stopped in the moment between the two: still nothing may be sent.
      permit.release(undefined);
      return ended();
    }

    const sentAt = clock.now();
    if (kind === 'attempt') sending();
    last = await sendOnce(userId, send, permit, dependencies);
    const { response, meaning } = last;
    count += 1;
    lost ||= meaning.lost;
    observer.attempted(userId, kind, count, response, clock.now() - sentAt);
    if (!meaning.retried || count > retries || isStopped()) return ended();

    const retryAfterTooLongMs = rateLimiter.retryAfterTooLongMs();
    if (retryAfterTooLongMs !== undefined) return ended(retryAfterTooLongMs);

    // What the API asked for is waited out in the rate limiter, by everyone.
    const waitMs = meaning.retryAfterMs === undefined ? backoffMs(count, random) : 0;
    observer.retrying(userId, count + 1, response, Math.max(waitMs, rateLimiter.waitMs()));
    if (waitMs > 0) await clock.sleep(waitMs, stopped);
  }
}

/** Sends one request, and gives the permit back whatever comes of it. */
async function sendOnce(
  userId: UserId,
  send: Send,
  permit: Extract<Permit, { kind: 'granted' }>,
  { classify }: AttemptDependencies,
): Promise<Attempt> {
  let meaning: Meaning | undefined;
  try {
    const response = await send(userId);
    meaning = classify(response);
    return { response, meaning };
  } finally {
    permit.release(meaning);
  }
}
