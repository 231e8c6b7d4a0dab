import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import { FILE_FAULTS } from '../../src/report/messages.ts';
import type { StepResult } from '../runner/run-action.ts';
import { preload } from './preload.ts';
import { expectRefused, expectRefusedFor, inputMessage } from './refused-step.ts';
import { ONE_USER, scenario } from './scenario.ts';

const KEPT = 'what an earlier step left\n';
const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;
const ignoresCase = process.platform !== 'linux';

/** A folder for the time of a test. */
function folderFor(hook: TestContext['onTestFinished']): string {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  hook(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

const OUTPUT_FILES = ['report-file', 'profiles-file'] as const;
const LINKS = isWindows ? (['hard'] as const) : (['hard', 'symbolic'] as const);

function link(kind: 'hard' | 'symbolic', target: string, path: string): void {
  if (kind === 'hard') linkSync(target, path);
  else symlinkSync(target, path);
}

describe('files that would destroy each other are refused', () => {
  const { wrong, right } = FILE_FAULTS['same-file'];

  it.concurrent.for([
    ['report-file', 'profiles-file', 'out.jsonl', 'out.jsonl'],
    ['report-file', 'profiles-file', 'out.jsonl', './a/../out.jsonl'],
    ['user-id-file', 'report-file', 'users.txt', ' users.txt '],
    ['user-id-file', 'profiles-file', 'users.txt', ' users.txt '],
  ] as const)('%s and %s: %s, %s', async ([one, other, file, same], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const user = one === 'user-id-file' ? {} : ONE_USER;
    const inputs = { ...user, [one]: file, [other]: same };
    const result = await run(inputs, { files: { 'users.txt': 'user-1\n' } });
    const message = inputMessage(other, wrong.replace('{other}', one), right);
    expectRefused(result, emulator, message);
    expect(result.file('users.txt')).toBe('user-1\n');
  });
});

describe('a file that cannot be written is refused before anything is sent', () => {
  it.concurrent.for([
    ['report-file', 'folder', 'not-regular', ''],
    ['profiles-file', 'folder', 'not-regular', ''],
    ['report-file', 'taken/report.jsonl', 'unwritable', 'EEXIST'],
    ['report-file', 'taken/folder/report.jsonl', 'unwritable', isWindows ? 'ENOENT' : 'ENOTDIR'],
    ['profiles-file', 'x'.repeat(300), 'unwritable', isWindows ? 'ENOENT' : 'ENAMETOOLONG'],
  ] as const)('%s: %s: %s %s', async ([name, file, fault, code], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { taken: '', 'folder/file': '' };
    const result = await run({ ...ONE_USER, [name]: file }, { files });
    const path = join(result.workspace, file);
    const shown = path.length > 200 ? `a text of ${path.length} characters` : `\`${path}\``;
    const { wrong, right } = FILE_FAULTS[fault];
    const what = wrong.replace('{code}', code).replace('{path}', shown);
    expectRefused(result, emulator, inputMessage(name, what, right));
  });
});

describe('one file under two names is refused, and not changed', () => {
  for (const kind of LINKS) {
    it.concurrent.for(OUTPUT_FILES)(
      `%s is a ${kind} link to the list`,
      async (input, { onTestFinished }) => {
        const folder = folderFor(onTestFinished);
        const list = join(folder, 'users.txt');
        writeFileSync(list, 'user-1\n');
        link(kind, list, join(folder, 'out.jsonl'));
        const { emulator, run } = await scenario({}, onTestFinished);
        const result = await run({ 'user-id-file': list, [input]: join(folder, 'out.jsonl') });
        expectRefusedFor(result, emulator, /is the same file as `user-id-file`/u);
        expect(readFileSync(list, 'utf8')).toBe('user-1\n');
      },
    );

    it.concurrent(`profiles-file is a ${kind} link to the report`, async ({ onTestFinished }) => {
      const folder = folderFor(onTestFinished);
      const report = join(folder, 'report.jsonl');
      writeFileSync(report, KEPT);
      link(kind, report, join(folder, 'profiles.jsonl'));
      const { emulator, run } = await scenario({}, onTestFinished);
      const files = { 'report-file': report, 'profiles-file': join(folder, 'profiles.jsonl') };
      const result = await run({ ...ONE_USER, ...files });
      expectRefusedFor(result, emulator, /`profiles-file` is the same file as `report-file`/u);
      expect(readFileSync(report, 'utf8')).toBe(KEPT);
    });
  }

  it.skipIf(isWindows).concurrent.for([
    ['a link to a report that is not there yet', 'out.jsonl', 'same.jsonl', 'same.jsonl'],
    ['one folder under two names', '', 'same', 'same/out.jsonl'],
  ] as const)('%s', async ([, target, name, profiles], { onTestFinished }) => {
    const folder = folderFor(onTestFinished);
    symlinkSync(join(folder, target), join(folder, name));
    const { emulator, run } = await scenario({}, onTestFinished);
    const report = join(folder, 'out.jsonl');
    const files = { 'report-file': report, 'profiles-file': join(folder, profiles) };
    const result = await run({ ...ONE_USER, ...files });
    expectRefusedFor(result, emulator, /is the same file as `report-file`/u);
    expect(existsSync(report)).toBe(false);
  });

  it.runIf(ignoresCase).concurrent('in other letters', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { 'users.txt': 'user-1\n' };
    const result = await run(
      { 'user-id-file': 'users.txt', 'report-file': 'USERS.txt' },
      { files },
    );
    expectRefusedFor(result, emulator, /is the same file as `user-id-file`/u);
    expect(result.file('users.txt')).toBe('user-1\n');
  });

  it.skipIf(isWindows).concurrent('a link to a file of its own is fine', async (context) => {
    const folder = folderFor(context.onTestFinished);
    symlinkSync(join(folder, 'real.jsonl'), join(folder, 'report.jsonl'));
    const { run } = await scenario({}, context.onTestFinished);
    const result = await run({ ...ONE_USER, 'report-file': join(folder, 'report.jsonl') });
    expect(result.conclusion).toBe('success');
    expect(readFileSync(join(folder, 'real.jsonl'), 'utf8')).toContain('"outcome":"removed"');
  });
});

describe('a refused step destroys nothing', () => {
  it.concurrent.for([
    ['profiles-file is a folder', { 'profiles-file': '.' }],
    ['profiles-file is below a file', { 'profiles-file': 'report.jsonl/profiles.jsonl' }],
    ['profiles-file is the list', { 'profiles-file': 'users.txt' }],
    ['too many users', { 'max-users': '1' }],
    ['a number out of range', { concurrency: '65', 'profiles-file': 'new.jsonl' }],
  ] as const)('where %s', async ([, inputs], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { 'report.jsonl': KEPT, 'users.txt': 'user-1\nuser-2\n' };
    const own = { 'user-id-file': 'users.txt', 'report-file': 'report.jsonl' };
    const result = await run({ ...own, ...inputs }, { files });
    expectRefusedFor(result, emulator, /^Input /u);
    expect(result.file('report.jsonl')).toBe(KEPT);
    expect(result.file('users.txt')).toBe('user-1\nuser-2\n');
    expect(result.outputs['report-file']).toBe('');
  });

  it.concurrent('and leaves no folder that it made', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { 'report-file': 'new/folder/report.jsonl', 'profiles-file': '.' };
    const result = await run({ ...ONE_USER, ...files });
    expectRefusedFor(result, emulator, /`profiles-file`/u);
    expect(existsSync(join(result.workspace, 'new'))).toBe(false);
  });

  it.skipIf(isRoot || isWindows)(
    'where the folder is read-only (not as root, who may write everywhere)',
    async ({ onTestFinished }) => {
      const folder = folderFor(onTestFinished);
      writeFileSync(join(folder, 'report.jsonl'), KEPT);
      chmodSync(folder, 0o500);
      const { emulator, run } = await scenario({}, onTestFinished);
      const files = {
        'report-file': join(folder, 'report.jsonl'),
        'profiles-file': join(folder, 'profiles.jsonl'),
      };
      const result = await run({ ...ONE_USER, ...files });
      expectRefusedFor(result, emulator, /`profiles-file` .* cannot be written \(EACCES\)/u);
      expect(readFileSync(join(folder, 'report.jsonl'), 'utf8')).toBe(KEPT);
    },
  );
});

