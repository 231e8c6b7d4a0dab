import * as fc from 'fast-check';
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

/** The most of these times in any second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  const counts = sorted.map(
    (start, index) => sorted.slice(index).filter((time) => time < start + 1000).length,
  );
  return Math.max(...counts);
}

describe('an API that accepts nothing', () => {
  it.each([
    { retryAfterMs: 1000, concurrency: 1 },
    { retryAfterMs: 1000, concurrency: 4 },
    { retryAfterMs: 1000, concurrency: 16 },
    { retryAfterMs: 15_000, concurrency: 4 },
    { retryAfterMs: 60_000, concurrency: 4 },
    { retryAfterMs: undefined, concurrency: 1 },
    { retryAfterMs: undefined, concurrency: 16 },
  ])('is asked again and again: %j', async ({ retryAfterMs, concurrency }) => {
    const sent = await sendAll({
      concurrency,
      latencyMs: 10,
      serve: () => throttled(retryAfterMs),
      isDone: ({ length }) => length >= 200,
    });
    const longest = (retryAfterMs ?? 20_000) + 20;
    expect(Math.max(...gapsOf(sent))).toBeLessThanOrEqual(longest);
    // One at a time, once those are back that were sent before the first response.
    const later = gapsOf(sent.slice(concurrency + 1));
    expect(Math.min(...later)).toBeGreaterThanOrEqual(retryAfterMs ?? 500);
  });

  it('is asked again within the last Retry-After, whatever it says each time', async () => {
    const waits = fc.constantFrom(undefined, 1000, 3000, 10_000, 45_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(waits, { minLength: 10, maxLength: 60, size: 'max' }),
        fc.constantFrom(1, 4),
        async (retryAfters, concurrency) => {
          let served = 0;
          const sent = await sendAll({
            concurrency,
            latencyMs: 5,
            serve: () => {
              served += 1;
              return throttled(retryAfters[served - 1]);
            },
            isDone: ({ length }) => length > retryAfters.length,
          });
          const gaps = gapsOf(sent).slice(0, retryAfters.length);
          // The first ones are in flight together.
          for (const [index, gap] of gaps.entries()) {
            if (index < concurrency) continue;
            const retryAfterMs = retryAfters[index];
            expect(gap).toBeLessThanOrEqual((retryAfterMs ?? 20_000) + 10);
            expect(gap).toBeGreaterThanOrEqual((retryAfterMs ?? 500) + 10);
          }
        },
      ),
      { examples: [[[45_000, 1000, 45_000, undefined], 1]] },
    );
  });

  it.each([
    { concurrency: 1, retryAfterMs: 1000 },
    { concurrency: 4, retryAfterMs: 1000 },
    { concurrency: 8, retryAfterMs: 5000 },
  ])('and then does: %j', async ({ concurrency, retryAfterMs }) => {
    const wellAt = 25_000;
    let accepted = 0;
    const sent = await sendAll({
      concurrency,
      latencyMs: 10,
      serve: (now) => {
        if (now < wellAt) return throttled(retryAfterMs);
        accepted += 1;
        return ACCEPTED;
      },
      isDone: () => accepted >= 500,
    });
    const afterwards = sent.filter((time) => time >= wellAt);
    expect(afterwards[0]).toBeLessThan(wellAt + retryAfterMs + 2000);
    // The rate comes back: 500 requests do not take much longer than 10 a second would.
    expect(afterwards.at(-1)).toBeLessThan(wellAt + retryAfterMs + 2000 + 50_000);
    expect(shortestGap(afterwards.slice(-20))).toBeLessThan(1000 / 20);
  });

  it('does not slow down for good: the rate after it is the rate before it', async () => {
    const world = setUp();
    for (let second = 0; second < 20; second += 1) {
      await acceptedAtOnce(world, 50);
      await world.clock.sleep(1000, never);
    }
    for (let refusals = 0; refusals < 30; refusals += 1) {
      (await granted(world.limiter))(throttled(1000));
    }
    const times = await acceptedAtOnce(world, 20);
    expect(shortestGap(times)).toBeLessThan(1000 / 25);
    // Nor has it grown in a time in which nothing was accepted.
    expect(shortestGap(times)).toBeGreaterThan(1000 / 60);
  });

  it('says nothing about the rate while it lasts', async () => {
    const world = setUp();
    await acceptedAtOnce(world, 50);
    for (let refusals = 0; refusals < 30; refusals += 1) {
      (await granted(world.limiter))(throttled(1000));
    }
    await acceptedAtOnce(world, 100);
    (await granted(world.limiter))(throttled(1000));
    expect(shortestGap(await acceptedAtOnce(world, 10))).toBeLessThan(1000 / 40);
  });

  it('is not over because a request got no response', async () => {
    const { limiter, clock } = setUp();
    (await granted(limiter))(throttled(1000));
    (await granted(limiter))({ ...ACCEPTED, answered: false });
    await Promise.all([granted(limiter), granted(limiter)]);
    expect(clock.now()).toBe(3000);
  });
});

describe('a pause', () => {
  it('holds everyone, also where the API does not say how long', async () => {
    const { limiter, clock } = setUp();
    (await granted(limiter))(throttled());
    await granted(limiter);
    expect(clock.now()).toBe(500);
  });

  it('is the same for those that were throttled together', async () => {
    const { limiter, clock } = setUp();
    const together = await Promise.all(Array.from({ length: 4 }, () => granted(limiter)));
    for (const release of together) release(throttled());
    await granted(limiter);
    expect(clock.now()).toBe(500);
  });

  it('is as long as the API asks, and no shorter', async () => {
    const { limiter, clock } = setUp();
    (await granted(limiter))({ ...ACCEPTED, retryAfterMs: 5000 });
    await Promise.all([granted(limiter), granted(limiter)]);
    expect(clock.now()).toBe(5000);
  });

  it('is the longest of those that were asked for', async () => {
    const { limiter, clock } = setUp();
    const [one, other] = await Promise.all([granted(limiter), granted(limiter)]);
    one(throttled(9000));
    other(throttled(1000));
    await granted(limiter);
    expect(clock.now()).toBe(9000);
  });

  it('that is longer than accepted ends the waiting, and only that', async () => {
    const { limiter } = setUp({ maxRetryWaitMs: 5000 });
    (await granted(limiter))(throttled(5000));
    expect(limiter.retryAfterTooLongMs()).toBeUndefined();
    const waiting = limiter.acquire(never);
    (await granted(limiter))(throttled(5001));
    expect(await waiting).toMatchObject({ kind: 'granted' });
    expect(limiter.retryAfterTooLongMs()).toBe(5001);
    expect(await limiter.acquire(never)).toEqual({ kind: 'retry-after-too-long', waitMs: 5001 });
  });

  it('that the API did not ask for is never too long', async () => {
    const { limiter, clock } = setUp({ maxRetryWaitMs: 0 });
    for (let refusals = 0; refusals < 10; refusals += 1) (await granted(limiter))(throttled());
    expect(limiter.retryAfterTooLongMs()).toBeUndefined();
    expect(clock.now()).toBeGreaterThan(20_000);
    (await granted(limiter))(throttled(1));
    expect(limiter.retryAfterTooLongMs()).toBe(1);
  });

  it.each([true, false])(
    'that turns out too long is known to those that wait already (throttling: %s)',
    async (slowsDown) => {
      const { limiter, clock } = setUp({ maxRetryWaitMs: 5000 });
      const [one, other] = await Promise.all([granted(limiter), granted(limiter)]);
      one(throttled(1000));
      const waiting = limiter.acquire(never);
      await clock.sleep(10, never);
      other({ ...ACCEPTED, slowsDown, retryAfterMs: 60_000 });
      expect(await waiting).toEqual({ kind: 'retry-after-too-long', waitMs: 60_000 });
      expect(clock.now()).toBe(10);
    },
  );
});

describe('requests-per-second', () => {
  it.each([
    { requestsPerSecond: 1, concurrency: 1, latencyMs: 10 },
    { requestsPerSecond: 7, concurrency: 4, latencyMs: 300 },
    { requestsPerSecond: 50, concurrency: 4, latencyMs: 5 },
    { requestsPerSecond: 50, concurrency: 16, latencyMs: 60 },
    { requestsPerSecond: 333, concurrency: 64, latencyMs: 40 },
    { requestsPerSecond: 1000, concurrency: 64, latencyMs: 10 },
  ])('is not exceeded in any second: %j', async (load) => {
    const { requestsPerSecond, concurrency, latencyMs } = load;
    const next = evenNumbers();
    const sent = await sendAll({
      ...load,
      clock: new VirtualClock(() => 2 * next()),
      serve: () => ACCEPTED,
      isDone: ({ length }) => length >= 4 * requestsPerSecond + 10,
    });
    expect(mostInASecond(sent)).toBeLessThanOrEqual(requestsPerSecond);
    // And it is used: nobody waits for longer than that.
    const possible = Math.min(requestsPerSecond, (1000 * concurrency) / (2 * latencyMs + 2));
    const idealMs = (1000 * sent.length) / possible;
    expect(sent.at(-1)).toBeLessThan(1.1 * idealMs + 100);
  });

  it.each([
    { requestsPerSecond: 10, concurrency: 1, latencyMs: 20 },
    { requestsPerSecond: 50, concurrency: 4, latencyMs: 5 },
    { requestsPerSecond: 100, concurrency: 16, latencyMs: 10 },
  ])('counts a request that was sent twice: %j', async (load) => {
    const { requestsPerSecond, latencyMs } = load;
    const sent = await sendAll({
      ...load,
      serve: () => ({ ...ACCEPTED, sentTwice: true }),
      isDone: ({ length }) => length >= 6 * requestsPerSecond,
    });
    // What is in flight when the first of them comes back was not known to be two.
    const unknown = Math.ceil((2 * latencyMs * requestsPerSecond) / 1000) + 1;
    expect(mostInASecond(sent)).toBeLessThanOrEqual(requestsPerSecond + unknown);
    expect(mostInASecond(sent.slice(2 * unknown))).toBeLessThanOrEqual(requestsPerSecond + 2);
  });

  it('holds beside the limit of the API', async () => {
    const throttle = new Throttle({ rateLimit: { perSecond: 20, retryAfter: 1 } });
    const sent = await sendAll({
      requestsPerSecond: 10,
      concurrency: 8,
      latencyMs: 10,
      serve: (now) => (throttle.acquire(now) === undefined ? ACCEPTED : throttled(1000)),
      isDone: ({ length }) => length >= 100,
    });
    expect(throttle.counts.throttled).toBe(0);
    expect(mostInASecond(sent)).toBeLessThanOrEqual(10);
  });
});

describe('those that wait', () => {
  it('go in the order in which they came', async () => {
    const { limiter, clock } = setUp({ requestsPerSecond: 100 });
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async (_, number) => {
        await granted(limiter);
        order.push(number);
      }),
    );
    expect(order).toEqual(Array.from({ length: 20 }, (_, number) => number));
    expect(clock.now()).toBe(190);
  });

  it('keep their order also where some of them give up', async () => {
    const { limiter } = setUp({ requestsPerSecond: 10 });
    const leaving = new AbortController();
    const order: string[] = [];
    const kinds = await Promise.all(
      Array.from({ length: 12 }, async (_, number) => {
        const leaves = number % 3 === 1;
        const permit = await limiter.acquire(leaves ? leaving.signal : never);
        if (permit.kind === 'granted') order.push(String(number));
        if (number === 0) leaving.abort();
        return permit.kind;
      }),
    );
    expect(order).toEqual(['0', '2', '3', '5', '6', '8', '9', '11']);
    expect(kinds.filter((kind) => kind === 'aborted')).toHaveLength(4);
  });

  it('end at once when they are aborted', async () => {
    const { limiter, clock } = setUp();
    expect(await limiter.acquire(AbortSignal.abort())).toEqual({ kind: 'aborted' });
    (await granted(limiter))(throttled(60_000));
    const leaving = new AbortController();
    const waiting = Promise.all([limiter.acquire(leaving.signal), limiter.acquire(leaving.signal)]);
    await clock.sleep(1000, never);
    leaving.abort();
    expect(await waiting).toEqual([{ kind: 'aborted' }, { kind: 'aborted' }]);
    expect(clock.now()).toBe(1000);
    await granted(limiter);
    expect(clock.now()).toBe(60_000);
  });

  it('know when they are due', async () => {
    const { limiter, clock } = setUp({ requestsPerSecond: 10 });
    expect(limiter.waitMs()).toBe(0);
    const release = await granted(limiter);
    expect(limiter.waitMs()).toBe(100);
    const waiting = [granted(limiter), granted(limiter)];
    expect(limiter.waitMs()).toBe(300);
    const due = limiter.waitMs();
    waiting.push(granted(limiter));
    await Promise.all(waiting);
    expect(clock.now()).toBe(due);
    release({ ...ACCEPTED, retryAfterMs: 7000 });
    expect(limiter.waitMs()).toBe(7000);
  });
});
