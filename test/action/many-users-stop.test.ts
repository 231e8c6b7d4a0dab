import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import type { StopReason } from '../../src/removal/outcome.ts';
import { STOPS } from '../../src/report/messages.ts';
import { outcomesOf, resultsOf, userRecords } from './evidence.ts';
import { expectStopped, times, userIdLines } from './many-users.ts';
import { removals, requestedUsers } from './requests.ts';
import { scenario } from './scenario.ts';

const STOPPING: readonly (readonly [name: string, fault: Fault, reason: StopReason])[] = [
  ['401', { kind: 'answer', status: 401 }, 'key-rejected'],
  ['402', { kind: 'answer', status: 402 }, 'key-rejected'],
  [
    'a pause over `max-retry-wait`',
    { kind: 'rate-limited', retryAfter: 121 },
    'retry-after-too-long',
  ],
  ['a redirect', { kind: 'redirect', status: 307, location: 'https://a.invalid/' }, 'redirect'],
];

const REMOVALS = { method: 'DELETE', next: Infinity } as const;

/** What counts towards 10 in a row. */
const OUTAGES: readonly (readonly [string, Fault])[] = [
  ['500', { kind: 'answer', status: 500 }],
  ['503', { kind: 'answer', status: 503 }],
  ['501, which is not retried', { kind: 'answer', status: 501 }],
  ['a dropped connection', { kind: 'drop' }],
  ['a body that breaks off', { kind: 'break-off' }],
];

const ONE_BY_ONE = { 'user-id': userIdLines(5), concurrency: '1' };
const FORBIDDEN = { kind: 'answer', status: 403 } as const;

describe('the first user goes alone', () => {
  it.concurrent('so a bad key costs one request', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 50 }, onTestFinished);
    const result = await run({ 'api-key': 'a-key-of-nobody', 'user-id': userIdLines(50) });
    expectStopped(result, 'key-rejected', 49);
    expect(emulator.requests).toHaveLength(1);
    expect(outcomesOf(result)).toEqual(['failed', ...times(49, 'skipped')]);
    expect(result.outputs).toMatchObject({ status: '401', 'failed-count': '50' });
  });

  it.concurrent('and nobody else before it has ended', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 8 }, onTestFinished);
    emulator.misbehave({ kind: 'late', ms: 150 }, { user: 'user-1' });
    const result = await run({ 'user-id': userIdLines(8), concurrency: '8' });
    expect(result.exitCode).toBe(0);
    const [first, second] = emulator.requests.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(149);
  });

  it.concurrent('until a 403 is known to be about one user', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 50 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 403 });
    const result = await run({ 'user-id': userIdLines(50) });
    expectStopped(result, 'key-rejected', 49);
    expect(emulator.requests).toHaveLength(1);
    expect(outcomesOf(result)).toEqual(['failed', ...times(49, 'skipped')]);
  });

  it.concurrent('also through its retries', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 500 }, { user: 'user-1' });
    const result = await run({ 'user-id': userIdLines(4) });
    expect(result.exitCode).toBe(0);
    expect(requestedUsers(emulator).slice(0, 2)).toEqual(['user-1', 'user-1']);
  });
});

