import { describe, expect, it } from 'vitest';
import { createPace, type Leave, type Pace } from '../../src/removal/pace.ts';
import { VirtualClock } from './virtual-clock.ts';

const never = new AbortController().signal;

function paceOf(concurrency: number, maxRetryWait = 120_000): { pace: Pace; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { pace: createPace({ concurrency, maxRetryWait, clock }), clock };
}

async function go(pace: Pace): Promise<Leave> {
  const admission = await pace.enter(never);
  if (admission.kind !== 'go') throw new Error(`not admitted: ${admission.kind}`);
  return admission.leave;
}

/** How many requests may be under way at once now. */
async function capacity(pace: Pace, clock: VirtualClock): Promise<number> {
  const abort = new AbortController();
  const leaves: Leave[] = [];
  const entering = Array.from({ length: 70 }, async () => {
    const admission = await pace.enter(abort.signal);
    if (admission.kind === 'go') leaves.push(admission.leave);
  });
  await clock.sleep(1, never);
  const admitted = leaves.length;
  abort.abort();
  await Promise.all(entering);
  for (const leave of leaves) leave(false, undefined);
  return admitted;
}

async function refuse(pace: Pace, clock: VirtualClock): Promise<void> {
  const leave = await go(pace);
  await clock.sleep(1, never);
  leave(true, undefined);
}

describe('the pace', () => {
  it.each([1, 4, 64])('lets %i under way at once', async (concurrency) => {
    const { pace, clock } = paceOf(concurrency);
    expect(await capacity(pace, clock)).toBe(concurrency);
  });

  it('is halved by a 429, and never ends', async () => {
    const { pace, clock } = paceOf(16);
    const capacities: number[] = [];
    for (let refusals = 0; refusals < 5; refusals += 1) {
      await refuse(pace, clock);
      capacities.push(await capacity(pace, clock));
    }
    expect(capacities).toEqual([8, 4, 2, 1, 1]);
    for (let refusals = 0; refusals < 20; refusals += 1) await refuse(pace, clock);
    expect(typeof (await go(pace))).toBe('function');
  });

  it('is halved once by those that were refused together', async () => {
    const { pace, clock } = paceOf(16);
    const leaves = await Promise.all(Array.from({ length: 16 }, () => go(pace)));
    await clock.sleep(1, never);
    for (const leave of leaves) leave(true, undefined);
    expect(await capacity(pace, clock)).toBe(8);
  });

  it('comes back slowly, up to what was asked for', async () => {
    const { pace, clock } = paceOf(4);
    await refuse(pace, clock);
    const answered = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) (await go(pace))(false, undefined);
    };
    await answered(150);
    expect(await capacity(pace, clock)).toBe(2);
    await answered(60);
    expect(await capacity(pace, clock)).toBe(3);
    await answered(10_000);
    expect(await capacity(pace, clock)).toBe(4);
  });

  it('keeps everyone waiting for as long as the API asks, and no shorter', async () => {
    const { pace, clock } = paceOf(4);
    (await go(pace))(false, 5000);
    await Promise.all([go(pace), go(pace)]);
    expect(clock.now()).toBe(5000);
  });

  it('keeps the longest of the waits', async () => {
    const { pace, clock } = paceOf(4);
    const [one, other] = await Promise.all([go(pace), go(pace)]);
    one(true, 9000);
    other(true, 1000);
    await go(pace);
    expect(clock.now()).toBeGreaterThanOrEqual(9000);
  });

  it('refuses a wait that is longer than is accepted, and only that', async () => {
    const { pace } = paceOf(4, 5000);
    (await go(pace))(true, 5000);
    expect(pace.refusedWait()).toBeUndefined();
    (await go(pace))(true, 5001);
    expect(pace.refusedWait()).toBe(5001);
    expect(await pace.enter(never)).toEqual({ kind: 'refused', wait: 5001 });
  });

  it('lets nobody in who was aborted', async () => {
    const { pace, clock } = paceOf(1);
    expect(await pace.enter(AbortSignal.abort())).toEqual({ kind: 'aborted' });
    const leave = await go(pace);
    const abort = new AbortController();
    const waiting = pace.enter(abort.signal);
    abort.abort();
    expect(await waiting).toEqual({ kind: 'aborted' });

    leave(true, 60_000);
    const again = new AbortController();
    const pausing = pace.enter(again.signal);
    again.abort();
    expect(await pausing).toEqual({ kind: 'aborted' });
    expect(clock.now()).toBe(0);
  });
});
