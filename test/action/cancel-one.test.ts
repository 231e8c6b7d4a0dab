import { describe, expect, it } from 'vitest';
import { HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { scenario } from './scenario.ts';

const FIVE_SECONDS = 5000;

describe('cancelling', () => {
  it.concurrent('a request under way leaves the user unconfirmed', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers', apply: true });
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const inputs = { 'user-id': 'user-1', 'report-file': 'report.jsonl' };
    const step = start(inputs, { nodeArguments });
    await emulator.waitForRequests(1);
    const cancelledAt = performance.now();
    step.cancel();
    const result = await step.finished;
    expect(performance.now() - cancelledAt).toBeLessThan(FIVE_SECONDS);
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'cancelled', stderr: '' });
    expect(result.log).toContain(LAST_WORD);
    expect(JSON.parse(result.outputs['results'] ?? '')).toEqual([
      { user_id: 'user-1', outcome: 'unconfirmed', status: null, attempts: 1 },
    ]);
    expect(result.outputs).toMatchObject({ 'removed-count': '0', 'failed-count': '1' });
    expect(JSON.parse(result.file('report.jsonl'))).toMatchObject({ outcome: 'unconfirmed' });
    expect(result.summary).toContain('unconfirmed');
    expect(result.summary).toContain('the step was cancelled');
    expect(emulator.requests).toHaveLength(1);
  });

  it.concurrent('a body under way is the same', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'body', apply: true });
    const step = start({ 'user-id': 'user-1' });
    await emulator.waitForRequests(1);
    step.cancel();
    const result = await step.finished;
    expect(result.exitCode).toBe(1);
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([{ outcome: 'unconfirmed' }]);
  });

  it.concurrent('a wait that the API asked for is not waited out', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 60 }, { next: Infinity });
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const step = start({ 'user-id': 'user-1\nuser-2' }, { nodeArguments });
    await step.waitForLog(/Trying again in 60 s/u);
    const cancelledAt = performance.now();
    step.cancel();
    const result = await step.finished;
    expect(performance.now() - cancelledAt).toBeLessThan(FIVE_SECONDS);
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain(LAST_WORD);
    expect(emulator.requests).toHaveLength(1);
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([
      { user_id: 'user-1', outcome: 'unconfirmed', attempts: 1 },
      { user_id: 'user-2', outcome: 'skipped', attempts: 0 },
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'by SIGTERM alone ends the step as well (Windows has no SIGTERM)',
    { concurrent: true },
    async ({ onTestFinished }) => {
      const { emulator, start } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'stall', where: 'headers' });
      const step = start({ 'user-id': 'user-1\nuser-2' });
      await emulator.waitForRequests(1);
      process.kill(step.pid, 'SIGTERM');
      const result = await step.finished;
      expect(result).toMatchObject({ exitCode: 1, signal: null });
      expect(result.outputs['failed-count']).toBe('2');
    },
  );

  it.concurrent('by SIGKILL leaves a report of who had ended', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers' }, { user: 'user-2' });
    const step = start({
      'user-id': 'user-1\nuser-2\nuser-3',
      'report-file': 'report.jsonl',
      concurrency: '1',
    });
    await emulator.waitForRequests(2);
    step.kill();
    const result = await step.finished;
    expect(result).toMatchObject({ signal: 'SIGKILL', conclusion: 'failure' });
    expect(JSON.parse(result.file('report.jsonl'))).toMatchObject({
      user_id: 'user-1',
      outcome: 'removed',
    });
  });
});
