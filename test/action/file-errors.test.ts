import { describe, expect, it } from 'vitest';
import { expectTrueAccount, outcomesOf } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { preload } from './preload.ts';
import { scenario } from './scenario.ts';

/** Closing a file that has got lines fails, as on a file system over the network. */
function failsToClose(code: string): string {
  return `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { appendFileSync, closeSync } = fs;
const lineFiles = new Set();
fs.appendFileSync = (file, ...rest) => {
  if (typeof file === 'number') lineFiles.add(file);
  return appendFileSync(file, ...rest);
};
fs.closeSync = (descriptor) => {
  closeSync(descriptor);
  if (lineFiles.has(descriptor)) {
    throw Object.assign(new Error('${code}: of a test'), { code: '${code}' });
  }
};
syncBuiltinESMExports();
`;
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
