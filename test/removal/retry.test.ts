import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiResponse } from '../../src/monocloud/response.ts';
import {
  createRateLimiter,
  type Permit,
  type RateLimiter,
} from '../../src/removal/rate-limiter.ts';
import {
  attemptRepeatedly,
  backoffMs,
  type AttemptDependencies,
  type Attempts,
} from '../../src/removal/retry.ts';
import { createClassifier } from '../../src/removal/rules.ts';
import { PROFILE, failure, sentTwice, status, userId } from './scripted-api.ts';
import { VirtualClock } from './virtual-clock.ts';

const USER = userId('user-1');
const never = new AbortController().signal;

interface World extends Partial<AttemptDependencies> {
  readonly kind?: 'attempt' | 'reading';
  /** Called with the number of each request, as it is sent. */
  readonly onSent?: (count: number) => void;
}

interface Trial {
  readonly attempts: Attempts & {
    /** How many were said to be sent. */
    readonly count: number;
  };
  /** What was observed, in order. */
  readonly seen: readonly string[];
  /** ms at which each request was sent */
  readonly sentAt: readonly number[];
}

function shown(response: ApiResponse): string {
  if (response.kind === 'no-response') return response.failure.cause;
  return String(response.status);
}

/** @param responses one for each attempt, which takes 10 ms; after the last of them, profiles */
async function attempt(responses: readonly ApiResponse[], world: World = {}): Promise<Trial> {
  const { kind = 'attempt', onSent, ...dependencies } = world;
  const clock = new VirtualClock();
  const seen: string[] = [];
  const sentAt: number[] = [];
  let count = 0;
  const send = async (): Promise<ApiResponse> => {
    sentAt.push(clock.now());
    onSent?.(sentAt.length);
    await clock.sleep(10, never);
    return responses[sentAt.length - 1] ?? PROFILE;
  };
  const settings = { maxRetryWaitMs: 10_000, requestsPerSecond: undefined, clock };
  const attempts = await attemptRepeatedly(USER, send, kind, {
    retries: 3,
    rateLimiter: createRateLimiter(settings),
    classify: createClassifier(),
    clock,
    random: () => 0.5,
    stopped: never,
    cancelled: never,
    sending: () => {
      count += 1;
    },
    observer: {
      attempted: (id, what, number, response, tookMs) =>
        seen.push(`${id} ${what} ${number}: ${shown(response)}, ${tookMs} ms`),
      retrying: (id, next, response, waitMs) =>
        seen.push(`${id} ${next} after ${shown(response)}, ${waitMs} ms`),
    },
    ...dependencies,
  });
  return { attempts: { ...attempts, count }, seen, sentAt };
}

/** A rate limiter that lets everyone go at once, and keeps what is said on release. */
function grantingLimiter(released: unknown[], onAcquire = (): void => {}): RateLimiter {
  const permit: Permit = { kind: 'granted', release: (meaning) => released.push(meaning) };
  return {
    acquire: () => {
      onAcquire();
      return Promise.resolve(permit);
    },
    waitMs: () => 0,
    retryAfterTooLongMs: () => undefined,
  };
}

describe('backoff', () => {
  it('has bounds that double, from 1 s up to 20 s', () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7, 11].map((count) =>
      Math.round(backoffMs(count, () => 1 - Number.EPSILON)),
    );
    expect(bounds).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000]);
  });

  it('is anything from nothing up to its bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (count, random) => {
          const bound = Math.min(20_000, 1000 * 2 ** (count - 1));
          const waitMs = backoffMs(count, () => random);
          expect(waitMs).toBeCloseTo(random * bound, 6);
          expect(waitMs).toBeLessThan(bound);
        },
      ),
    );
  });
});

