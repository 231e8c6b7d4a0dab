import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomesOf } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { expectRefusedFor } from './refused-step.ts';
import { requestedUsers } from './requests.ts';
import { scenario } from './scenario.ts';

describe('many users given', () => {
  const MILLION = 1_000_000;

  it('are refused over `max-users`, with both numbers', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(
      { 'user-id-file': 'users' },
      { files: { users: userIdLines(MILLION) } },
    );
    expectRefusedFor(result, emulator, /names 1000000 users, and `max-users` allows 100\b/u);
  });

  it('are shared out as well as a few', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: [`user-${MILLION}`] }, onTestFinished);
    const inputs = { 'user-id-file': 'users', shard: '500000/500000' };
    const result = await run(inputs, { files: { users: userIdLines(MILLION) } });
    expect(outcomesOf(result)).toEqual(['not-found', 'removed']);
    expect(requestedUsers(emulator)).toEqual(['user-999999', 'user-1000000']);
  });

  it('are refused in a file of more than 256 MiB, which is not read', async ({
    onTestFinished,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'lists-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'users.txt');
    writeFileSync(path, 'user-1\n');
    // A hole: it takes no space on the disk.
    truncateSync(path, 256 * 1024 * 1024 + 1);
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id-file': path });
    expectRefusedFor(result, emulator, /more than 256 MiB/u);
  });

  it.concurrent('may be 100,000 in a file', { timeout: 60_000 }, async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 403 });
    const result = await run(
      { 'user-id-file': 'users.txt', 'max-users': '100000' },
      { files: { 'users.txt': userIdLines(100_000) } },
    );
    expect(result.exitCode).toBe(1);
    expect(emulator.requests).toHaveLength(1);
    expect(result.outputs).toMatchObject({ status: '403', 'failed-count': '100000' });
  });
});
