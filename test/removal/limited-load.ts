import {
  createRateLimiter,
  type RateLimiter,
  type RateLimiterSettings,
  type ReleaseMeaning,
} from '../../src/removal/rate-limiter.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A signal that is never aborted. */
export const never = new AbortController().signal;

/** A response by which the API accepted the request. */
export const ACCEPTED: ReleaseMeaning = {
  answered: true,
  slowsDown: false,
  retryAfterMs: undefined,
  sentTwice: false,
};

/** One by which it throttled. @param retryAfterMs where it says how long to wait */
export function throttled(retryAfterMs?: number): ReleaseMeaning {
  return { ...ACCEPTED, slowsDown: true, retryAfterMs };
}

/** What a limiter is made with; what is left out does not limit it. */
export interface Setup extends Partial<RateLimiterSettings> {
  readonly clock?: VirtualClock;
}

/** Makes a limiter, and the clock that it goes by. */
export function setUp({ clock = new VirtualClock(), ...settings }: Setup = {}): {
  readonly limiter: RateLimiter;
  readonly clock: VirtualClock;
} {
  const all = { maxRetryWaitMs: 120_000, requestsPerSecond: undefined, ...settings, clock };
  return { limiter: createRateLimiter(all), clock };
}

type Release = (meaning: ReleaseMeaning | undefined) => void;

/** Waits for a permit. @returns its release. @throws Error where none is granted */
export async function granted(limiter: RateLimiter): Promise<Release> {
  const permit = await limiter.acquire(never);
  if (permit.kind !== 'granted') throw new Error(`not granted: ${permit.kind}`);
  return permit.release;
}

/** So many requests, one after the other, each accepted at once. @returns when each went, in ms */
export async function acceptedAtOnce(
  { limiter, clock }: ReturnType<typeof setUp>,
  requests: number,
): Promise<number[]> {
  const times: number[] = [];
  while (times.length < requests) {
    const release = await granted(limiter);
    times.push(clock.now());
    release(ACCEPTED);
  }
  return times;
}

/** Workers that share a limiter, and the server that they ask. */
export interface Load extends Setup {
  readonly concurrency: number;
  /** ms before the first request. */
  readonly startMs?: number;
  /** ms to the server, and as many back. */
  readonly latencyMs: number;
  /** What the server makes of a request that arrives now (ms). */
  readonly serve: (now: number) => ReleaseMeaning;
  /** Called before each request. */
  readonly isDone: (sent: readonly number[]) => boolean;
}

/** Workers that send until they are done. @returns when each request was sent, in ms */
export async function sendAll({
  concurrency,
  startMs = 0,
  latencyMs,
  serve,
  isDone,
  ...more
}: Load): Promise<number[]> {
  const { limiter, clock } = setUp(more);
  if (startMs > 0) await clock.sleep(startMs, never);
  const sent: number[] = [];
  const work = async (): Promise<void> => {
    for (;;) {
      if (isDone(sent)) return;
      const release = await granted(limiter);
      sent.push(clock.now());
      await clock.sleep(latencyMs, never);
      const meaning = serve(clock.now());
      if (meaning.sentTwice) sent.push(clock.now());
      await clock.sleep(latencyMs, never);
      release(meaning);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return sent;
}

/** ms from each time to the next. */
export function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

/** The shortest of these. */
export function shortestGap(times: readonly number[]): number {
  return Math.min(...gapsOf(times));
}

/** Numbers from 0 up to but not including 1, the same each time. @param number where they begin */
export function evenNumbers(number = 0): () => number {
  return () => {
    number = (number + 0.618_033_988_749_894_9) % 1;
    return number;
  };
}
