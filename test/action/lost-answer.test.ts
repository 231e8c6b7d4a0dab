import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1', timeout: '1' };
const TOO_BUSY = { kind: 'answer', status: 429 } as const;
const LATER = { title: 'Later', detail: 'The later answer.' };

function resultsOf(outcome: string, status: number | null, attempts: number): string {
  return JSON.stringify([{ user_id: 'user-1', outcome, status, attempts }]);
}

/** Ways for an answer to be lost after the removal took effect. */
const LOST: readonly (readonly [name: string, fault: Fault])[] = [
  ['a reset', { kind: 'drop', apply: true }],
  ['a time-out', { kind: 'stall', where: 'headers', apply: true }],
  ['a body that stalls', { kind: 'stall', where: 'body', apply: true }],
  ['a body that breaks off', { kind: 'break-off', apply: true }],
  ['a chunk that breaks off', { kind: 'break-off', how: 'bad-chunk', apply: true }],
  ['500', { kind: 'answer', status: 500, apply: true }],
  ['503', { kind: 'answer', status: 503, apply: true }],
];

/** Ways for the reading to settle nothing. */
const UNSETTLED: readonly (readonly [name: string, fault: Fault, status: number | null])[] = [
  ['500', { kind: 'answer', status: 500 }, 500],
  ['429', TOO_BUSY, 429],
  ['302', { kind: 'redirect', status: 302, location: '/' }, 302],
  ['a web page', { kind: 'html' }, 200],
  ['a reset', { kind: 'drop' }, null],
  ['a time-out', { kind: 'stall', where: 'headers' }, null],
  ['a body that breaks off', { kind: 'break-off' }, null],
];

const REMOVALS = { method: 'DELETE' };
const READINGS = { method: 'GET', next: Infinity };

describe('after a lost answer that had removed the username', () => {
  it.concurrent.for(LOST)('%s, then 422: the user is read', async ([, fault], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(fault);
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /api/users/user-1/username',
      'DELETE /api/users/user-1/username',
      'GET /api/users/user-1',
    ]);
    expect(result.outputs).toMatchObject({
      profile: emulator.users.profile('user-1'),
      status: '200',
      problem: '',
      results: resultsOf('removed', 200, 2),
      'removed-count': '1',
      'failed-count': '0',
    });
    expect(result.log).toContain(
      'User user-1: the username is removed, confirmed by reading the user.\n',
    );
    expect(result.file(result.outputs['report-file'] ?? '')).toMatch(
      /^\{"user_id":"user-1","outcome":"removed","status":200,"attempts":2,"time":"[^"]+","confirmed_by_read":true\}\n$/u,
    );
  });

  it.concurrent.for([404, 409, 422])(
    'a later %i says no more than that',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'drop', apply: true });
      emulator.misbehave({ kind: 'problem', status, problem: LATER });
      const result = await run(ONE_USER);
      expect(result.outputs['results']).toBe(resultsOf('removed', 200, 2));
      expect(emulator.requests).toHaveLength(3);
    },
  );

  it.concurrent('a busy API in between changes nothing', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    emulator.misbehave(TOO_BUSY);
    const result = await run(ONE_USER);
    expect(result.outputs['results']).toBe(resultsOf('removed', 200, 3));
    expect(emulator.requests.map(({ method }) => method)).toEqual([
      'DELETE',
      'DELETE',
      'DELETE',
      'GET',
    ]);
  });

  it.concurrent('a later 200 needs no reading', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    emulator.misbehave({ kind: 'answer', status: 200, body: '{"user_id":"user-1"}' });
    const result = await run(ONE_USER);
    expect(result.outputs['results']).toBe(resultsOf('removed', 200, 2));
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
    expect(result.file(result.outputs['report-file'] ?? '')).not.toContain('confirmed_by_read');
  });
});

