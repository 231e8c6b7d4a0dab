import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomesOf, resultsOf, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('the outputs of many users', () => {
  it.concurrent('when all are done', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': userIdLines(3), 'report-file': 'out/report.jsonl' });
    expect(result.conclusion).toBe('success');
    expect(result.outputs).toEqual({
      profile: '',
      status: '200',
      problem: '',
      results: JSON.stringify(
        ['user-1', 'user-2', 'user-3'].map((id) => ({
          user_id: id,
          outcome: 'removed',
          status: 200,
          attempts: 1,
        })),
      ),
      'removed-count': '3',
      'failed-count': '0',
      'report-file': join(result.workspace, 'out', 'report.jsonl'),
    });
  });

  it.concurrent('speak of the first, in the order given, not done', async ({ onTestFinished }) => {
    const users = ['a', { id: 'b', username: null }, 'c', 'd'];
    const { emulator, run } = await scenario({ users }, onTestFinished);
    emulator.misbehave({ kind: 'late', ms: 800 }, { user: 'b' });
    const problem = { title: 'Teapot', status: 404, big: 1 };
    emulator.misbehave({ kind: 'problem', status: 418, problem }, { user: 'c' });
    const result = await run({ 'user-id': 'a\nb\nc\nnobody\nd' });
    expect(result.conclusion).toBe('failure');
    expect(result.outputs).toMatchObject({
      profile: '',
      status: '422',
      'removed-count': '2',
      'failed-count': '3',
    });
    expect(JSON.parse(result.outputs['problem'] ?? '')).toMatchObject({
      status: 422,
      errors: [{ code: 'UsernameNotFound' }],
    });
    expect(resultsOf(result).map(({ outcome, status }) => [outcome, status])).toEqual([
      ['removed', 200],
      ['failed', 422],
      ['failed', 418],
      ['not-found', 404],
      ['removed', 200],
    ]);
  });

  it.concurrent('count missing users as done when asked to', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({
      'user-id': 'nobody\nuser-1\nno-one\nuser-2',
      'on-not-found': 'ignore',
    });
    expect(result.conclusion).toBe('success');
    expect(result.outputs).toMatchObject({
      status: '200',
      problem: '',
      'removed-count': '2',
      'failed-count': '0',
    });
    expect(outcomesOf(result)).toEqual(['not-found', 'removed', 'not-found', 'removed']);
    expect(result.annotations).toEqual([]);
    expect(result.log).toMatch(/: 2 of 4 usernames removed, 2 not found\.\n$/u);
  });

  it.concurrent('pass over a missing user to the next that failed', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'user-1' });
    const result = await run({ 'user-id': 'nobody\nuser-1', 'on-not-found': 'ignore' });
    expect(result.conclusion).toBe('failure');
    expect(result.outputs).toMatchObject({ status: '400', 'failed-count': '1' });
  });

  it.concurrent('are in the order given, however the users end', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 12 }, onTestFinished);
    for (const [index, id] of emulator.users.ids().entries()) {
      emulator.misbehave({ kind: 'late', ms: (12 - index) * 15 }, { user: id });
    }
    const result = await run({
      'user-id': userIdLines(12),
      concurrency: '12',
    });
    expect(result.exitCode).toBe(0);
    const given = emulator.users.ids();
    expect(resultsOf(result)).toEqual(
      given.map((id) => ({ user_id: id, outcome: 'removed', status: 200, attempts: 1 })),
    );
    const ended = userRecords(result).map((user) => String(user['user_id']));
    expect(new Set(ended)).toEqual(new Set(given));
    expect(ended).toHaveLength(12);
    expect(ended, 'no user overtook another').not.toEqual(given);
  });
});
