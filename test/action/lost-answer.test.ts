import { describe, expect, it } from 'vitest';
import { CONFIRMED_RESULT, HINTS, NOT_DONE_TITLES } from '../../src/report/messages.ts';
import { resultsOfOne, userRecords } from './evidence.ts';
import { times } from './many-users.ts';
import { methodsOf } from './requests.ts';
import { ONE_USER, scenario } from './scenario.ts';

const TOO_BUSY = { kind: 'answer', status: 429 } as const;
const LATER = { title: 'Later', detail: 'The later answer.' };
const REMOVALS = { method: 'DELETE', next: Infinity };
const READINGS = { method: 'GET', next: Infinity };

describe('after a lost answer that had removed the username', () => {
  it.concurrent.for([
    ['a reset', { kind: 'drop', apply: true }],
    ['500', { kind: 'answer', status: 500, apply: true }],
  ] as const)('%s, then 422: the user is read', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
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
      results: resultsOfOne('removed', 200, 2),
      'removed-count': '1',
      'failed-count': '0',
    });
    expect(result.log).toContain(`${CONFIRMED_RESULT.replace('{user}', 'user-1')}\n`);
    expect(userRecords(result)).toMatchObject([
      { outcome: 'removed', status: 200, attempts: 2, confirmed_by_read: true },
    ]);
  });

  it.concurrent.for([404, 409])(
    'a later %i says no more than that',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'drop', apply: true });
      emulator.misbehave({ kind: 'problem', status, problem: LATER });
      const result = await run(ONE_USER);
      expect(result.outputs['results']).toBe(resultsOfOne('removed', 200, 2));
      expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE', 'GET']);
    },
  );

  it.concurrent.for([
    ['in between', '3', 3],
    ['at the end', '1', 2],
  ] as const)('a busy API changes nothing: %s', async ([, retries, attempts], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    emulator.misbehave(TOO_BUSY);
    const result = await run({ ...ONE_USER, retries });
    expect(result.outputs['results']).toBe(resultsOfOne('removed', 200, attempts));
    expect(methodsOf(emulator)).toEqual([...times(attempts, 'DELETE'), 'GET']);
  });

  it.concurrent('a later 200 needs no reading', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    emulator.misbehave({ kind: 'answer', status: 200, body: '{"user_id":"user-1"}' });
    const result = await run(ONE_USER);
    expect(result.outputs['results']).toBe(resultsOfOne('removed', 200, 2));
    expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE']);
    expect(userRecords(result)[0]).not.toHaveProperty('confirmed_by_read');
  });

  it.concurrent.for([400, 401])(
    'a later %i leaves it unconfirmed, and nothing is read',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'drop', apply: true });
      emulator.misbehave({ kind: 'answer', status });
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(1);
      expect(result.outputs['results']).toBe(resultsOfOne('unconfirmed', status, 2));
      expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE']);
    },
  );
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
      expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE', 'GET']);
      expect(result.outputs).toMatchObject({
        profile: '',
        status: String(status),
        problem: JSON.stringify(LATER),
        results: resultsOfOne('failed', status, 2),
      });
      expect(result.annotations[0]?.message).toContain('Later. The later answer.');
    },
  );

  it.concurrent.for([
    ['fail', 1],
    ['ignore', 0],
  ] as const)(
    'then 404, and the user is not there: not found (on-not-found: %s)',
    async ([choice, exitCode], { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: ['user-2'] }, onTestFinished);
      emulator.misbehave({ kind: 'drop' });
      const result = await run({ ...ONE_USER, 'on-not-found': choice });
      expect(result.exitCode).toBe(exitCode);
      expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE', 'GET']);
      expect(result.outputs).toMatchObject({
        status: '404',
        results: resultsOfOne('not-found', 404, 2),
      });
    },
  );
});

describe('after a lost answer, a reading that settles nothing', () => {
  it.concurrent.for([
    ['429, which is retried', TOO_BUSY, 429, 2],
    ['500, which is retried', { kind: 'answer', status: 500 }, 500, 2],
    // The first on a kept connection, which is replaced at once.
    ['resets, which are retried', { kind: 'drop' }, null, 3],
    ['302', { kind: 'redirect', status: 302, location: '/' }, 302, 1],
    ['403', { kind: 'answer', status: 403 }, 403, 1],
  ] as const)(
    'leaves the user unconfirmed: %s',
    async ([, fault, status, readings], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'drop', apply: true });
      emulator.misbehave(fault, READINGS);
      const result = await run({ ...ONE_USER, retries: '1' });
      expect(result.exitCode).toBe(1);
      expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE', ...times(readings, 'GET')]);
      expect(result.outputs).toMatchObject({
        profile: '',
        status: String(status ?? ''),
        results: resultsOfOne('unconfirmed', status, 2),
        'removed-count': '0',
        'failed-count': '1',
      });
      expect(result.annotations).toMatchObject([{ title: NOT_DONE_TITLES.unconfirmed }]);
      expect(result.annotations[0]?.message).toContain(HINTS.unconfirmed);
    },
  );
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
  ] as const)('%s', async ([, faults, outcome, status], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['user-2'] }, onTestFinished);
    for (const fault of faults) emulator.misbehave(fault);
    const result = await run(ONE_USER);
    expect(methodsOf(emulator)).not.toContain('GET');
    expect(result.outputs['results']).toBe(resultsOfOne(outcome, status, emulator.requests.length));
  });
});
