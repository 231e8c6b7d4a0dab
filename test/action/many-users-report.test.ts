import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportLines, reportOf, reportText, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('the report of many users', () => {
  it.concurrent('is written while they are in flight', async ({ onTestFinished, expect: own }) => {
    const { emulator, start } = await scenario({ users: 6 }, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers' }, { user: 'user-6' });
    const step = start({ 'user-id': userIdLines(6), concurrency: '2' });
    await emulator.waitForRequests(6);
    const { 'report-file': file = '' } = step.outputsSoFar();
    // The record of the run, and five users.
    await own.poll(() => reportLines(readFileSync(file, 'utf8'))).toHaveLength(6);
    expect(emulator.inFlight.now).toBe(1);
    step.cancel();
    const result = await step.finished;
    expect(result.outputs['report-file']).toBe(file);
    expect(userRecords(result)).toHaveLength(6);
  });

  it.concurrent('has one record for each, with what it came to', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true }, { user: 'user-2' });
    emulator.misbehave({ kind: 'answer', status: 401 }, { user: 'user-3' });
    const result = await run({ 'user-id': userIdLines(4), concurrency: '1' });
    expect(reportOf(result)).toMatchObject([
      { type: 'run', dry_run: false, users: 4 },
      { user_id: 'user-1', outcome: 'removed', status: 200, attempts: 1 },
      { user_id: 'user-2', outcome: 'removed', status: 200, confirmed_by_read: true },
      { user_id: 'user-3', outcome: 'failed', status: 401, problem: { status: 401 } },
      { user_id: 'user-4', outcome: 'skipped', status: null, attempts: 0 },
      { type: 'end', outcomes: { removed: 2, failed: 1, skipped: 1 }, stopped: 'key-rejected' },
    ]);
  });

  it.concurrent('names no run and nobody where the environment does not', async (context) => {
    const { run } = await scenario({}, context.onTestFinished);
    const unset = ['GITHUB_RUN_ID', 'GITHUB_ACTOR'];
    const result = await run({ 'user-id': 'user-1' }, { unset });
    const [record] = reportOf(result);
    expect(record).toMatchObject({ type: 'run' });
    expect(record).not.toHaveProperty('run_url');
    expect(record).not.toHaveProperty('actor');
  });
});

describe('a step that is killed in mid-batch', () => {
  it.concurrent.for(['', 'reports/report.jsonl'])(
    'has said where its report is, and the report has who had ended (%j)',
    async (reportFile, { onTestFinished }) => {
      const { emulator, start, run } = await scenario({ users: 200, latency: 5 }, onTestFinished);
      const step = start({
        'user-id': userIdLines(200),
        'max-users': '200',
        'report-file': reportFile,
        concurrency: '8',
      });
      await emulator.waitForRequests(100);
      step.kill();
      const result = await step.finished;
      expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', conclusion: 'failure' });
      const path = result.outputs['report-file'] ?? '';
      expect(path).toSatisfy(isAbsolute);
      expect(result.log).toContain(`Report: ${path}\n`);
      expect(Object.keys(result.outputs)).toEqual(['report-file']);

      const [header, ...users] = reportOf(result);
      expect(header).toMatchObject({ type: 'run', users: 200 });
      for (const record of users) {
        expect(record).toMatchObject({
          type: 'user',
          outcome: 'removed',
          status: 200,
          attempts: 1,
        });
        expect(emulator.users.hasUsername(String(record['user_id']))).toBe(false);
      }
      // Nobody is left out but those that were in flight.
      const { withoutUsername } = emulator.users.counts();
      expect(withoutUsername).toBeGreaterThan(50);
      expect(withoutUsername - users.length).toBeGreaterThanOrEqual(0);
      expect(withoutUsername - users.length).toBeLessThanOrEqual(8);

      // As a list it would leave somebody out.
      const { connections } = emulator;
      const files = { 'r.jsonl': reportText(result) };
      const next = await run({ 'user-id-file': 'r.jsonl' }, { files });
      expect(emulator.connections).toBe(connections);
      expect(next.annotations[0]?.message).toMatch(/without an end record, so its run was killed/u);
      expect(next.outputs).toMatchObject({ 'failed-count': '', 'report-file': '' });
    },
  );

  it.concurrent('has said so before the first request', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers' });
    const step = start({ 'user-id': 'user-1' });
    await emulator.waitForRequests(1);
    const { 'report-file': path = '', ...others } = step.outputsSoFar();
    expect(others).toEqual({});
    expect(readFileSync(path, 'utf8')).toMatch(/^\{"type":"run",.*\}\n$/u);
    await step.waitForLog(/^Report: /mu);
    step.kill();
    await step.finished;
  });
});