describe.skipIf(isWindows)('what is no regular file is refused at once', () => {
  const INPUTS = ['user-id-file', ...OUTPUT_FILES] as const;

  it.concurrent.for(
    INPUTS.flatMap((input) =>
      ['/dev/zero', '/dev/stdout', '/dev/null', 'pipe', 'link to a pipe'].map(
        (file) => [input, file] as const,
      ),
    ),
  )('%s: %s', async ([input, file], { onTestFinished }) => {
    const folder = folderFor(onTestFinished);
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(pipe, join(folder, 'link'));
    const named = { pipe, 'link to a pipe': join(folder, 'link') };
    const path = Object.entries(named).find(([name]) => name === file)?.[1] ?? file;
    const { emulator, run } = await scenario({}, onTestFinished);
    const list = input === 'user-id-file' ? {} : ONE_USER;
    const result = await run({ ...list, [input]: path });
    const { wrong, right } = FILE_FAULTS['not-regular'];
    const what = wrong.replace('{path}', `\`${path}\``);
    expectRefused(result, emulator, inputMessage(input, what, right));
  });
});

/** A preload: the step goes on as a user without rights, from its first opening of a file on. */
const BECOMES_NOBODY = `
import fs from 'node:fs';
import { dirname } from 'node:path';
import { syncBuiltinESMExports } from 'node:module';
const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP } = process.env;
for (const file of [GITHUB_OUTPUT, GITHUB_STEP_SUMMARY]) fs.chmodSync(file, 0o666);
fs.chmodSync(dirname(RUNNER_TEMP), 0o755);
const { openSync } = fs;
fs.openSync = (...given) => {
  fs.openSync = openSync;
  process.setgid(65534);
  process.setuid(65534);
  return openSync(...given);
};
syncBuiltinESMExports();
`;

