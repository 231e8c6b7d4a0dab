import { describe, expect, it } from 'vitest';
import { reportOf, reportText, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('a runner that is gone', () => {
  it.concurrent('has nobody removed unseen', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ users: 100, latency: 50 }, onTestFinished);
    const inputs = { 'user-id': userIdLines(100), concurrency: '1' };
    const step = start(inputs, { debug: true });
    await emulator.waitForRequests(3);
    step.hangUp();
    const result = await step.finished;
    expect(result).toMatchObject({ exitCode: 1, signal: null });
    expect(emulator.requests.length).toBeLessThan(10);
    const users = userRecords(result);
    expect(users).toHaveLength(100);
    const removed = users.filter(({ outcome }) => outcome === 'removed');
    expect(removed.length).toBeGreaterThanOrEqual(emulator.requests.length - 1);
    expect(reportOf(result).at(-1)).toMatchObject({ type: 'end', stopped: 'log-closed' });
  });

  it.concurrent('leaves no success behind that nobody read of', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ latency: 200 }, onTestFinished);
    const step = start({ 'user-id': 'user-1' });
    await emulator.waitForRequests(1);
    step.hangUp();
    const result = await step.finished;
    expect(result).toMatchObject({ exitCode: 1, signal: null });
    expect(reportText(result)).toContain('"outcome":"removed"');
  });
});
