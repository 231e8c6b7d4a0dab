import { describe, expect, it } from 'vitest';
import { outcomesOf, reportOf, reportText, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { expectRefusedFor } from './refused-step.ts';
import { requestedUsers } from './requests.ts';
import { scenario } from './scenario.ts';

describe('shards of a list', () => {
  it.concurrent.for([
    [10, 4],
    [2, 5],
  ] as const)('of %i users in %i jobs: each user in one', async ([users, jobs], context) => {
    const { emulator, run } = await scenario({ users }, context.onTestFinished);
    const shards = Array.from({ length: jobs }, (_, index) => `${index + 1}/${jobs}`);
    const results = await Promise.all(
      shards.map((shard) => run({ 'user-id': userIdLines(users), shard })),
    );
    expect(results.map(({ conclusion }) => conclusion)).toEqual(shards.map(() => 'success'));
    // Twice would be a 422.
    expect(requestedUsers(emulator).toSorted()).toEqual(emulator.users.ids().toSorted());
    const sizes = results.map((result) => userRecords(result).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(results.map((result) => reportOf(result)[0]?.['shard'])).toEqual(shards);
  });

  it.concurrent('stay what they are, whatever the others do', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 9 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 401 });
    const inputs = { 'user-id': userIdLines(9), concurrency: '1' };
    const first = await run({ ...inputs, shard: '2/3' });
    expect(outcomesOf(first)).toEqual(['failed', 'skipped', 'skipped']);
    await run({ ...inputs, shard: '3/3' });
    await run({ ...inputs, shard: '2/3' });
    expect(requestedUsers(emulator)).toEqual([
      'user-4',
      'user-7',
      'user-8',
      'user-9',
      'user-4',
      'user-5',
      'user-6',
    ]);
  });

  it.concurrent('are counted by `max-users`', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 10 }, onTestFinished);
    const inputs = { 'user-id': userIdLines(10), shard: '1/4', 'dry-run': 'true' };
    const refused = await run({ ...inputs, 'max-users': '1' });
    expectRefusedFor(refused, emulator, /names 2 users, and `max-users` allows 1\b/u);
    const result = await run({ ...inputs, 'max-users': '2' });
    expect(result.conclusion).toBe('success');
  });

  it.concurrent('count a repeated user once', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 2 }, onTestFinished);
    const inputs = { 'user-id': 'user-1 user-1 user-1 user-2' };
    await run({ ...inputs, shard: '1/2' });
    await run({ ...inputs, shard: '2/2' });
    expect(requestedUsers(emulator)).toEqual(['user-1', 'user-2']);
  });

  it.concurrent('may be empty: success, with a notice', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-1', shard: '1/3' });
    expect(result.conclusion).toBe('success');
    expect(result.annotations).toEqual([
      { kind: 'notice', title: 'Nothing to do', message: 'Shard 1/3 of the list has no users.' },
    ]);
    expect(result.outputs).toMatchObject({
      results: '[]',
      'removed-count': '0',
      'failed-count': '0',
    });
    expect(reportOf(result)).toMatchObject([{ type: 'run', shard: '1/3' }, { type: 'end' }]);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent('are said in the log and the summary', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: 4 }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(4), shard: ' 2/2 ' });
    expect(result.log).toContain('This is shard 2/2 of the list.\n');
    expect(result.log).toContain('Removing the username of 2 users');
    expect(result.summary).toContain('Shard 2/2');
  });

  it.concurrent('of a plan, whose reports are joined for the rest', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 6 }, onTestFinished);
    const plan = await run({ 'user-id': userIdLines(6), 'dry-run': 'true' });
    const files = { 'plan.jsonl': reportText(plan) };
    emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'user-5', method: 'DELETE' });
    const reports = await Promise.all(
      ['1/2', '2/2'].map(async (shard) => {
        const result = await run({ 'user-id-file': 'plan.jsonl', shard }, { files });
        return reportText(result);
      }),
    );
    expect(emulator.users.counts().withUsername).toBe(1);
    const joined = { files: { 'reports.jsonl': reports.join('') } };
    const rest = await run({ 'user-id-file': 'reports.jsonl' }, joined);
    expect(rest.conclusion).toBe('success');
    expect(rest.log).toContain('Took 1 of 6 users');
    expect(emulator.users.counts().withUsername).toBe(0);
  });
});

describe('four shards at once', () => {
  it('share a limit of 50 requests a second: all are done', async ({ onTestFinished }) => {
    const rateLimit = { perSecond: 50, retryAfter: 1 };
    const { emulator, run } = await scenario({ users: 400, rateLimit }, onTestFinished);
    const list = { 'user-id': userIdLines(400), 'max-users': '100' };
    const results = await Promise.all(
      ['1/4', '2/4', '3/4', '4/4'].map((shard) => run({ ...list, shard })),
    );
    expect(results.map(({ conclusion }) => conclusion)).toEqual(results.map(() => 'success'));
    expect(emulator.users.counts().withUsername).toBe(0);
    const { accepted, throttled } = emulator.counts;
    expect(throttled / (accepted + throttled)).toBeLessThanOrEqual(0.1);
  }, 60_000);
});
