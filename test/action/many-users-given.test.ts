import { describe, expect, it } from 'vitest';
import { VALUE_FAULTS } from '../../src/report/messages.ts';
import { fill } from '../../src/report/text.ts';
import { resultsOf } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { expectRefused, inputMessage } from './refused-step.ts';
import { requestedUsers } from './requests.ts';
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
    const { emulator, run } = await scenario({ users: 500, watched: [] }, onTestFinished);
    const lines = userIdLines(500).replaceAll('\n', '\r\n');
    const result = await run(
      { 'user-id-file': 'lists/users.txt', 'max-users': '500', concurrency: '32' },
      { files: { 'lists/users.txt': `\uFEFF${lines}\r\n` } },
    );
    expect(result.exitCode).toBe(0);
    expect(emulator.users.counts()).toEqual({ withUsername: 0, withoutUsername: 500 });
    expect(emulator.requests).toHaveLength(500);
    expect(result.outputs['removed-count']).toBe('500');
  });

  it.concurrent.for([
    ['user-id', 101, 100],
    ['user-id-file', 100_000, 99_999],
  ] as const)('are refused where %s names %i, and %i are allowed', async (given, context) => {
    const [input, users, maxUsers] = given;
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const files = { 'users.txt': userIdLines(users) };
    const result = await run(
      {
        [input]: input === 'user-id' ? files['users.txt'] : 'users.txt',
        ...(maxUsers !== 100 && { 'max-users': String(maxUsers) }),
      },
      { files },
    );
    const { wrong, right } = VALUE_FAULTS['too-many-users'];
    const message = inputMessage(input, fill(wrong, { users, maxUsers }), right);
    expectRefused(result, emulator, message);
  });

  it.concurrent('are counted after repeated ones went', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const lines = `${userIdLines(2)}\n${userIdLines(2)}`;
    const result = await run({ 'user-id': lines, 'max-users': '2' });
    expect(result.exitCode).toBe(0);
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
