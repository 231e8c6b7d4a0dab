import { describe, expect, it } from 'vitest';
import { FILE_FAULTS, NOTES, STOPS } from '../../src/report/messages.ts';
import { outcomesOf, reportLines, reportText, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { fullDisk, preload } from './preload.ts';
import { ONE_USER, scenario } from './scenario.ts';

const FILES = { 'report-file': 'report.jsonl', 'profiles-file': 'profiles.jsonl' };
const CUT_OFF = '{"type":"u';

describe('a full disk', () => {
  it.concurrent.for([
    // The record of the run is in it already.
    ['report-file', 1],
    ['profiles-file', 0],
  ] as const)('stops the work where the %s has no room', async (row, { onTestFinished }) => {
    const [input, texts] = row;
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    const source = fullDisk({ file: FILES[input], texts, bytes: 0 });
    const result = await run(
      { 'user-id': userIdLines(5), ...FILES },
      { nodeArguments: preload(source, onTestFinished) },
    );
    expect(result.exitCode).toBe(1);
    const { title, text } = STOPS['report-lost'];
    expect(result.annotations.map((annotation) => annotation.title)).toEqual([title]);
    expect(result.annotations.at(-1)?.message).toBe(`Stopped: ${text}. 4 users skipped.`);
    // What was done is said all the same.
    expect(result.log).toContain(
      `User user-1: removed, but the line could not be written to \`${input}\`.\n`,
    );
    expect(result.log).not.toContain('user-2');
    expect(outcomesOf(result)).toEqual(['removed', 'skipped', 'skipped', 'skipped', 'skipped']);
    expect(result.outputs).toMatchObject({ 'removed-count': '1', 'failed-count': '4' });
    expect(emulator.requests).toHaveLength(1);
  });

  it.concurrent('that has room again: the line it cut off is ended', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 6 }, onTestFinished);
    // The third user is the first one that is not in it whole.
    const source = fullDisk({
      file: 'report.jsonl',
      texts: 3,
      bytes: CUT_OFF.length,
      roomAgain: true,
    });
    const result = await run(
      { 'user-id': userIdLines(6), 'report-file': 'report.jsonl', concurrency: '1' },
      { nodeArguments: preload(source, onTestFinished) },
    );
    expect(result.conclusion).toBe('failure');
    expect(outcomesOf(result)).toEqual([...times(3, 'removed'), ...times(3, 'skipped')]);
    expect(result.outputs).toMatchObject({ 'removed-count': '3', 'failed-count': '3' });
    expect(result.log).toContain('User user-3: removed, but the line could not be written');
    expect(emulator.users.counts().withoutUsername).toBe(3);
    const [first, second, third, cutOff, ...rest] = reportText(result).split('\n');
    expect(cutOff).toBe(CUT_OFF);
    const whole = reportLines([first, second, third, ...rest].join('\n'));
    expect(whole.map(({ type }) => type)).toEqual(['run', ...times(5, 'user'), 'end']);
    expect(whole[3]).toMatchObject({ user_id: 'user-4', outcome: 'skipped' });
    expect(whole.at(-1)).toMatchObject({ stopped: 'report-lost' });
  });

  it.concurrent('that has room again: so is the line of a profile', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 6 }, onTestFinished);
    // Two are in flight when the first one's profile is cut off.
    emulator.configure({ latency: 100 });
    const source = fullDisk({ file: 'profiles.jsonl', texts: 1, bytes: 10, roomAgain: true });
    const result = await run(
      { 'user-id': userIdLines(6), 'profiles-file': 'profiles.jsonl' },
      { nodeArguments: preload(source, onTestFinished) },
    );
    expect(result.conclusion).toBe('failure');
    const lines = result.file('profiles.jsonl').split('\n').slice(0, -1);
    const whole = lines.filter((line) => line.endsWith('}'));
    expect(lines).toHaveLength(
      userRecords(result).filter(({ outcome }) => outcome === 'removed').length,
    );
    expect(whole).toHaveLength(lines.length - 1);
    expect(lines.length).toBeGreaterThan(2);
  });

  it.concurrent.for([
    ['leaves no new report', {}],
    ['leaves an earlier report as it was', { 'report.jsonl': 'evidence\n' }],
  ] as const)('from the start has the step refused, and %s', async ([, files], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const source = fullDisk({ file: 'report.jsonl', texts: 0, bytes: 4 });
    const result = await run(
      { ...ONE_USER, 'report-file': 'report.jsonl' },
      { files, nodeArguments: preload(source, context.onTestFinished) },
    );
    expect(result.written).toEqual([]);
    expect(result.exitCode).toBe(1);
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]?.message).toContain('that cannot be written (ENOSPC)');
    expect(result.annotations[0]?.message).toContain(FILE_FAULTS.unwritable.right);
    expect(result.outputs).toMatchObject({ 'failed-count': '', 'report-file': '' });
    expect(emulator.connections).toBe(0);
  });

  it.concurrent('fails the step where the outputs have no room', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const env = { GITHUB_OUTPUT: 'outputs' };
    const source = fullDisk({ file: 'outputs', texts: 0, bytes: 0 });
    const result = await run(ONE_USER, {
      env,
      files: { outputs: '' },
      nodeArguments: preload(source, onTestFinished),
    });
    expect(result.exitCode).toBe(1);
    const { title, text } = NOTES.noOutputs;
    expect(result.annotations).toEqual([{ kind: 'error', title, message: text }]);
    expect(result.file('outputs')).toBe('');
    expect(emulator.users.hasUsername('user-1')).toBe(false);
    expect(result.summary).toContain('Username removed from 1 of 1 user');
    expect(result.stdout).not.toContain('user_id');
  });
});
