import { describe, expect, it } from 'vitest';
import { expectPlainFailure } from './plain-failure.ts';
import { requestedUsers, resultsOf, userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('many users given', () => {
  it.concurrent('are trimmed, and each counts once', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': '\n user-2\t\r\n\n\nuser-1\n  user-2\nuser-2\n' });
    expect(result.exitCode).toBe(0);
    expect(requestedUsers(emulator)).toEqual(['user-2', 'user-1']);
    expect(resultsOf(result)).toHaveLength(2);
    expect(result.outputs['removed-count']).toBe('2');
  });

  it.concurrent('come from a file, with BOM and CRLF', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 3000, watched: [] }, onTestFinished);
    const lines = userIdLines(3000).replaceAll('\n', '\r\n');
    const result = await run(
      { 'user-id-file': 'lists/users.txt', 'max-users': '3000', concurrency: '32' },
      { files: { 'lists/users.txt': `\uFEFF${lines}\r\n` } },
    );
    expect(result.exitCode).toBe(0);
    expect(emulator.users.counts()).toEqual({ withUsername: 0, withoutUsername: 3000 });
    expect(emulator.requests).toHaveLength(3000);
    expect(result.outputs['removed-count']).toBe('3000');
  });

  it.concurrent('are not more than 100 unless asked for', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 101 }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(101) });
    expectPlainFailure(result, /`user-id` names 101 users, and `max-users` allows 100\b/u);
    expect(emulator.connections).toBe(0);
    expect(emulator.users.counts().withUsername).toBe(101);
  });

  it.concurrent('are counted after repeated ones went', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const lines = `${userIdLines(2)}\n${userIdLines(2)}`;
    const result = await run({ 'user-id': lines, 'max-users': '2' });
    expect(result.exitCode).toBe(0);
  });

  it.concurrent('in a file of 100,000 are refused at once', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(
      { 'user-id-file': 'users.txt', 'max-users': '99999' },
      { files: { 'users.txt': userIdLines(100_000) } },
    );
    expectPlainFailure(result, /names 100000 users, and `max-users` allows 99999\b/u);
    expect(emulator.connections).toBe(0);
    expect(result.durationMs).toBeLessThan(5000);
    expect(result.outputs).toMatchObject({ results: '[]', 'removed-count': '0' });
  });

  it.concurrent('in a file of 100,000 are begun with', async ({ onTestFinished }) => {
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
