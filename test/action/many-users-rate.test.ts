import { describe, expect, it } from 'vitest';
import { userIdLines } from './many-users.ts';
import { requestedUsers } from './requests.ts';
import { scenario } from './scenario.ts';

describe('the request rate of many users', () => {
  it.concurrent('is bounded by `concurrency`, which is used', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 200, latency: 10 }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(200), 'max-users': '200', concurrency: '8' });
    expect(result.exitCode).toBe(0);
    expect(emulator.requests).toHaveLength(200);
    expect(emulator.inFlight.most).toBe(8);
    expect(emulator.connections).toBeLessThanOrEqual(8);
  });

  it.concurrent('is 4 at once unless asked for', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 30, latency: 20 }, onTestFinished);
    await run({ 'user-id': userIdLines(30) });
    expect(emulator.inFlight.most).toBe(4);
    expect(emulator.connections).toBe(4);
  });

  it.concurrent('one after the other takes one connection', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 30 }, onTestFinished);
    await run({ 'user-id': userIdLines(30), concurrency: '1' });
    expect(emulator.inFlight.most).toBe(1);
    expect(emulator.connections).toBe(1);
    expect(requestedUsers(emulator)).toEqual(emulator.users.ids());
  });

  it.concurrent.for([429, 503])(
    'pauses for everyone when one %i says when to come back',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 12 }, onTestFinished);
      const busy = { kind: 'problem', status, problem: {}, retryAfter: 1 } as const;
      emulator.misbehave(busy, { user: 'user-2' });
      for (const user of ['user-3', 'user-4', 'user-5']) {
        emulator.misbehave({ kind: 'late', ms: 800 }, { user });
      }
      const result = await run({ 'user-id': userIdLines(12) });
      expect(result.exitCode).toBe(0);
      const pausedAt = emulator.requests.find(({ path }) => path.includes('/user-2/'))?.at ?? 0;
      const later = emulator.requests.slice(5).map(({ at }) => at - pausedAt);
      expect(later).toHaveLength(8);
      expect(Math.min(...later)).toBeGreaterThanOrEqual(999);
    },
  );
});