describe('in the middle of many users', () => {
  it.concurrent.for(STOPPING)(
    '%s stops, what is in flight ends, the rest is skipped',
    async ([, fault, reason], { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 12 }, onTestFinished);
      emulator.misbehave(fault, { user: 'user-3' });
      for (const user of ['user-2', 'user-4', 'user-5']) {
        emulator.misbehave({ kind: 'late', ms: 1000 }, { user });
      }
      const result = await run({ 'user-id': userIdLines(12) });
      expectStopped(result, reason, 7);
      expect(outcomesOf(result)).toEqual([
        'removed',
        'removed',
        'failed',
        'removed',
        'removed',
        ...times(7, 'skipped'),
      ]);
      expect(emulator.requests).toHaveLength(5);
      expect(emulator.users.counts().withUsername).toBe(8);
      expect(resultsOf(result).at(-1)).toEqual({
        user_id: 'user-12',
        outcome: 'skipped',
        status: null,
        attempts: 0,
      });
      const name = /`(?<name>.+?)`/gu;
      expect(result.summary).toContain(STOPS[reason].text.replaceAll(name, '<code>$<name></code>'));
    },
  );

  it.concurrent('after a stop nobody is retried', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 8 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 500 }, { user: 'user-2', ...REMOVALS });
    emulator.misbehave({ kind: 'late', ms: 1500 }, { user: 'user-3' });
    emulator.misbehave({ kind: 'answer', status: 401 }, { user: 'user-4' });
    const result = await run({ 'user-id': userIdLines(8), concurrency: '3', retries: '10' });
    expect(result.exitCode).toBe(1);
    const [, second] = resultsOf(result);
    expect(second).toMatchObject({ user_id: 'user-2', outcome: 'failed', status: 500 });
    expect(outcomesOf(result).slice(4)).toEqual(times(4, 'skipped'));
    expect(result.durationMs).toBeLessThan(10_000);
  });

  it.concurrent.for(OUTAGES)('10 in a row with %s stop', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 30 }, onTestFinished);
    emulator.misbehave(fault, REMOVALS);
    const result = await run({ 'user-id': userIdLines(30), concurrency: '1', retries: '0' });
    expectStopped(result, 'consecutive-failures', 20);
    expect(new Set(removals(emulator).map(({ path }) => path)).size).toBe(10);
    expect(outcomesOf(result).slice(10)).toEqual(times(20, 'skipped'));
    expect(emulator.users.counts().withUsername).toBe(30);
  });

  it.concurrent('at most those in flight come after the tenth', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 60 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 500 }, REMOVALS);
    const result = await run({ 'user-id': userIdLines(60), concurrency: '8', retries: '0' });
    expect(result.exitCode).toBe(1);
    expect(removals(emulator).length).toBeGreaterThanOrEqual(10);
    expect(removals(emulator).length).toBeLessThanOrEqual(10 + 7);
  });

  it.concurrent.for([
    ['one that is done', 'user-10'],
    ['one that does not exist', 'nobody'],
  ])('%s between them breaks the row', async ([, other], { onTestFinished }) => {
    const ids = Array.from({ length: 19 }, (_, index) => `user-${index + 1}`);
    const { emulator, run } = await scenario({ users: ids }, onTestFinished);
    for (const user of ids.filter((id) => id !== 'user-10')) {
      emulator.misbehave({ kind: 'answer', status: 500 }, { user, method: 'DELETE' });
    }
    const given = ids.map((id) => (id === 'user-10' ? other : id)).join('\n');
    const result = await run({ 'user-id': given, concurrency: '1', retries: '0' });
    expect(result.exitCode).toBe(1);
    expect(removals(emulator)).toHaveLength(19);
    expect(outcomesOf(result)).not.toContain('skipped');
    expect(result.log).not.toContain('in a row');
  });

  it.concurrent('every other failure is of that user alone', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 40 }, onTestFinished);
    for (const [index, status] of [400, 403, 405, 409, 410, 418, 422, 451].entries()) {
      emulator.misbehave({ kind: 'answer', status }, { user: `user-${index + 2}` });
    }
    emulator.misbehave({ kind: 'html' }, { user: 'user-10' });
    const result = await run({ 'user-id': userIdLines(40) });
    expect(outcomesOf(result)).toEqual(['removed', ...times(9, 'failed'), ...times(30, 'removed')]);
  });
});

describe('403 for one user', () => {
  it.concurrent.for([404, 409, 422, 400])(
    'is about that user, after a %i for another',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
      emulator.misbehave({ kind: 'answer', status }, { user: 'user-1' });
      emulator.misbehave(FORBIDDEN, { user: 'user-2' });
      const result = await run(ONE_BY_ONE);
      expect(outcomesOf(result).slice(1)).toEqual(['failed', ...times(3, 'removed')]);
    },
  );

  it.concurrent('is about that user in a dry run, too', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    emulator.misbehave(FORBIDDEN, { user: 'user-2' });
    const result = await run({ ...ONE_BY_ONE, 'dry-run': 'true' });
    expect(outcomesOf(result)).toEqual(['would-remove', 'failed', ...times(3, 'would-remove')]);
  });

  it.concurrent('stops after ten in a row', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 30 }, onTestFinished);
    emulator.misbehave({ kind: 'late', ms: 0 });
    emulator.misbehave(FORBIDDEN, { next: 'all' });
    const result = await run({ 'user-id': userIdLines(30), concurrency: '1' });
    expect(outcomesOf(result)).toEqual([
      'removed',
      ...times(10, 'failed'),
      ...times(19, 'skipped'),
    ]);
    expect(userRecords(result)[10]).toMatchObject({ outcome: 'failed', status: 403 });
    expect(result.annotations.at(-1)?.message).toContain('10 users in a row');
  });
});
