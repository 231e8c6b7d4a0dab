import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import { NOTES, NOTHING_SENT, OUTPUT_FILE_FAULTS, REFUSALS } from '../../src/report/messages.ts';
import type { StepResult } from '../runner/run-action.ts';
import { expectRefused } from './refused-step.ts';
import { ONE_USER, scenario } from './scenario.ts';

describe('certificates that nobody checks', () => {
  it.concurrent('are refused before anything is sent', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    const { title, text } = REFUSALS['certificates-not-checked'];
    expectRefused(result, emulator, `${text} ${NOTHING_SENT}`, title);
    expect(result.masks).toEqual([emulator.apiKey]);
  });

  it.concurrent.for(['', '1'])('are not what %j asks for', async (value, { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { env: { NODE_TLS_REJECT_UNAUTHORIZED: value } });
    expect(result.exitCode).toBe(0);
  });
});

/** What a variable of the runner can name that is no file to write to. */
const UNUSABLE_FILES: readonly UnusableFile[] = [
  ['a folder', (folder) => folder, 'not-a-file'],
  ['a file that is not there', (folder) => join(folder, 'none'), 'unwritable', 'ENOENT'],
  ...(process.platform === 'win32'
    ? []
    : ([
        ['a device', () => '/dev/stdout', 'not-a-file'],
        ['a pipe', pipeIn, 'not-a-file'],
      ] as const)),
  // Root may write it all the same.
  ...(process.platform === 'win32' || process.getuid?.() === 0
    ? []
    : ([['a file that is read-only', readOnlyFileIn, 'unwritable', 'EACCES']] as const)),
];

type UnusableFile = readonly [
  name: string,
  make: (folder: string) => string,
  problem: keyof typeof OUTPUT_FILE_FAULTS,
  code?: string,
];

function pipeIn(folder: string): string {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

function readOnlyFileIn(folder: string): string {
  const path = join(folder, 'read-only');
  writeFileSync(path, '', { mode: 0o400 });
  return path;
}

function ownFolder(hook: TestContext['onTestFinished']): string {
  const folder = mkdtempSync(join(tmpdir(), 'environment-'));
  hook(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Refused like any other step, but nothing can be said in outputs. */
function expectNoOutputs(result: StepResult, emulator: Emulator, problem: string): void {
  const { title, text } = REFUSALS['no-output-file'];
  const message = `${text.replace('{problem}', problem)} ${NOTHING_SENT}`;
  expect(result.annotations).toEqual([{ kind: 'error', title, message }]);
  expect(result.log).toBe(`##[error]${message}\n`);
  expect(result).toMatchObject({ exitCode: 1, outputs: {}, stderr: '', written: [] });
  expect(emulator.connections).toBe(0);
}

function expectWarning(result: StepResult): void {
  const { title, text } = NOTES.noSummary;
  expect(result.annotations).toEqual([{ kind: 'warning', title, message: text }]);
  expect(result.exitCode).toBe(0);
  expect(result.outputs['removed-count']).toBe('1');
}

describe('a runner without a file for outputs', () => {
  it.concurrent.for([{ unset: ['GITHUB_OUTPUT'] }, { env: { GITHUB_OUTPUT: '' } }])(
    'is refused: %j',
    async (more, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run(ONE_USER, more);
      expectNoOutputs(result, emulator, OUTPUT_FILE_FAULTS['not-set']);
    },
  );

  it.concurrent.for(UNUSABLE_FILES)(
    'is refused: %s',
    async ([, make, problem, code = ''], { onTestFinished }) => {
      const env = { GITHUB_OUTPUT: make(ownFolder(onTestFinished)) };
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, 'report-file': 'report.jsonl' }, { env });
      expectNoOutputs(result, emulator, OUTPUT_FILE_FAULTS[problem].replace('{code}', code));
    },
  );
});

describe('a runner without a file for the summary', () => {
  it.concurrent('gets a warning, and the step goes on', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    expectWarning(await run(ONE_USER, { unset: ['GITHUB_STEP_SUMMARY'] }));
  });

  it.concurrent.for(UNUSABLE_FILES)(
    'gets a warning, and the step goes on: %s',
    async ([, make], { onTestFinished }) => {
      const env = { GITHUB_STEP_SUMMARY: make(ownFolder(onTestFinished)) };
      const { run } = await scenario({}, onTestFinished);
      expectWarning(await run(ONE_USER, { env }));
    },
  );
});

describe('a runner without a temporary folder', () => {
  it.concurrent.for([{ unset: ['RUNNER_TEMP'] }, { env: { RUNNER_TEMP: '' } }])(
    'gets the report in that of the system: %j',
    async (more, { onTestFinished }) => {
      const { run } = await scenario({}, onTestFinished);
      const result = await run(ONE_USER, more);
      const report = result.outputs['report-file'] ?? '';
      onTestFinished(() => rmSync(report, { force: true }));
      expect(result.exitCode).toBe(0);
      expect(report).toSatisfy(isAbsolute);
      expect(result.file(report)).toContain('"outcome":"removed"');
    },
  );
});
