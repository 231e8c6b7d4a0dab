import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAILURES } from '../../src/report/messages.ts';
import { outcomesOf, resultsOf } from './evidence.ts';
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

  it.concurrent('have no status where that user got no response', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' }, { user: 'user-2', next: Infinity });
    const result = await run({ 'user-id': 'user-1\nuser-2\nnobody', retries: '0' });
    expect(outcomesOf(result)).toEqual(['removed', 'unconfirmed', 'not-found']);
    expect(result.outputs).toMatchObject({ status: '', 'failed-count': '2' });
    const problem: unknown = JSON.parse(result.outputs['problem'] ?? '');
    expect(problem).toHaveProperty('title', FAILURES['connection-lost'].title);
    expect(problem).not.toHaveProperty('status');
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
});
