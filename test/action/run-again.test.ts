import { describe, expect, it } from 'vitest';
import { outcomesOf, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { methodsOf, requestsTo } from './requests.ts';
import { ONE_USER, scenario } from './scenario.ts';

const AGAIN = { ...ONE_USER, 'on-no-username': 'ignore' };
const WITHOUT = { users: [{ id: 'user-1', username: null }] };

describe('the same list again', () => {
  it.concurrent('is done with `on-no-username: ignore`', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    const inputs = { 'user-id': userIdLines(5), 'on-no-username': 'ignore' };
    const first = await run(inputs);
    expect(outcomesOf(first)).toEqual(times(5, 'removed'));
    expect(requestsTo(emulator)).not.toContain('GET user-1');

    const second = await run(inputs);
    expect(second.conclusion).toBe('success');
    expect(outcomesOf(second)).toEqual(times(5, 'no-username'));
    expect(second.outputs).toMatchObject({
      status: '200',
      problem: '',
      'removed-count': '0',
      'failed-count': '0',
    });
    expect(second.annotations).toEqual([]);
    expect(methodsOf(emulator, 'user-3')).toEqual(['DELETE', 'DELETE', 'GET']);
    expect(second.log).toMatch(
      /\nDone after .*: 0 of 5 usernames removed, 5 had no username\.\n$/u,
    );
  });

  it.concurrent('fails without it, and says what would help', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 2 }, onTestFinished);
    const inputs = { 'user-id': userIdLines(2) };
    await run(inputs);
    const second = await run(inputs);
    expect(second.conclusion).toBe('failure');
    expect(outcomesOf(second)).toEqual(['failed', 'failed']);
    expect(second.outputs).toMatchObject({ status: '422', 'failed-count': '2' });
    expect(second.annotations[0]?.message).toContain('set `on-no-username: ignore`');
    expect(requestsTo(emulator)).not.toContain('GET user-1');
  });

  it.concurrent('takes up where the first run ended', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
    await run({ 'user-id': 'user-1 user-2' });
    const result = await run({ 'user-id': userIdLines(4), 'on-no-username': 'ignore' });
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(['no-username', 'no-username', 'removed', 'removed']);
    expect(emulator.users.counts().withUsername).toBe(0);
  });
});

describe('a user that has no username already, with `on-no-username: ignore`', () => {
  it.concurrent.for([404, 409, 422])(
    'is found by a reading after %i',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario(WITHOUT, onTestFinished);
      emulator.misbehave({ kind: 'answer', status }, { method: 'DELETE' });
      const result = await run({ ...AGAIN, 'profiles-file': 'profiles.jsonl' });
      expect(result.conclusion).toBe('success');
      expect(result.outputs).toMatchObject({
        profile: emulator.users.profile('user-1'),
        status: '200',
        problem: '',
        'removed-count': '0',
        'failed-count': '0',
      });
      expect(userRecords(result)).toMatchObject([
        { user_id: 'user-1', outcome: 'no-username', status: 200, attempts: 1 },
      ]);
      expect(userRecords(result)[0]).not.toHaveProperty('confirmed_by_read');
      expect(result.file('profiles.jsonl')).toBe(`${emulator.users.profile('user-1')}\n`);
      expect(result.log).toMatch(/\nDone: user user-1 has no username\.\n$/u);
    },
  );

  it.concurrent('is read with retries', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario(WITHOUT, onTestFinished);
    emulator.misbehave({ kind: 'drop' }, { method: 'GET' });
    emulator.misbehave({ kind: 'answer', status: 503 }, { method: 'GET' });
    const result = await run(AGAIN);
    expect(result.conclusion).toBe('success');
    expect(requestsTo(emulator)).toEqual(['DELETE user-1', ...times(3, 'GET user-1')]);
    expect(userRecords(result)).toMatchObject([{ outcome: 'no-username', attempts: 1 }]);
  });

  it.concurrent('is not looked for after any other answer', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario(WITHOUT, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 400 });
    const result = await run(AGAIN);
    expect(result.outputs).toMatchObject({ status: '400', 'failed-count': '1' });
    expect(requestsTo(emulator)).toEqual(['DELETE user-1']);
  });

  it.concurrent('is done in a dry run, too', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario(WITHOUT, onTestFinished);
    const result = await run({ ...AGAIN, 'dry-run': 'true' });
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(['no-username']);
    expect(requestsTo(emulator)).toEqual(['GET user-1']);
  });
});

describe('where the reading does not say so, the answer means what it meant', () => {
  it.concurrent('a username is still there', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const problem = { title: 'Conflict', detail: 'The user is locked.' };
    emulator.misbehave({ kind: 'problem', status: 409, problem });
    const result = await run(AGAIN);
    expect(result.conclusion).toBe('failure');
    expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: 409, problem }]);
    expect(requestsTo(emulator)).toEqual(['DELETE user-1', 'GET user-1']);
  });

  it.concurrent('there is no such user', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: ['user-2'] }, onTestFinished);
    const result = await run(AGAIN);
    expect(result.outputs).toMatchObject({ status: '404', 'failed-count': '1' });
    expect(outcomesOf(result)).toEqual(['not-found']);
  });

  it.concurrent('there is no such user, which is ignored', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: ['user-2'] }, onTestFinished);
    const result = await run({ ...AGAIN, 'on-not-found': 'ignore' });
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(['not-found']);
  });

  it.concurrent.for([
    ['an object that is no profile', { kind: 'answer', status: 200, body: '{}' }],
    ['another user', { kind: 'profile-of', user: 'user-2' }],
    ['an error', { kind: 'answer', status: 403 }],
    ['nothing at all', { kind: 'drop' }],
  ] as const)('the reading brings %s', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario(WITHOUT, onTestFinished);
    emulator.misbehave(fault, { method: 'GET', next: 'all' });
    const result = await run({ ...AGAIN, retries: '0' });
    expect(result.conclusion).toBe('failure');
    expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: 422, attempts: 1 }]);
  });
});