interface RunAsNobody {
  readonly result: StepResult;
  readonly path: string;
  readonly emulator: Emulator;
}

/** Runs the step by somebody else than the owner of a file that everybody may write. */
async function runAsNobody(
  input: (typeof OUTPUT_FILES)[number],
  hook: TestContext['onTestFinished'],
): Promise<RunAsNobody> {
  const folder = folderFor(hook);
  const path = join(folder, 'out.jsonl');
  writeFileSync(path, KEPT);
  chmodSync(path, 0o666);
  chmodSync(folder, 0o777);
  chownSync(path, 1, 1);
  const { emulator, run } = await scenario({}, hook);
  const files = { 'report-file': join(folder, 'report.jsonl'), [input]: path };
  const nodeArguments = preload(BECOMES_NOBODY, hook);
  const result = await run(
    { ...ONE_USER, ...files },
    { nodeArguments, env: { NODE_V8_COVERAGE: '' } },
  );
  return { result, path, emulator };
}

describe('files that are new, or there already', () => {
  it.concurrent.for([
    ['new ones are', {}],
    ['they are emptied, and', { 'report.jsonl': KEPT.repeat(1000), 'profiles.jsonl': KEPT }],
  ] as const)('%s for the owner only', async ([, files], { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const outputFiles = { 'report-file': 'report.jsonl', 'profiles-file': 'profiles.jsonl' };
    const result = await run({ ...ONE_USER, ...outputFiles }, { files });
    expect(result.conclusion).toBe('success');
    for (const file of Object.values(outputFiles)) {
      expect(result.file(file)).not.toContain(KEPT);
      const { mode } = statSync(join(result.workspace, file));
      if (!isWindows) expect(mode & 0o777).toBe(0o600);
    }
  });

  // Another owner takes root to make, and somebody else to be.
  describe.runIf(isRoot && process.platform === 'linux')('of another owner (by root)', () => {
    it.concurrent('serve for the report, whose mode stays', async ({ onTestFinished }) => {
      const { result, path } = await runAsNobody('report-file', onTestFinished);
      expect(result.conclusion).toBe('success');
      expect(readFileSync(path, 'utf8')).toContain('"outcome":"removed"');
      expect(readFileSync(path, 'utf8')).not.toContain(KEPT);
      expect(statSync(path).mode & 0o777).toBe(0o666);
    });

    it.concurrent('do not serve for profiles, and stay as they are', async (context) => {
      const { result, path, emulator } = await runAsNobody('profiles-file', context.onTestFinished);
      expect(result.annotations).toHaveLength(1);
      expect(result.annotations[0]?.message).toMatch(/readable by its owner only \(EPERM\)/u);
      expect(readFileSync(path, 'utf8')).toBe(KEPT);
      expect(emulator.connections).toBe(0);
    });
  });
});
