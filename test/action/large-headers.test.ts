import { describe, expect, it } from 'vitest';
import { outcomesOf, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';

describe('response headers', () => {
  it.concurrent.for([20_000, 40_000, 60_000])('of %i bytes are read', async (bytes, context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave({ kind: 'large-headers', bytes });
    const result = await run({ 'user-id': 'user-1' });
    expect(result.conclusion).toBe('success');
    expect(result.outputs['profile']).toBe(emulator.users.profile('user-1'));
    expect(requestsTo(emulator)).toEqual(['DELETE user-1']);
  });

  it.concurrent('over 64 KiB are refused, and the user is read', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'large-headers', bytes: 70_000 });
    const result = await run({ 'user-id': userIdLines(2) });
    expect(result.conclusion).toBe('success');
    expect(requestsTo(emulator)).toEqual(['DELETE user-1', 'GET user-1', 'DELETE user-2']);
    expect(userRecords(result)[0]).toMatchObject({
      outcome: 'removed',
      attempts: 1,
      confirmed_by_read: true,
    });
  });

  it.concurrent('over 64 KiB for everything: the error says so', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'large-headers', bytes: 70_000 }, { next: 'all' });
    const result = await run({ 'user-id': userIdLines(2) });
    expect(outcomesOf(result)).toEqual(['unconfirmed', 'unconfirmed']);
    expect(result.annotations[0]?.message).toContain('response headers of more than 64 KiB');
    expect(result.annotations[0]?.message).not.toContain('Not HTTP');
    expect(emulator.requests).toHaveLength(4);
  });
});
