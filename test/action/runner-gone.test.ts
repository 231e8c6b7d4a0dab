import { describe, expect, it } from 'vitest';
import { reportLines, userIdLines, userRecords } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('a runner that is gone', () => {
  it.concurrent('has nobody removed unseen', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ users: 100, latency: 50 }, onTestFinished);
    const inputs = { 'user-id': userIdLines(100), concurrency: '1', 'report-file': 'report.jsonl' };
    const step = start(inputs, { debug: true });
    await emulator.waitForRequests(3);
    step.hangUp();
    const result = await step.finished;
    expect(result).toMatchObject({ exitCode: 1, signal: null });
    expect(emulator.requests.length).toBeLessThan(10);
    const report = result.file('report.jsonl');
    const users = userRecords(report);
    expect(users).toHaveLength(100);
    const removed = users.filter(({ outcome }) => outcome === 'removed');
    expect(removed.length).toBeGreaterThanOrEqual(emulator.requests.length - 1);
    expect(reportLines(report).at(-1)).toMatchObject({ type: 'end', stopped: 'log-closed' });
  });

  it.concurrent('leaves no success behind that nobody read of', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ latency: 200 }, onTestFinished);
    const step = start({ 'user-id': 'user-1', 'report-file': 'report.jsonl' });
    await emulator.waitForRequests(1);
    step.hangUp();
    const result = await step.finished;
    expect(result).toMatchObject({ exitCode: 1, signal: null });
    expect(result.file('report.jsonl')).toContain('"outcome":"removed"');
  });
});
