import { describe, expect, it } from 'vitest';
import { Throttle } from '../../emulator/throttle.ts';
import {
  ACCEPTED,
  acceptedAtOnce,
  evenNumbers,
  gapsOf,
  granted,
  never,
  sendAll,
  setUp,
  shortestGap,
  throttled,
} from './limited-load.ts';
import { VirtualClock } from './virtual-clock.ts';

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

describe('the rate', () => {
  it('has no limit before the API throttles', async () => {
    expect(new Set(await acceptedAtOnce(setUp(), 1000))).toEqual(new Set([0]));
  });

  it('is then a little lower than what the API took before', async () => {
    const world = setUp();
    await acceptedAtOnce(world, 20);
    (await granted(world.limiter))(throttled(1000));
    const times = await acceptedAtOnce(world, 20);
    expect(times[0]).toBe(1000);
    expect(shortestGap(times)).toBeGreaterThan(1000 / 20);
    expect(shortestGap(times)).toBeLessThan(1000 / 15);
  });

  it('is lowered once for those that were throttled together', async () => {
    const world = setUp();
    await acceptedAtOnce(world, 20);
    const together = await Promise.all(Array.from({ length: 16 }, () => granted(world.limiter)));
    for (const release of together) release(throttled(1000));
    expect(shortestGap(await acceptedAtOnce(world, 20))).toBeLessThan(1000 / 15);
  });

  it('counts also what was in flight when the API throttled', async () => {
    const world = setUp();
    await acceptedAtOnce(world, 20);
    const [refused, ...others] = await Promise.all(
      Array.from({ length: 21 }, () => granted(world.limiter)),
    );
    refused?.(throttled(1000));
    const waiting = granted(world.limiter);
    for (const release of others) release(ACCEPTED);
    (await waiting)(ACCEPTED);
    expect(shortestGap(await acceptedAtOnce(world, 20))).toBeLessThan(1000 / 35);
  });

  it('is not lowered again within a second: that is the same limit', async () => {
    const once = setUp();
    const twice = setUp();
    for (const world of [once, twice]) {
      await acceptedAtOnce(world, 20);
      (await granted(world.limiter))(throttled(100));
      await acceptedAtOnce(world, 3);
      if (world === twice) (await granted(world.limiter))(throttled(100));
    }
    const [gap = 0, gapOfTwice = 0] = await Promise.all(
      [once, twice].map(async (world) => gapsOf(await acceptedAtOnce(world, 10)).at(-1)),
    );
    expect(gapOfTwice).toBeCloseTo(gap, 0);
  });

  it('speaks of what was accepted lately', async () => {
    const world = setUp();
    for (let second = 0; second < 60; second += 1) {
      await acceptedAtOnce(world, second < 50 ? 2 : 50);
      await world.clock.sleep(1000, never);
    }
    (await granted(world.limiter))(throttled(1000));
    const gap = shortestGap(await acceptedAtOnce(world, 10));
    expect(gap).toBeGreaterThan(1000 / 50);
    expect(gap).toBeLessThan(1000 / 35);
  });

  it('is tried again the later, the longer a refusal costs', async () => {
    const [afterShort = NaN, afterLong = NaN] = await Promise.all(
      [1000, 10_000].map(async (retryAfterMs) => {
        const world = setUp();
        await acceptedAtOnce(world, 100);
        (await granted(world.limiter))(throttled(retryAfterMs));
        const times = await acceptedAtOnce(world, 200);
        const rate = 99 / ((times.at(-1) ?? NaN) - (times[100] ?? NaN));
        return rate / (100 / retryAfterMs);
      }),
    );
    // The part of the rate that was throttled, in the second hundred.
    expect(afterShort).toBeGreaterThan(0.9);
    expect(afterLong).toBeLessThan(1);
  });

  it('is lowered further when the API throttles again', async () => {
    const world = setUp();
    await acceptedAtOnce(world, 20);
    (await granted(world.limiter))(throttled(1000));
    const first = shortestGap(await acceptedAtOnce(world, 10));
    await world.clock.sleep(1000, never);
    (await granted(world.limiter))(throttled(1000));
    expect(shortestGap(await acceptedAtOnce(world, 10))).toBeGreaterThan(first * 1.5);
  });

  it('grows, slowly at first, where the API does not throttle any more', async () => {
    const world = setUp();
    await acceptedAtOnce(world, 20);
    (await granted(world.limiter))(throttled(1000));
    expect(shortestGap(await acceptedAtOnce(world, 40))).toBeGreaterThan(1000 / 20.5);
    await acceptedAtOnce(world, 2000);
    expect(shortestGap(await acceptedAtOnce(world, 10))).toBeLessThan(10);
  });

  it('is not lowered by a Retry-After without throttling', async () => {
    const world = setUp();
    await acceptedAtOnce(world, 20);
    (await granted(world.limiter))({ ...ACCEPTED, retryAfterMs: 1000 });
    expect(new Set(await acceptedAtOnce(world, 100))).toEqual(new Set([1000]));
  });

  it('does not change for requests without a response, or that were never sent', async () => {
    const world = setUp();
    (await granted(world.limiter))(undefined);
    (await granted(world.limiter))({ ...ACCEPTED, answered: false });
    expect(new Set(await acceptedAtOnce(world, 100))).toEqual(new Set([0]));
  });

  it.each([
    { limit: 5, concurrency: 4, users: 200 },
    { limit: 20, concurrency: 4, users: 200 },
    { limit: 20, concurrency: 16, users: 200 },
    { limit: 100, concurrency: 8, users: 500 },
    { limit: 50, concurrency: 4, users: 1000, most: 1.3 },
    { limit: 50, concurrency: 16, users: 1000, most: 1.3 },
    { limit: 200, concurrency: 16, users: 4000, most: 1.3 },
    { limit: 500, concurrency: 32, users: 10_000, most: 1.3 },
  ])('finds a limit that it does not know: %j', async ({ limit, concurrency, users, most }) => {
    const next = evenNumbers();
    const clock = new VirtualClock(() => 2 * next());
    const throttle = new Throttle({ rateLimit: { perSecond: limit, retryAfter: 1 } });
    await sendAll({
      clock,
      concurrency,
      latencyMs: 10,
      serve: (now) => (throttle.acquire(now) === undefined ? ACCEPTED : throttled(1000)),
      isDone: () => throttle.counts.accepted >= users,
    });
    const idealMs = (1000 * users) / limit;
    // Where there are few users, the beginning takes up much of the time.
    const mostMs = most === undefined ? 1.35 * idealMs + 2000 : most * idealMs;
    expect(clock.now()).toBeLessThan(mostMs);
    expect(throttle.counts.throttled / users).toBeLessThan(0.1);
  });
});