describe('the attempts for a user', () => {
  it('are observed, and back off', async () => {
    const { attempts, seen, sentAt } = await attempt([status(500), failure('timed-out', true)]);
    expect(attempts).toMatchObject({ count: 3, last: { response: PROFILE }, lost: true });
    expect(attempts.retryAfterTooLongMs).toBeUndefined();
    expect(seen).toEqual([
      'user-1 attempt 1: 500, 10 ms',
      'user-1 2 after 500, 500 ms',
      'user-1 attempt 2: timed-out, 10 ms',
      'user-1 3 after timed-out, 1000 ms',
      'user-1 attempt 3: 200, 10 ms',
    ]);
    expect(sentAt).toEqual([0, 510, 1520]);
  });

  it('wait for as long as the API asks, with no backoff on top', async () => {
    const { seen, sentAt } = await attempt([status(500, 2000)]);
    expect(seen[1]).toBe('user-1 2 after 500, 2000 ms');
    expect(sentAt).toEqual([0, 2010]);
  });

  it('wait for whichever is longer where the API is throttling and does not say', async () => {
    const early = await attempt([status(429)], { random: () => 0 });
    expect(early.sentAt).toEqual([0, 510]);
    expect(early.seen[1]).toBe('user-1 2 after 429, 500 ms');
    const late = await attempt([status(429)], { random: () => 0.9 });
    expect(late.sentAt).toEqual([0, 910]);
    expect(late.seen[1]).toBe('user-1 2 after 429, 900 ms');
  });

  it('end where the API asks for too long a wait', async () => {
    const { attempts, seen } = await attempt([status(503, 10_001)]);
    expect(attempts).toMatchObject({ count: 1, lost: true, retryAfterTooLongMs: 10_001 });
    expect(seen).toHaveLength(1);
  });

  it('end with the last, without a wait', async () => {
    const { attempts, seen } = await attempt([status(408), status(408)], { retries: 1 });
    expect(attempts).toMatchObject({ count: 2, last: { response: status(408) }, lost: false });
    expect(seen.filter((line) => line.includes('after'))).toHaveLength(1);
  });

  it.each([
    ['a response that was lost', [failure('connection-lost', true)], true],
    ['a 5xx', [status(500)], true],
    ['a request that was sent twice', [sentTwice(status(429))], true],
    ['one that was sent twice, and settled', [sentTwice(PROFILE)], true],
    ['one that never reached the server', [failure('connection-refused')], false],
    ['a 429', [status(429)], false],
    ['a 408', [status(408)], false],
  ])('know of %s', async (_, responses, lost) => {
    expect((await attempt(responses)).attempts.lost).toBe(lost);
  });

  it('are none where the step is stopped already', async () => {
    const { attempts, sentAt } = await attempt([], { stopped: AbortSignal.abort() });
    expect(attempts).toEqual({
      count: 0,
      last: undefined,
      lost: false,
      retryAfterTooLongMs: undefined,
    });
    expect(sentAt).toEqual([]);
  });

  it('are no more after a stop', async () => {
    const stop = new AbortController();
    const { attempts, seen } = await attempt([status(500), status(500)], {
      stopped: stop.signal,
      onSent: (count) => count === 2 && stop.abort(),
    });
    expect(attempts).toMatchObject({ count: 2, lost: true });
    expect(seen.at(-1)).toBe('user-1 attempt 2: 500, 10 ms');
  });

  it('do not begin where the stop comes with the permit', async () => {
    const stop = new AbortController();
    const released: unknown[] = [];
    const rateLimiter = grantingLimiter(released, () => stop.abort());
    const { attempts, sentAt } = await attempt([], { stopped: stop.signal, rateLimiter });
    expect(attempts.count).toBe(0);
    expect(sentAt).toEqual([]);
    expect(released).toEqual([undefined]);
  });

  it('release their permit also where an error of the action ends them', async () => {
    const released: unknown[] = [];
    const rateLimiter = grantingLimiter(released);
    const attempted = attempt([], {
      rateLimiter,
      onSent: () => {
        throw new Error('internal');
      },
    });
    await expect(attempted).rejects.toThrow('internal');
    expect(released).toEqual([undefined]);
  });
});

describe('a reading that settles a removal', () => {
  it('is retried like any request, and does not count as an attempt', async () => {
    const { attempts, seen, sentAt } = await attempt(
      [failure('connection-lost', true), status(429)],
      {
        kind: 'reading',
      },
    );
    expect(attempts).toMatchObject({ count: 0, last: { response: PROFILE } });
    expect(sentAt).toHaveLength(3);
    expect(seen[0]).toBe('user-1 reading 1: connection-lost, 10 ms');
  });

  it('is sent once after a stop, because what is in flight is seen through', async () => {
    const { attempts, sentAt } = await attempt([status(500)], {
      kind: 'reading',
      stopped: AbortSignal.abort(),
    });
    expect(attempts).toMatchObject({ last: { response: status(500) } });
    expect(sentAt).toHaveLength(1);
  });

  it('is not sent where the step is cancelled', async () => {
    const { sentAt } = await attempt([], { kind: 'reading', cancelled: AbortSignal.abort() });
    expect(sentAt).toEqual([]);
  });
});
