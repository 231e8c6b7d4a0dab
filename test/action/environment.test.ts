import { rmSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefused } from './refused-step.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1' };

describe('certificates that nobody checks', () => {
  it.concurrent('are refused before anything is sent', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    expectRefused(
      result,
      emulator,
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so anybody could take the place of the API and get the ' +
        'key. Remove it from the environment; for a private CA use NODE_EXTRA_CA_CERTS. Nothing ' +
        'was sent.',
      'Certificates are not checked',
    );
    expect(result.masks).toEqual([emulator.apiKey]);
  });

  it.concurrent.for(['', '1'])('are not what %j asks for', async (value, { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { env: { NODE_TLS_REJECT_UNAUTHORIZED: value } });
    expect(result.exitCode).toBe(0);
  });
});

describe('a runner without a place for outputs', () => {
  it.concurrent.for([{ unset: ['GITHUB_OUTPUT'] }, { env: { GITHUB_OUTPUT: '' } }])(
    'is refused: %j',
    async (more, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run(ONE_USER, more);
      expect(result.annotations).toEqual([
        {
          kind: 'error',
          title: 'No place for outputs',
          message:
            'GITHUB_OUTPUT is not set, so the outcome could not be passed on. Run the action as a ' +
            'step of a workflow. Nothing was sent.',
        },
      ]);
      expect(result.exitCode).toBe(1);
      expect(result.outputs).toEqual({});
      expect(emulator.connections).toBe(0);
      expect(result.stderr).toBe('');
    },
  );

  it.concurrent('is refused where the place is not there', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { env: { GITHUB_OUTPUT: '/nowhere/output' } });
    expect(result.exitCode).toBe(1);
    expect(result.annotations).toEqual([
      {
        kind: 'error',
        title: 'No place for outputs',
        message:
          'GITHUB_OUTPUT names a file that cannot be written (ENOENT), so the outcome could not be ' +
          'passed on. Run the action as a step of a workflow. Nothing was sent.',
      },
    ]);
    expect(emulator.connections).toBe(0);
  });
});

describe('a runner without a place for the summary', () => {
  it.concurrent.for([
    { unset: ['GITHUB_STEP_SUMMARY'] },
    { env: { GITHUB_STEP_SUMMARY: '/nowhere/summary' } },
  ])('is warned of, and the step goes on: %j', async (more, { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, more);
    expect(result.exitCode).toBe(0);
    expect(result.outputs['removed-count']).toBe('1');
    expect(result.annotations).toEqual([
      {
        kind: 'warning',
        title: 'No job summary',
        message:
          'The job summary could not be written to the file that the runner gives in ' +
          'GITHUB_STEP_SUMMARY. Nothing else is missing.',
      },
    ]);
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
