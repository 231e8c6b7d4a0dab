import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import type { StepResult } from '../runner/run-action.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { CLOSED_PORT } from './this-machine.ts';

const TIME = /\d+(?:\.\d)? (?:ms|s)(?=[ ,.]|$)/gmu;

/** The lines of the log, with the time that things took, and the place of the report, taken out. */
function steadyLog(result: StepResult): string[] {
  const report = result.outputs['report-file'] ?? '';
  return result.log.replace(report, '<file>').replaceAll(TIME, '<time>').trimEnd().split('\n');
}

function start({ port }: Emulator): readonly string[] {
  return ['Report: <file>', `Removing the username of 1 user at 127.0.0.1:${port}.`];
}

describe('the log', () => {
  it.concurrent('of a success', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER);
    expect(steadyLog(result)).toEqual([
      ...start(emulator),
      'Done: the username of user user-1 is removed.',
    ]);
    expect(result.stderr).toBe('');
  });

  it.concurrent('of a failure', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 400, problem: { title: 'No', detail: 'Never' } });
    const result = await run(ONE_USER);
    expect(steadyLog(result)).toEqual([
      ...start(emulator),
      '##[error]User user-1: MonoCloud answered 400 Bad Request. No. Never.',
      'Failed: the username of user user-1 was not removed.',
    ]);
    expect(result.stderr).toBe('');
  });

  it.concurrent('of retries has the cause of each', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' });
    emulator.misbehave({ kind: 'answer', status: 502 });
    const result = await run(ONE_USER);
    expect(steadyLog(result)).toEqual([
      ...start(emulator),
      'User user-1: Connection lost. Trying again in <time> (attempt 2 of 4).',
      'User user-1: 502 Bad Gateway. Trying again in <time> (attempt 3 of 4).',
      'Done: the username of user user-1 is removed.',
    ]);
  });

  it.concurrent('with step debugging has each attempt, and readings', async (context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    const result = await run(ONE_USER, { debug: true });
    expect(steadyLog(result)).toEqual([
      ...start(emulator),
      '##[debug]User user-1, attempt 1: Connection lost, <time>',
      'User user-1: Connection lost. Trying again in <time> (attempt 2 of 4).',
      '##[debug]User user-1, attempt 2: 422 Unprocessable Entity, <time>',
      '##[debug]User user-1, reading 1: 200 OK, <time>',
      'Done: the username of user user-1 is removed. Reading the user confirmed it.',
    ]);
  });
});

describe('the summary', () => {
  it.concurrent('of a success has the counts alone', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER);
    expect(result.summaryFile.trimEnd().split(/\r?\n/u)).toEqual([
      '<h2>Username removed from 1 of 1 user</h2>',
      `<p>Tenant <code>127.0.0.1:${emulator.port}</code></p>`,
      '<table><tr><th>Outcome</th><th>Users</th></tr><tr><td>Removed</td><td>1</td></tr></table>',
    ]);
  });

  it.concurrent('of a failure names the user and codes, but no detail', async (context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const problem = { title: 'No', detail: 'Of somebody.', errors: { name: ['of somebody'] } };
    emulator.misbehave({ kind: 'problem', status: 422, problem });
    const result = await run(ONE_USER);
    expect(result.summaryFile).not.toContain('somebody');
    expect(result.summaryFile.trimEnd().split(/\r?\n/u)).toEqual([
      '<h2>Username removed from 0 of 1 user</h2>',
      `<p>Tenant <code>127.0.0.1:${emulator.port}</code></p>`,
      '<table><tr><th>Outcome</th><th>Users</th></tr><tr><td>Failed</td><td>1</td></tr></table>',
      '<h3>Not done</h3>',
      '<table><tr><th>User</th><th>Outcome</th><th>Status</th><th>What was answered</th></tr>' +
        '<tr><td><code>user-1</code></td><td>Failed</td><td>422 Unprocessable Entity</td>' +
        '<td><code>No (name)</code></td></tr></table>',
    ]);
  });

  it.concurrent('says where no response came', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain: CLOSED_PORT.origin, retries: '0' });
    expect(result.summary).toContain('<td>Failed</td><td>no response</td><td><code>No connection');
  });

  it.concurrent('of a missing user that is ignored names nobody', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-9', 'on-not-found': 'ignore' });
    expect(result.summary).toContain('<td>Not found</td><td>1</td>');
    expect(result.summary).not.toContain('user-9');
  });
});
