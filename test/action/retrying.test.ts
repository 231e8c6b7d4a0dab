import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import { resultsOfOne } from './evidence.ts';
import { removals } from './requests.ts';
import { ONE_USER, scenario } from './scenario.ts';

const PROBLEM = { title: 'Busy', detail: 'Come back later.' };
/** ms: the longest first wait of the backoff, and the start of a process on a busy machine. */
const SOON = 2500;

/** ms between the arrivals of the first two requests, by the emulator's clock. */
function waitBetween({ requests }: Emulator): number {
  return (requests[1]?.at ?? Number.NaN) - (requests[0]?.at ?? Number.NaN);
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toUTCString();
}

describe('Retry-After is honored', () => {
  it.concurrent.for([429, 503, 500, 408])(
    'in seconds, with %i',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'problem', status, problem: PROBLEM, retryAfter: 2 });
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(0);
      expect(waitBetween(emulator)).toBeGreaterThanOrEqual(2000);
      expect(waitBetween(emulator)).toBeLessThan(2000 + SOON);
      expect(result.log).toMatch(/Trying again in (?:2|1\.\d) s \(attempt 2 of 4\)\.$/mu);
    },
  );

  it.concurrent('as a date', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const due = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000);
    const retryAfter = due.toUTCString();
    emulator.misbehave({ kind: 'problem', status: 503, problem: PROBLEM, retryAfter });
    const result = await run(ONE_USER);
    const second = performance.timeOrigin + (emulator.requests[1]?.at ?? Number.NaN);
    expect(result.exitCode).toBe(0);
    expect(second).toBeGreaterThanOrEqual(due.getTime());
    expect(second).toBeLessThan(due.getTime() + SOON);
  });

  it.concurrent('as a date by the clock of the server', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const headers = {
      date: 'Tue, 02 Jan 2024 03:04:05 GMT',
      'retry-after': 'Tue, 02 Jan 2024 03:04:07 GMT',
    };
    emulator.misbehave({ kind: 'answer', status: 503, headers });
    await run(ONE_USER);
    expect(waitBetween(emulator)).toBeGreaterThanOrEqual(2000);
    expect(waitBetween(emulator)).toBeLessThan(2000 + SOON);
  });

  it.concurrent('up to and with max-retry-wait', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 1 });
    const result = await run({ ...ONE_USER, 'max-retry-wait': '1' });
    expect(result.outputs['results']).toBe(resultsOfOne('removed', 200, 2));
    expect(waitBetween(emulator)).toBeGreaterThanOrEqual(1000);
  });

  it.concurrent('every time', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 1 }, { next: 2 });
    await run(ONE_USER);
    const [, second, third] = emulator.requests;
    expect(waitBetween(emulator)).toBeGreaterThanOrEqual(1000);
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it.concurrent('and not waited for where no attempt is left', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 60 });
    const result = await run({ ...ONE_USER, retries: '0' });
    expect(result.durationMs).toBeLessThan(10_000);
    expect(result.outputs['results']).toBe(resultsOfOne('failed', 429, 1));
  });

  it.concurrent('but not with a status that is final', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 400, problem: PROBLEM, retryAfter: 1 });
    const result = await run(ONE_USER);
    expect(result.outputs['results']).toBe(resultsOfOne('failed', 400, 1));
    expect(emulator.requests).toHaveLength(1);
  });
});

describe('Retry-After over max-retry-wait', () => {
  it.concurrent.for([
    ['121', {}, '121 s', '120 s'],
    ['1', { 'max-retry-wait': '0' }, '1 s', '0 s'],
    ['3601', { 'max-retry-wait': '3600' }, '3601 s', '3600 s'],
    ['99999999999', {}, '99999999999 s', '120 s'],
  ] as const)('is not waited for: %s %j', async ([retryAfter, inputs, asked, allowed], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 429, problem: PROBLEM, retryAfter });
    const result = await run({ ...ONE_USER, ...inputs });
    expect(result.exitCode).toBe(1);
    expect(emulator.requests).toHaveLength(1);
    expect(result.outputs).toMatchObject({
      status: '429',
      problem: JSON.stringify(PROBLEM),
      results: resultsOfOne('failed', 429, 1),
    });
    expect(result.annotations[0]?.message).toBe(
      'User user-1: MonoCloud answered 429 Too Many Requests. Busy. Come back later. The API asked ' +
        `to wait ${asked}, and \`max-retry-wait\` allows ${allowed}.`,
    );
  });

  it.concurrent('is not waited for as a date', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const retryAfter = inSeconds(1000);
    emulator.misbehave({ kind: 'problem', status: 503, problem: PROBLEM, retryAfter });
    const result = await run(ONE_USER);
    expect(emulator.requests).toHaveLength(1);
    expect(result.annotations[0]?.message).toMatch(/The API asked to wait (?:99\d|1000) s, and/u);
  });
});

describe('Retry-After counts as none', () => {
  it.concurrent.for(['0', 'soon', '60, 60', inSeconds(-60)])(
    'where it is %j',
    async (retryAfter, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'rate-limited', retryAfter });
      const result = await run(ONE_USER);
      expect(result.outputs['results']).toBe(resultsOfOne('removed', 200, 2));
      expect(waitBetween(emulator)).toBeLessThan(SOON);
    },
  );
});

describe('the number of attempts', () => {
  it.concurrent('is one with retries: 0', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 503, problem: PROBLEM });
    const result = await run({ ...ONE_USER, retries: '0' });
    expect(removals(emulator)).toHaveLength(1);
    expect(result.outputs['results']).toBe(resultsOfOne('failed', 503, 1));
    expect(result.log).not.toContain('Trying again');
    expect(result.annotations[0]?.message).not.toContain('Gave up');
  });

  it.concurrent('is said where all were used', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const fault = { kind: 'problem', status: 503, problem: PROBLEM } as const;
    emulator.misbehave(fault, { method: 'DELETE', next: Infinity });
    const result = await run({ ...ONE_USER, retries: '2' });
    expect(removals(emulator)).toHaveLength(3);
    expect(result.annotations[0]?.message).toBe(
      'User user-1: MonoCloud answered 503 Service Unavailable. Busy. Come back later. Gave up after ' +
        '3 attempts.',
    );
    expect(result.log.match(/Trying again in .+ \(attempt \d of 3\)/gu)).toEqual([
      expect.stringContaining('(attempt 2 of 3)'),
      expect.stringContaining('(attempt 3 of 3)'),
    ]);
  });
});
