import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefusedFor, reportOf } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('a step that is killed in mid-batch', () => {
  it.concurrent.for(['', 'reports/report.jsonl'])(
    'has said where its report is, and the report has who had ended (%j)',
    async (reportFile, { onTestFinished }) => {
      const { emulator, start, run } = await scenario({ users: 60, latency: 20 }, onTestFinished);
      const inputs = { 'user-id': userIdLines(60), 'report-file': reportFile };
      const step = start(inputs);
      await emulator.waitForRequests(20);
      step.kill();
      const result = await step.finished;
      expect(result.exitCode).toBe(null);
      const path = result.outputs['report-file'] ?? '';
      expect(path).toSatisfy(isAbsolute);
      expect(result.log).toContain(`Report: ${path}\n`);
      expect(Object.keys(result.outputs)).toEqual(['report-file']);

      const [header, ...users] = reportOf(result);
      expect(header).toMatchObject({ type: 'run', users: 60 });
      expect(users.length).toBeGreaterThanOrEqual(10);
      for (const record of users) {
        expect(record).toMatchObject({ type: 'user', outcome: 'removed' });
        expect(emulator.users.hasUsername(String(record['user_id']))).toBe(false);
      }

      // As a list it would leave somebody out.
      const { connections } = emulator;
      const report = readFileSync(path, 'utf8');
      const next = await run({ 'user-id-file': 'r.jsonl' }, { files: { 'r.jsonl': report } });
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

  it.concurrent('is not there for a refused one', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-1', concurrency: '0' });
    expectRefusedFor(result, emulator, /`concurrency`/u);
    expect(result.written).toEqual([]);
  });
});
