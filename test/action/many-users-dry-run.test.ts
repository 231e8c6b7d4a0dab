import { describe, expect, it } from 'vitest';
import { outcomesOf } from './evidence.ts';
import { expectInSummary } from './many-users.ts';
import { scenario } from './scenario.ts';

const USERS = ['a', { id: 'b', username: null }, 'c', { id: 'd', username: null }, 'e'];

describe('a dry run of many users', () => {
  it.concurrent('says what would happen, and counts it', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: USERS }, onTestFinished);
    const result = await run({ 'user-id': 'a\nb\nnobody\nc\nd\ne', 'dry-run': 'true' });
    expect(outcomesOf(result)).toEqual([
      'would-remove',
      'no-username',
      'not-found',
      'would-remove',
      'no-username',
      'would-remove',
    ]);
    expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(emulator.users.counts()).toEqual({ withUsername: 3, withoutUsername: 2 });
    expect(result.outputs).toMatchObject({
      status: '404',
      'removed-count': '0',
      'failed-count': '1',
    });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('Dry run: reading 6 users');
    expect(result.log).toMatch(
      /3 of 6 users would lose the username, 2 had no username, 1 not found\.\n$/u,
    );
    expectInSummary(result, { 'would-remove': 3, 'no-username': 2, 'not-found': 1 });
  });

  it.concurrent('succeeds where nobody is missing', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: USERS }, onTestFinished);
    const inputs = { 'user-id': 'a\nb\nc\nd\ne', 'dry-run': 'true' };
    const result = await run({ ...inputs, 'profiles-file': 'profiles.jsonl' });
    expect(result.conclusion).toBe('success');
    expect(result.outputs).toMatchObject({ status: '200', problem: '', profile: '' });
    expect(result.file('profiles.jsonl').split('\n')).toHaveLength(6);
    expect(emulator.users.counts().withUsername).toBe(3);
  });
});
