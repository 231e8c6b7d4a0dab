import { describe, expect, it } from 'vitest';
import { NOTES, SUMMARY } from '../../src/report/messages.ts';
import { fill } from '../../src/report/text.ts';
import { userRecords } from './evidence.ts';
import { expectWithinLimits } from './many-users-limits.ts';
import { scenario } from './scenario.ts';

const USERS = 20_000;

describe('20,000 users, half of them missing', () => {
  it('leave everything within its limits', { timeout: 120_000 }, async () => {
    const { emulator, run } = await scenario({
      users: USERS / 2,
      watched: ['user-1', 'user-5000', 'user-10000'],
      keepRequests: false,
    });
    const ids = Array.from({ length: USERS / 2 }, (_, index) => [
      `user-${index + 1}`,
      `nobody-${index + 1}`,
    ]).flat();
    const result = await run(
      {
        'user-id-file': 'users.txt',
        'max-users': String(USERS),
        concurrency: '32',
      },
      { files: { 'users.txt': ids.join('\n') } },
    );
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' });
    expect(emulator.users.counts()).toEqual({ withUsername: 0, withoutUsername: USERS / 2 });
    expect(emulator.connections).toBeLessThanOrEqual(32);
    expectWithinLimits(result);
    expect(result.outputs).toMatchObject({
      status: '404',
      results: '',
      'removed-count': String(USERS / 2),
      'failed-count': String(USERS / 2),
    });
    const notices = result.annotations.filter(({ kind }) => kind === 'notice');
    expect(notices.map(({ message }) => message)).toEqual([NOTES.resultsTooLarge.text]);
    const users = userRecords(result);
    expect(new Set(users.map((user) => user['user_id']))).toEqual(new Set(ids));
    expect(users).toHaveLength(USERS);
    expect(users.filter(({ outcome }) => outcome === 'removed')).toHaveLength(USERS / 2);
    expect(users.filter(({ outcome }) => outcome === 'not-found')).toHaveLength(USERS / 2);
    expect(result.summary).toContain(fill(SUMMARY.more, { users: '9950 more users' }));
  });
});

describe('many users with the longest ids and problems', () => {
  it.concurrent('leave everything within its limits', async ({ onTestFinished }) => {
    const ids = Array.from({ length: 100 }, (_, index) => `${':'.repeat(505)}-${index + 1}`);
    const { emulator, run } = await scenario({ users: ids, watched: [] }, onTestFinished);
    const long = '<'.repeat(200_000);
    const problem = { title: long, detail: long, errors: { [long]: [long] } };
    emulator.misbehave({ kind: 'problem', status: 400, problem }, { next: Infinity });
    const result = await run({ 'user-id': ids.join('\n') });
    expect(result.outputs).toMatchObject({ status: '400', 'failed-count': '100' });
    expectWithinLimits(result);
    expect(result.outputs['problem']).toContain('"status":400');
  });
});
