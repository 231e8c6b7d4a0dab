import { describe, expect, it } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../emulator/emulator.ts';
import type { Fault, When } from '../../emulator/faults.ts';
import { userIdLines } from './many-users.ts';
import { gapsBetween, spanOf } from './requests.ts';
import { scenario } from './scenario.ts';

/** ms: how much sooner a request may seem to come, since the one before was read late. */
const LATENESS_MS = 500;

/** Expects that no request came sooner than the limit lets it, whichever two are compared. */
function expectWithinLimit(emulator: Emulator, perSecond: number): void {
  const times = emulator.requests.map(({ at }) => at);
  const spacing = 1000 / perSecond;
  for (const [first, from] of times.entries()) {
    for (const [more, to] of times.slice(first + 1).entries()) {
      expect(to - from).toBeGreaterThan((more + 1) * spacing - LATENESS_MS);
    }
  }
}

const ANSWERS: readonly (readonly [
  name: string,
  options: EmulatorOptions,
  fault?: Fault,
  when?: When,
])[] = [
  ['many at once', { latency: 200 }],
  ['retries', {}, { kind: 'answer', status: 500 }, { next: 3 }],
  ['readings', {}, { kind: 'answer', status: 501, apply: true }, { method: 'DELETE', next: 10 }],
  ['throttling', { rateLimit: { perSecond: 7, retryAfter: 1 } }],
  ['throttling without `Retry-After`', { rateLimit: { perSecond: 7 } }],
];

// One after the other: times are measured.
describe('`requests-per-second`', () => {
  it.for(ANSWERS)(
    'is an upper bound from the first request on, also over %s',
    { timeout: 60_000 },
    async ([, options, fault, when], { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 20, ...options }, onTestFinished);
      if (fault !== undefined) emulator.misbehave(fault, when);
      const inputs = { 'user-id': userIdLines(20), concurrency: '16' };
      const result = await run({ ...inputs, 'requests-per-second': '10' });
      expect(result.conclusion).toBe('success');
      expect(emulator.requests.length).toBeGreaterThanOrEqual(20);
      expectWithinLimit(emulator, 10);
    },
  );

  it('is made up for where a kept connection was stale', async ({ onTestFinished }) => {
    const options = { users: 20, closeKept: 'on-next-request' } as const;
    const { emulator, run } = await scenario(options, onTestFinished);
    const result = await run({ 'user-id': userIdLines(20), 'requests-per-second': '20' });
    expect(result.conclusion).toBe('success');
    const { length } = emulator.requests;
    expect(length).toBeGreaterThan(30);
    expect(spanOf(emulator)).toBeGreaterThan((length - 4) * 50 - LATENESS_MS);
  });

  it('is used, and spaced evenly', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 40 }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(40), 'requests-per-second': '20' });
    expect(result.conclusion).toBe('success');
    const gaps = gapsBetween(emulator).toSorted((one, other) => one - other);
    const median = gaps[Math.floor(gaps.length / 2)] ?? NaN;
    expect(median).toBeGreaterThan(35);
    expect(median).toBeLessThan(75);
    // A burst and a pause would have half of the gaps near nothing.
    expect(gaps.filter((gap) => gap < 10).length).toBeLessThan(10);
    expect(spanOf(emulator)).toBeLessThan(39 * 50 * 3);
  });

  it('of 1 is one a second', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    await run({ 'user-id': userIdLines(3), 'requests-per-second': '1' });
    expect(Math.min(...gapsBetween(emulator))).toBeGreaterThan(1000 - LATENESS_MS);
  });

  it('holds in a dry run, too', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 10 }, onTestFinished);
    const inputs = { 'user-id': userIdLines(10), 'dry-run': 'true' };
    await run({ ...inputs, 'requests-per-second': '10' });
    expectWithinLimit(emulator, 10);
    expect(emulator.requests).toHaveLength(10);
  });
});
