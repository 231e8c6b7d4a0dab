import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import { LINES, NOTES } from '../../src/report/messages.ts';
import { fill } from '../../src/report/text.ts';
import type { StepResult } from '../runner/run-action.ts';
import { times, userIdLines } from './many-users.ts';
import { ONE_USER, scenario } from './scenario.ts';

const TIME = /\d+(?:\.\d)? (?:ms|s)(?=[ ,.]|$)/gmu;

/** The lines of the log, with the time that things took, and the place of the report, taken out. */
function steadyLog(result: StepResult): string[] {
  const report = result.outputs['report-file'] ?? '';
  return result.log.replace(report, '<file>').replaceAll(TIME, '<time>').trimEnd().split('\n');
}

function firstLines({ port }: Emulator): readonly string[] {
  return ['Report: <file>', `Removing the username of 1 user at 127.0.0.1:${port}.`];
}

describe('the log of one user', () => {
  it.concurrent('that is done', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER);
    expect(steadyLog(result)).toEqual([
      ...firstLines(emulator),
      'Done: the username of user user-1 is removed.',
    ]);
    expect(result.stderr).toBe('');
  });

  it.concurrent('that failed', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 400, problem: { title: 'No', detail: 'Never' } });
    const result = await run(ONE_USER);
    expect(steadyLog(result)).toEqual([
      ...firstLines(emulator),
      '##[error]User user-1: MonoCloud answered 400 Bad Request. No. Never.',
      'Failed: the username of user user-1 was not removed.',
    ]);
    expect(result.stderr).toBe('');
  });

  it.concurrent('has the cause of each retry', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' });
    emulator.misbehave({ kind: 'answer', status: 502 });
    const result = await run(ONE_USER);
    expect(steadyLog(result)).toEqual([
      ...firstLines(emulator),
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
      ...firstLines(emulator),
      '##[debug]User user-1, attempt 1: Connection lost, <time>',
      'User user-1: Connection lost. Trying again in <time> (attempt 2 of 4).',
      '##[debug]User user-1, attempt 2: 422 Unprocessable Entity, <time>',
      '##[debug]User user-1, reading 1: 200 OK, <time>',
      'Done: the username of user user-1 is removed. Reading the user confirmed it.',
    ]);
  });
});

describe('the log of many users', () => {
  it.concurrent('says now and then how far it is', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ users: 60, latency: 200 }, onTestFinished);
    const startedAt = performance.now();
    const step = start({ 'user-id': `nobody\n${userIdLines(60)}`, concurrency: '1' });
    const line =
      /^(?<done>\d+) of 61 users, 1 not done, (?<rate>[\d.]+) a second, about (?<left>[\d.]+) s left\.$/mu;
    await step.waitForLog(line);
    const seconds = (performance.now() - startedAt) / 1000;
    const answered = emulator.requests.length;
    step.cancel();
    const { log, durationMs } = await step.finished;
    const { done, rate, left } = line.exec(log)?.groups ?? {};
    expect(durationMs).toBeGreaterThan(5000);
    expect(Number(done)).toBeGreaterThanOrEqual(answered - 2);
    expect(Number(done)).toBeLessThanOrEqual(answered);
    // The line comes after 5 s, on a busy machine a little later, but not after it was seen.
    expect(Number(rate)).toBeLessThanOrEqual(Number(done) / 5 + 0.05);
    expect(Number(rate)).toBeGreaterThanOrEqual(Number(done) / seconds - 0.05);
    expect(Number(left)).toBeCloseTo((61 - Number(done)) / Number(rate), -1);
  });

  it.concurrent('has no line for each of them', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: 100 }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(100) });
    expect(result.log.split('\n').filter((line) => line !== '')).toHaveLength(3);
    expect(result.log).not.toContain('user-7');
    // Nor one that the runner would only drop.
    expect(result.commands.map(({ name }) => name)).toEqual(['add-mask']);
  });

  it.concurrent('lists the first 50 retries', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 60 }, onTestFinished);
    for (const user of emulator.users.ids()) {
      emulator.misbehave({ kind: 'answer', status: 500 }, { user });
    }
    const result = await run({ 'user-id': userIdLines(60), concurrency: '64' });
    expect(result.exitCode).toBe(0);
    expect(result.log.match(/Trying again in/gu)).toHaveLength(50);
    expect(result.log.split('\n').filter((line) => line === LINES.noMoreRetries)).toHaveLength(1);
  });

  it.concurrent('names the first that failed, then how many more', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: ['user-1'] }, onTestFinished);
    const missing = Array.from({ length: 40 }, (_, index) => `nobody-${index + 1}`);
    const result = await run({ 'user-id': ['user-1', ...missing].join('\n'), concurrency: '8' });
    const errors = result.annotations.filter(({ kind }) => kind === 'error');
    expect(result.annotationsDropped).toBe(0);
    expect(errors.length).toBeLessThanOrEqual(10);
    expect(errors.slice(0, 3).map(({ message }) => message.split(':')[0])).toEqual([
      'User nobody-1',
      'User nobody-2',
      'User nobody-3',
    ]);
    const named = errors.filter(({ message }) => message.startsWith('User ')).length;
    const count = `${40 - named} more users`;
    expect(errors.at(-1)?.message).toBe(fill(NOTES.moreFailures.text, { count }));
  });

  it.concurrent.for([
    [10, fill(NOTES.stillShown.text, { user: 'user-10' })],
    [12, fill(NOTES.moreMessages.text, { count: 3 })],
  ] as const)('has %i warnings in 10 annotations', async ([users, last], context) => {
    const { emulator, run } = await scenario({ users }, context.onTestFinished);
    for (const user of emulator.users.ids()) {
      const body = JSON.stringify({ user_id: user, username: 'still-there' });
      emulator.misbehave({ kind: 'answer', status: 200, body }, { user });
    }
    const result = await run({ 'user-id': userIdLines(users), concurrency: '1' });
    expect(result.exitCode).toBe(0);
    expect(result.annotations.map(({ kind }) => kind)).toEqual(times(10, 'warning'));
    expect(result.annotations.at(-1)?.message).toBe(last);
  });
});
