import { rmSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTES, NOTHING_SENT, OUTPUT_FILE_FAULTS, REFUSALS } from '../../src/report/messages.ts';
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

describe('a runner without a file for outputs', () => {
  const { title, text } = REFUSALS['no-output-file'];

  it.concurrent.for([
    [{ unset: ['GITHUB_OUTPUT'] }, OUTPUT_FILE_FAULTS['not-set']],
    [{ env: { GITHUB_OUTPUT: '' } }, OUTPUT_FILE_FAULTS['not-set']],
    [{ env: { GITHUB_OUTPUT: '.' } }, OUTPUT_FILE_FAULTS['not-a-file']],
    [
      { env: { GITHUB_OUTPUT: '/nowhere/output' } },
      OUTPUT_FILE_FAULTS.unwritable.replace('{code}', 'ENOENT'),
    ],
  ] as const)('is refused: %j', async ([more, problem], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, more);
    const message = `${text.replace('{problem}', problem)} ${NOTHING_SENT}`;
    expect(result.annotations).toEqual([{ kind: 'error', title, message }]);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toEqual({});
    expect(emulator.connections).toBe(0);
    expect(result.stderr).toBe('');
  });
});

describe('a runner without a file for the summary', () => {
  it.concurrent.for([
    { unset: ['GITHUB_STEP_SUMMARY'] },
    { env: { GITHUB_STEP_SUMMARY: '/nowhere/summary' } },
  ])('gets a warning, and the step goes on: %j', async (more, { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, more);
    expect(result.exitCode).toBe(0);
    expect(result.outputs['removed-count']).toBe('1');
    const { title, text } = NOTES.noSummary;
    expect(result.annotations).toEqual([{ kind: 'warning', title, message: text }]);
  });
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
