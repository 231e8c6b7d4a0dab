import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportLines, userIdLines, userRecords } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('the report of many users', () => {
  it.concurrent('is written while they are in flight', async ({ onTestFinished, expect: own }) => {
    const { emulator, start } = await scenario({ users: 6 }, onTestFinished);
    const folder = await mkdtemp(join(tmpdir(), 'report-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'report.jsonl');
    emulator.misbehave({ kind: 'stall', where: 'headers' }, { user: 'user-6' });
    const step = start({ 'user-id': userIdLines(6), 'report-file': file, concurrency: '2' });
    await emulator.waitForRequests(6);
    await own.poll(() => userRecords(readFileSync(file, 'utf8'))).toHaveLength(5);
    expect(emulator.inFlight.now).toBe(1);
    step.cancel();
    const result = await step.finished;
    expect(result.outputs['report-file']).toBe(file);
    expect(userRecords(readFileSync(file, 'utf8'))).toHaveLength(6);
  });

  it.concurrent('survives a kill with all that had ended', async ({ onTestFinished }) => {
    const users = 400;
    const concurrency = 8;
    const { emulator, start } = await scenario({ users, latency: 5 }, onTestFinished);
    const step = start({
      'user-id': userIdLines(users),
      'max-users': String(users),
      'report-file': 'report.jsonl',
      concurrency: String(concurrency),
    });
    await emulator.waitForRequests(users / 2);
    step.kill();
    const result = await step.finished;
    expect(result).toMatchObject({ signal: 'SIGKILL', exitCode: null });
    const [run, ...records] = reportLines(result.file('report.jsonl'));
    expect(run).toMatchObject({ type: 'run', users });
    const reported = new Set(records.map((record) => String(record['user_id'])));
    for (const record of records) {
      expect(record).toMatchObject({ type: 'user', outcome: 'removed', status: 200, attempts: 1 });
    }
    for (const id of reported) expect(emulator.users.hasUsername(id)).toBe(false);
    const { withoutUsername } = emulator.users.counts();
    expect(withoutUsername - reported.size).toBeGreaterThanOrEqual(0);
    expect(withoutUsername - reported.size).toBeLessThanOrEqual(concurrency);
    expect(withoutUsername).toBeGreaterThan(users / 4);
  });

  it.concurrent('has one record for each, with what it came to', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true }, { user: 'user-2' });
    emulator.misbehave({ kind: 'answer', status: 401 }, { user: 'user-3' });
    const result = await run({ 'user-id': userIdLines(4), concurrency: '1' });
    expect(reportLines(result.file(result.outputs['report-file'] ?? ''))).toMatchObject([
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
    const [record] = reportLines(result.file(result.outputs['report-file'] ?? ''));
    expect(record).toMatchObject({ type: 'run' });
    expect(record).not.toHaveProperty('run_url');
    expect(record).not.toHaveProperty('actor');
  });
});
