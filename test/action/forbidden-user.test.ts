import { describe, expect, it } from 'vitest';
import { outcomesOf, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

const ONE_BY_ONE = { 'user-id': userIdLines(5), concurrency: '1' };
const FORBIDDEN = { kind: 'answer', status: 403 } as const;

describe('403 for one user', () => {
  it.concurrent.for([404, 409, 422, 400])(
    'is about that user, after a %i for another',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
      emulator.misbehave({ kind: 'answer', status }, { user: 'user-1' });
      emulator.misbehave(FORBIDDEN, { user: 'user-2' });
      const result = await run(ONE_BY_ONE);
      expect(outcomesOf(result).slice(1)).toEqual(['failed', ...times(3, 'removed')]);
    },
  );

  it.concurrent('is about that user in a dry run, too', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    emulator.misbehave(FORBIDDEN, { user: 'user-2' });
    const result = await run({ ...ONE_BY_ONE, 'dry-run': 'true' });
    expect(outcomesOf(result)).toEqual(['would-remove', 'failed', ...times(3, 'would-remove')]);
  });

  it.concurrent('stops after ten in a row', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 30 }, onTestFinished);
    emulator.misbehave({ kind: 'late', ms: 0 });
    emulator.misbehave(FORBIDDEN, { next: 'all' });
    const result = await run({ 'user-id': userIdLines(30), concurrency: '1' });
    expect(outcomesOf(result)).toEqual([
      'removed',
      ...times(10, 'failed'),
      ...times(19, 'skipped'),
    ]);
    expect(userRecords(result)[10]).toMatchObject({ outcome: 'failed', status: 403 });
    expect(result.annotations.at(-1)?.message).toContain('10 users in a row');
  });
});
