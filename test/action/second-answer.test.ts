import { describe, expect, it } from 'vitest';
import type { SecondAnswer } from '../../emulator/faults.ts';
import { expectTrueAccount, outcomesOf, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { methodsOf } from './requests.ts';
import { scenario } from './scenario.ts';

const ONE_BY_ONE = { 'user-id': userIdLines(5), concurrency: '1', retries: '0' };

/** When it comes: before the answer to the next request, or so many ms after the first answer. */
const TIMES: readonly (readonly [name: string, when: Pick<SecondAnswer, 'afterMs'>])[] = [
  ['with the next request', {}],
  ['5 ms later', { afterMs: 5 }],
  ['30 ms later', { afterMs: 30 }],
];

describe('a second answer on a kept connection counts for nobody', () => {
  it.concurrent.for(TIMES)('%s', async ([, when], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5, latency: 60 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', ...when, user: 'user-1' }, { user: 'user-1' });
    const result = await run(ONE_BY_ONE);
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(times(5, 'removed'));
    expect(emulator.users.counts().withUsername).toBe(0);
    expect(result.annotations).toEqual([]);

    // The connection was dropped, by the latest when the next user got the answer of the first.
    const connections = emulator.requests.map(({ connection }) => connection);
    expect(connections.slice(0, 3)).toEqual([1, expect.any(Number), 2]);
    expect(connections.slice(2)).not.toContain(1);
    const isRead = connections[1] === 1;
    expect(methodsOf(emulator, 'user-2')).toEqual(isRead ? ['DELETE', 'GET'] : ['DELETE']);
    expect('confirmed_by_read' in (userRecords(result)[1] ?? {})).toBe(isRead);
    if (when.afterMs === undefined) expect(isRead).toBe(true);
  });

  it.concurrent('where nothing was removed, nothing is claimed', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', user: 'user-1' }, { user: 'user-1' });
    emulator.misbehave({ kind: 'answer', status: 200, body: '{}' }, { user: 'user-2' });
    const result = await run(ONE_BY_ONE);
    expect(result.conclusion).toBe('failure');
    expect(outcomesOf(result)).toEqual(['removed', 'failed', ...times(3, 'removed')]);
    expectTrueAccount(result, emulator);
  });

  it.concurrent('after each answer, of four at once', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 40 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', user: 'user-1' }, { next: 'all' });
    const result = await run({ 'user-id': userIdLines(40) });
    expect(result.conclusion).toBe('success');
    expect(result.outputs['removed-count']).toBe('40');
    expectTrueAccount(result, emulator);
  });

  it.concurrent('of a reading: the user is read once more', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', user: 'user-1' }, { user: 'user-1' });
    const result = await run({ ...ONE_BY_ONE, 'dry-run': 'true' });
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(times(5, 'would-remove'));
    expect(methodsOf(emulator, 'user-2')).toEqual(['GET', 'GET']);
  });
});