describe('after a lost answer that had changed nothing', () => {
  it.concurrent.for([404, 409, 422])(
    'then %i, and the username is still there: failed, with the later answer',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'drop' });
      emulator.misbehave({ kind: 'problem', status, problem: LATER }, REMOVALS);
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(1);
      expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
      expect(result.outputs).toMatchObject({
        profile: '',
        status: String(status),
        problem: JSON.stringify(LATER),
        results: resultsOf('failed', status, 2),
      });
      expect(result.annotations[0]?.message).toContain('Later. The later answer.');
    },
  );

  it.concurrent('then 404, and the user is not there: not found', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['user-2'] }, onTestFinished);
    emulator.misbehave({ kind: 'drop' });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(1);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
    expect(result.outputs).toMatchObject({
      status: '404',
      results: resultsOf('not-found', 404, 2),
    });
  });

  it.concurrent('and a user that is gone can be ignored', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['user-2'] }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 503 });
    const result = await run({ ...ONE_USER, 'on-not-found': 'ignore' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['results']).toBe(resultsOf('not-found', 404, 2));
  });
});

describe('after a lost answer, a reading that settles nothing', () => {
  it.concurrent.for(UNSETTLED)(
    'leaves the user unconfirmed, and is not repeated: %s',
    async ([, fault, status], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'drop', apply: true });
      emulator.misbehave(fault, READINGS);
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(1);
      expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
      expect(result.outputs).toMatchObject({
        profile: '',
        status: String(status ?? ''),
        results: resultsOf('unconfirmed', status, 2),
        'removed-count': '0',
        'failed-count': '1',
      });
      expect(result.annotations[0]?.message).toContain(
        'Whether the username was removed is not known: run the step again, or look the user up.',
      );
    },
  );
});

describe('after lost answers alone', () => {
  it.concurrent.for([
    ['resets', { kind: 'drop', apply: true }],
    ['bodies that break off', { kind: 'break-off', apply: true }],
  ] as const)('the user is unconfirmed, and not read: %s', async ([, fault], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(fault, { next: Infinity });
    const result = await run({ ...ONE_USER, retries: '1' });
    expect(result.exitCode).toBe(1);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
    expect(result.outputs).toMatchObject({
      status: '',
      results: resultsOf('unconfirmed', null, 2),
    });
    expect(result.annotations[0]?.message).toContain('There were 2 tries.');
  });

  it.concurrent('one try is enough for that', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers', apply: true });
    const result = await run({ ...ONE_USER, retries: '0' });
    expect(result.outputs['results']).toBe(resultsOf('unconfirmed', null, 1));
    expect(emulator.requests).toHaveLength(1);
    expect(result.annotations[0]?.message).toMatch(/^User user-1: Timed out\. /u);
  });

  it.concurrent.for([
    [429, TOO_BUSY],
    [401, { kind: 'answer', status: 401 }],
    [400, { kind: 'answer', status: 400 }],
  ] as const)('a later %i leaves it at that', async ([status, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    emulator.misbehave(fault, { next: Infinity });
    const result = await run({ ...ONE_USER, retries: '1' });
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
    expect(result.outputs['results']).toBe(resultsOf('unconfirmed', status, 2));
  });
});

describe('without a lost answer nothing is read', () => {
  it.concurrent.for([
    ['404', [], 'not-found', 404],
    ['409', [{ kind: 'answer', status: 409 }], 'failed', 409],
    ['422', [{ kind: 'answer', status: 422 }], 'failed', 422],
    ['429, then 422', [TOO_BUSY, { kind: 'answer', status: 422 }], 'failed', 422],
    ['408, then 404', [{ kind: 'answer', status: 408 }], 'not-found', 404],
    ['400', [{ kind: 'answer', status: 400 }], 'failed', 400],
    ['200 that proves nothing', [{ kind: 'html' }], 'failed', 200],
    ['501', [{ kind: 'answer', status: 501 }], 'failed', 501],
  ] as const)('%s', async ([, faults, outcome, status], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['user-2'] }, onTestFinished);
    for (const fault of faults) emulator.misbehave(fault);
    const result = await run(ONE_USER);
    expect(emulator.requests.map(({ method }) => method)).not.toContain('GET');
    expect(result.outputs['results']).toBe(resultsOf(outcome, status, emulator.requests.length));
  });
});
