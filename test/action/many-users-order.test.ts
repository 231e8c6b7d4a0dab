import { describe, expect, it } from 'vitest';
import { resultsOf, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('the order of many users', () => {
  it.concurrent('is kept in the results however they end', async ({ onTestFinished }) => {
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

  it.concurrent('is that of a JSON array, too', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['b', 'a', 'c|d'] }, onTestFinished);
    emulator.misbehave({ kind: 'late', ms: 50 }, { user: 'a' });
    const result = await run({ 'user-id': ' ["c|d", " a ",\n"b"] ' });
    expect(resultsOf(result).map((entry) => entry['user_id'])).toEqual(['c|d', 'a', 'b']);
    expect(emulator.users.counts().withUsername).toBe(0);
  });
});