describe('limiters that share a limit and do not know of each other', () => {
  it.each([
    { limit: 50, shards: 4, users: 500, concurrency: 4 },
    { limit: 200, shards: 4, users: 2000, concurrency: 8 },
  ])('use it, and none of them is left behind: %j', async (share) => {
    const { limit, shards, users, concurrency } = share;
    const ratios: number[] = [];
    for (let trial = 0; trial < 30; trial += 1) {
      const next = evenNumbers(trial / 30);
      const clock = new VirtualClock(() => 2 * next());
      const throttle = new Throttle({ rateLimit: { perSecond: limit, retryAfter: 1 } });
      const work = async (): Promise<void> => {
        let accepted = 0;
        await sendAll({
          clock,
          concurrency,
          startMs: 1 + 300 * next(),
          latencyMs: 10,
          serve: (now) => {
            if (throttle.acquire(now) !== undefined) return throttled(1000);
            accepted += 1;
            return ACCEPTED;
          },
          isDone: () => accepted >= users / shards,
        });
      };
      await Promise.all(Array.from({ length: shards }, work));
      ratios.push(clock.now() / ((1000 * users) / limit));
      expect(throttle.counts.throttled / users).toBeLessThan(0.1);
    }
    expect(sumOf(ratios) / ratios.length).toBeLessThan(1.55);
  });
});
