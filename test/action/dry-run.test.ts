import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1', 'dry-run': 'true' };
const START = /^Dry run: reading 1 user at 127\.0\.0\.1:\d+\. Nothing is removed\.$/mu;

function resultsOf(outcome: string, status: number | null, attempts = 1): string {
  return JSON.stringify([{ user_id: 'user-1', outcome, status, attempts }]);
}

/** Answers to a reading that say nothing of the user. */
const FAILED: readonly (readonly [name: string, fault: Fault, status: number | null])[] = [
  ['401', { kind: 'answer', status: 401 }, 401],
  ['503', { kind: 'answer', status: 503 }, 503],
  ['204', { kind: 'answer', status: 204 }, 204],
  ['302', { kind: 'redirect', status: 302, location: '/' }, 302],
  ['a web page', { kind: 'html' }, 200],
  ['a reset', { kind: 'drop' }, null],
  ['a time-out', { kind: 'stall', where: 'headers' }, null],
  ['a body that breaks off', { kind: 'break-off' }, null],
];

describe('a dry run', () => {
  it.concurrent('says that a username would be removed', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const before = emulator.users.profile('user-1');
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/users/user-1',
    ]);
    expect(emulator.users.profile('user-1')).toBe(before);
    expect(result.outputs).toMatchObject({
      profile: before,
      status: '200',
      problem: '',
      results: resultsOf('would-remove', 200),
      'removed-count': '0',
      'failed-count': '0',
    });
    expect(result.log).toMatch(START);
    expect(result.log).toContain('User user-1: has a username, which would be removed.\n');
    expect(result.summary).toContain('<h2>Dry run: 1 of 1 user would lose the username</h2>');
    expect(result.summary).toContain('<td>Would be removed</td><td>1</td>');
  });

  it.concurrent('says that there is no username', async ({ onTestFinished }) => {
    const users = [{ id: 'user-1', username: null }];
    const { emulator, run } = await scenario({ users }, onTestFinished);
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({
      profile: emulator.users.profile('user-1'),
      status: '200',
      results: resultsOf('no-username', 200),
      'failed-count': '0',
    });
    expect(result.log).toContain('User user-1: has no username.\n');
    expect(result.summary).toContain('<h2>Dry run: 0 of 1 user would lose the username</h2>');
    expect(result.summary).toContain('<td>Has no username</td><td>1</td>');
  });

  it.concurrent.for([
    ['fail', 1],
    ['ignore', 0],
  ] as const)('meets a user that is not there: %s', async ([choice, exitCode], context) => {
    const { emulator, run } = await scenario({ users: ['user-2'] }, context.onTestFinished);
    const result = await run({ ...ONE_USER, 'on-not-found': choice });
    expect(result.exitCode).toBe(exitCode);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['GET']);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: '404',
      results: resultsOf('not-found', 404),
      'failed-count': String(exitCode),
    });
    expect(result.annotations.map(({ title }) => title)).toEqual(
      exitCode === 1 ? ['User not read'] : [],
    );
  });

  it.concurrent.for(FAILED)('fails where the answer says nothing: %s', async (row, context) => {
    const [, fault, status] = row;
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(fault);
    const result = await run({ ...ONE_USER, retries: '0', timeout: '1' });
    expect(result.exitCode).toBe(1);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['GET']);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: String(status ?? ''),
      results: resultsOf('failed', status),
      'failed-count': '1',
    });
    expect(result.annotations[0]).toMatchObject({ kind: 'error', title: 'User not read' });
  });

  it.concurrent('is tried again with nothing but readings', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' });
    emulator.misbehave({ kind: 'answer', status: 503 });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
    expect(result.outputs['results']).toBe(resultsOf('would-remove', 200, 3));
  });

  it.concurrent(
    'writes its report, and the profiles where asked to',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, 'profiles-file': 'profiles.jsonl' });
      expect(result.file('profiles.jsonl')).toBe(`${emulator.users.profile('user-1')}\n`);
      expect(result.file(result.outputs['report-file'] ?? '')).toMatch(
        /^\{"user_id":"user-1","outcome":"would-remove","status":200,"attempts":1,"time":"[^"]+"\}\n$/u,
      );
    },
  );

  it.concurrent(
    'warns of a profile that names another user, not of its username',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const body = '{"user_id":"user-2","username":{"username":"login"}}';
      emulator.misbehave({ kind: 'answer', status: 200, body });
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(0);
      expect(result.annotations.map(({ title }) => title)).toEqual(['Profile names another user']);
    },
  );
});
