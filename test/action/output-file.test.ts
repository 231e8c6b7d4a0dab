import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenario } from './scenario.ts';

const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;

function pipeIn(folder: string): string {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

function readOnlyFileIn(folder: string): string {
  const path = join(folder, 'output');
  writeFileSync(path, '', { mode: 0o400 });
  return path;
}

type Case = readonly [name: string, make: (folder: string) => string, why: RegExp];

const UNUSABLE: readonly Case[] = [
  ['a folder', (folder) => folder, /GITHUB_OUTPUT does not name a file/u],
  ['a file that is not there', (folder) => join(folder, 'none'), /cannot be written \(ENOENT\)/u],
];
const UNUSABLE_WITHOUT_WINDOWS: readonly Case[] = [
  ['/dev/stdout', () => '/dev/stdout', /does not name a file/u],
  ['a pipe', pipeIn, /does not name a file/u],
];
// Root may write it all the same.
const UNUSABLE_WITHOUT_ROOT: readonly Case[] = [
  ['a file that is read-only', readOnlyFileIn, /cannot be written \(E(?:ACCES|PERM)\)/u],
];

describe('a runner whose file for outputs is unusable', () => {
  it.concurrent.for([
    ...UNUSABLE,
    ...(isWindows ? [] : UNUSABLE_WITHOUT_WINDOWS),
    ...(isRoot ? [] : UNUSABLE_WITHOUT_ROOT),
  ])('%s: noticed before anything is removed', async ([, make, why], { onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { emulator, run } = await scenario({}, onTestFinished);
    const env = { GITHUB_OUTPUT: make(folder) };
    const result = await run({ 'user-id': 'user-1', 'report-file': 'report.jsonl' }, { env });
    expect(result).toMatchObject({ exitCode: 1, stderr: '', written: [] });
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]?.title).toBe('No file for outputs');
    expect(result.annotations[0]?.message).toMatch(why);
    expect(result.log).toBe(`##[error]${result.annotations[0]?.message}\n`);
    expect(emulator.connections).toBe(0);
  });
});
