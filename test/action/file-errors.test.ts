import { describe, expect, it } from 'vitest';
import { expectTrueAccount, userRecords } from './evidence.ts';
import { outcomesOf, times, userIdLines } from './many-users.ts';
import { preload } from './preload.ts';
import { scenario } from './scenario.ts';

/** A preload that changes `node:fs`. */
function withFiles(code: string): string {
  return `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { appendFileSync, closeSync, writeSync } = fs;
const error = (code) => Object.assign(new Error(code + ': of a test'), { code });
${code}
syncBuiltinESMExports();
`;
}

/** Closing the so many-th descriptor for lines fails, as on a file system over the network. */
function failsToClose(code: string): string {
  return withFiles(`
const lineFiles = new Set();
fs.appendFileSync = (file, ...rest) => {
  if (typeof file === 'number') lineFiles.add(file);
  return appendFileSync(file, ...rest);
};
fs.closeSync = (descriptor) => {
  closeSync(descriptor);
  if (lineFiles.has(descriptor)) throw error('${code}');
};
`);
}

/** A disk that is full in the middle of the record of one user, and has space again afterwards. */
function cutsOff(user: string): string {
  return withFiles(`
fs.appendFileSync = (file, data, ...rest) => {
  const text = String(data);
  if (typeof file === 'number' && text.includes('"${user}"')) {
    appendFileSync(file, text.slice(0, text.length / 2));
    throw error('ENOSPC');
  }
  return appendFileSync(file, data, ...rest);
};
`);
}

describe('a file that cannot be closed', () => {
  it.concurrent.for(['EIO', 'EDQUOT', 'ENOSPC'])(
    '%s is reported, and changes nothing that is known',
    async (code, { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
      const nodeArguments = preload(failsToClose(code), onTestFinished);
      const inputs = { 'user-id': userIdLines(4), 'report-file': 'report.jsonl' };
      const result = await run(inputs, { nodeArguments });
      expect(result.conclusion).toBe('failure');
      expect(outcomesOf(result)).toEqual(times(4, 'removed'));
      expect(result.outputs).toMatchObject({ 'removed-count': '4', 'failed-count': '' });
      expect(result.annotations).toHaveLength(1);
      const [annotation] = result.annotations;
      expect(annotation).toMatchObject({ kind: 'error', title: 'Report not written' });
      expect(annotation?.message).toContain(code);
      expect(annotation?.message).toContain('`report-file`');
      expect(result.summary).toContain('Username removed from 4 of 4 users');
      expect(result.log).toMatch(/\nFailed, although every user is done: Report not written\.\n$/u);
      expectTrueAccount(result, emulator);
    },
  );

  it.concurrent('beside a user that failed: both are said', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'user-2' });
    const nodeArguments = preload(failsToClose('EIO'), onTestFinished);
    const result = await run({ 'user-id': userIdLines(4) }, { nodeArguments });
    expect(result.outputs).toMatchObject({
      status: '400',
      'removed-count': '3',
      'failed-count': '1',
    });
    expect(result.annotations.map(({ title }) => title).toSorted()).toEqual([
      'Report not written',
      'Username not removed',
    ]);
  });
});

describe('a line that a full disk cut off', () => {
  it.concurrent('is ended before the next one', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 6 }, onTestFinished);
    const nodeArguments = preload(cutsOff('user-3'), onTestFinished);
    const inputs = { 'user-id': userIdLines(6), concurrency: '1' };
    const result = await run(inputs, { nodeArguments });
    expect(result.conclusion).toBe('failure');
    expect(outcomesOf(result)).toEqual([...times(3, 'removed'), ...times(3, 'skipped')]);
    expect(result.outputs).toMatchObject({ 'removed-count': '3', 'failed-count': '3' });
    expect(result.log).toContain('User user-3: removed, but the line could not be written');
    expect(emulator.users.counts().withoutUsername).toBe(3);

    const lines = result.file(result.outputs['report-file'] ?? '').split('\n');
    const types = lines.map(
      (line) => /^\{"type":"(?<type>\w+)".*\}$/u.exec(line)?.groups?.['type'],
    );
    expect(types).toEqual([
      'run',
      'user',
      'user',
      undefined,
      ...times(3, 'user'),
      'end',
      undefined,
    ]);
    expect(lines[3]).not.toBe('');
    expect(lines.at(-1)).toBe('');
  });

  it.concurrent('of the profiles is ended, too', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 6 }, onTestFinished);
    const source = withFiles(`
let profiles = 0;
fs.appendFileSync = (file, data, ...rest) => {
  const text = String(data);
  if (typeof file === 'number' && !text.includes('"type":') && (profiles += 1) === 2) {
    appendFileSync(file, text.slice(0, 10));
    throw error('ENOSPC');
  }
  return appendFileSync(file, data, ...rest);
};
`);
    // Two are in flight when the first one's profile is cut off.
    const nodeArguments = preload(source, onTestFinished);
    const inputs = { 'user-id': userIdLines(6), 'profiles-file': 'profiles.jsonl' };
    emulator.configure({ latency: 100 });
    const result = await run(inputs, { nodeArguments });
    expect(result.conclusion).toBe('failure');
    const lines = result.file('profiles.jsonl').split('\n').slice(0, -1);
    const whole = lines.filter((line) => line.endsWith('}'));
    expect(lines).toHaveLength(
      userRecords(result).filter((one) => one['outcome'] === 'removed').length,
    );
    expect(whole).toHaveLength(lines.length - 1);
    expect(lines.length).toBeGreaterThan(2);
  });
});
