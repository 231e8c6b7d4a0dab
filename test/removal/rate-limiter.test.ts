import { describe, expect, it } from 'vitest';
import { createPace, type Leave, type Pace } from '../../src/removal/pace.ts';
import { VirtualClock } from './virtual-clock.ts';

const never = new AbortController().signal;

function newPace(maxRetryWait = 120_000): { pace: Pace; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { pace: createPace({ maxRetryWait, clock }), clock };
}

async function go(pace: Pace): Promise<Leave> {
  const admission = await pace.enter(never);
  if (admission.kind !== 'go') throw new Error(`not admitted: ${admission.kind}`);
  return admission.leave;
}

/** So many requests, one after the other, each answered at once. @returns when each went, in ms */
async function answered(pace: Pace, clock: VirtualClock, requests: number): Promise<number[]> {
  const times: number[] = [];
  while (times.length < requests) {
    const leave = await go(pace);
    times.push(clock.now());
    leave(false, undefined);
  }
  return times;
}

/** The shortest time between two of them. */
function closest(times: readonly number[]): number {
  return Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
}

/** An API that takes `limit` requests in any second, and asks for a second past that. */
function limitedApi(limit: number, clock: VirtualClock): () => boolean {
  const accepted: number[] = [];
  return () => {
    const inTheLastSecond = accepted.filter((time) => time > clock.now() - 1000);
    if (inTheLastSecond.length >= limit) return false;
    accepted.push(clock.now());
    return true;
  };
}

describe('the pace', () => {
  it('holds nobody up before the API has refused', async () => {
    const { pace, clock } = newPace();
    const times = await answered(pace, clock, 1000);
    expect(new Set(times)).toEqual(new Set([0]));
  });

  it('goes on a little slower than what the API took before it refused', async () => {
    const { pace, clock } = newPace();
    await answered(pace, clock, 20);
    (await go(pace))(true, 1000);
    const times = await answered(pace, clock, 20);
    expect(times[0]).toBe(1000);
    expect(closest(times)).toBeGreaterThan(1000 / 20);
    expect(closest(times)).toBeLessThan(1000 / 15);
  });

  it('takes those that were refused together for one refusal', async () => {
    const { pace, clock } = newPace();
    await answered(pace, clock, 20);
    const together = await Promise.all(Array.from({ length: 16 }, () => go(pace)));
    for (const leave of together) leave(true, 1000);
    expect(closest(await answered(pace, clock, 20))).toBeLessThan(1000 / 15);
  });

  it('slows down further when it is refused again', async () => {
    const { pace, clock } = newPace();
    await answered(pace, clock, 20);
    (await go(pace))(true, 1000);
    const first = closest(await answered(pace, clock, 10));
    await clock.sleep(1000, never);
    (await go(pace))(true, 1000);
    expect(closest(await answered(pace, clock, 10))).toBeGreaterThan(first * 1.5);
  });

  it('comes back, slowly at first, when it is refused no more', async () => {
    const { pace, clock } = newPace();
    await answered(pace, clock, 20);
    (await go(pace))(true, 1000);
    expect(closest(await answered(pace, clock, 40))).toBeGreaterThan(1000 / 20.5);
    await answered(pace, clock, 2000);
    expect(closest(await answered(pace, clock, 10))).toBeLessThan(10);
  });

  it('holds everyone for a moment after a 429 that does not say how long', async () => {
    const { pace, clock } = newPace();
    (await go(pace))(true, undefined);
    await go(pace);
    expect(clock.now()).toBe(500);
  });

  it.each([
    { limit: 5, workers: 4, requests: 200 },
    { limit: 20, workers: 4, requests: 200 },
    { limit: 20, workers: 16, requests: 200 },
    { limit: 100, workers: 8, requests: 500 },
  ])('keeps to a limit that nobody told it: %j', async ({ limit, workers, requests }) => {
    const { pace, clock } = newPace();
    const accepts = limitedApi(limit, clock);
    let accepted = 0;
    let refused = 0;
    const work = async (): Promise<void> => {
      while (accepted < requests) {
        const leave = await go(pace);
        await clock.sleep(20, never);
        const isAccepted = accepts();
        if (isAccepted) accepted += 1;
        else refused += 1;
        leave(!isAccepted, isAccepted ? undefined : 1000);
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    expect(refused / (accepted + refused)).toBeLessThan(0.1);
    expect(clock.now() / 1000).toBeLessThan((1.35 * requests) / limit + 2);
  });

  it('keeps everyone waiting for as long as the API asks, and no shorter', async () => {
    const { pace, clock } = newPace();
    (await go(pace))(false, 5000);
    await Promise.all([go(pace), go(pace)]);
    expect(clock.now()).toBe(5000);
  });

  it('keeps the longest of the waits', async () => {
    const { pace, clock } = newPace();
    const [one, other] = await Promise.all([go(pace), go(pace)]);
    one(true, 9000);
    other(true, 1000);
    await go(pace);
    expect(clock.now()).toBeGreaterThanOrEqual(9000);
  });

  it('refuses a wait that is longer than is accepted, and only that', async () => {
    const { pace } = newPace(5000);
    (await go(pace))(true, 5000);
    expect(pace.refusedWait()).toBeUndefined();
    (await go(pace))(true, 5001);
    expect(pace.refusedWait()).toBe(5001);
    expect(await pace.enter(never)).toEqual({ kind: 'refused', wait: 5001 });
  });

  it('lets nobody in who was aborted', async () => {
    const { pace, clock } = newPace();
    expect(await pace.enter(AbortSignal.abort())).toEqual({ kind: 'aborted' });
    (await go(pace))(true, 60_000);
    const again = new AbortController();
    const pausing = pace.enter(again.signal);
    again.abort();
    expect(await pausing).toEqual({ kind: 'aborted' });
    expect(clock.now()).toBe(0);
  });
});
