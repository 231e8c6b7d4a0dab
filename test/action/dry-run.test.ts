import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import {
  IGNORED_RESULT,
  NOT_DONE_TITLES,
  NOT_READ_RESULT,
  NOT_READ_TITLE,
  OUTCOME_LABELS,
  RESULTS,
  SUMMARY,
} from '../../src/report/messages.ts';
import { resultsOfOne, userRecords } from './evidence.ts';
import { methodsOf } from './requests.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1', 'dry-run': 'true' };
const START = /^Dry run: reading 1 user at 127\.0\.0\.1:\d+\. Nothing is removed\.$/mu;

/** Responses to a reading that say nothing of the user. */
const FAILED: readonly (readonly [name: string, fault: Fault, status: number | null])[] = [
  ['401', { kind: 'answer', status: 401 }, 401],
  ['422', { kind: 'answer', status: 422 }, 422],
  ['503', { kind: 'answer', status: 503 }, 503],
  ['204', { kind: 'answer', status: 204 }, 204],
  ['302', { kind: 'redirect', status: 302, location: '/' }, 302],
  ['a reset', { kind: 'drop' }, null],
  ['a time-out', { kind: 'stall', where: 'headers' }, null],
  ['a body that breaks off', { kind: 'break-off' }, null],
];

/** The end of the log. */
function resultLine(text: string): string {
  return `\n${text.replace('{user}', 'user-1')}\n`;
}

describe('a dry run', () => {
  it.concurrent.for([
    ['would-remove', 'login', 1],
    ['no-username', null, 0],
  ] as const)('reads and removes nothing: %s', async ([outcome, username, count], context) => {
    const users = [{ id: 'user-1', username }];
    const { emulator, run } = await scenario({ users }, context.onTestFinished);
    const before = emulator.users.profile('user-1');
    const result = await run({ ...ONE_USER, 'profiles-file': 'profiles.jsonl' });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/users/user-1',
    ]);
    expect(emulator.users.profile('user-1')).toBe(before);
    expect(result.outputs).toMatchObject({
      profile: before,
      status: '200',
      problem: '',
      results: resultsOfOne(outcome, 200),
      'removed-count': '0',
      'failed-count': '0',
    });
    expect(userRecords(result)).toMatchObject([{ outcome, status: 200, attempts: 1 }]);
    expect(result.file('profiles.jsonl')).toBe(`${before}\n`);
    expect(result.log).toMatch(START);
    expect(result.log.endsWith(resultLine(RESULTS[outcome]))).toBe(true);
    expect(result.summary).toContain(
      `<h2>Dry run: ${count} of 1 user would lose the username</h2>`,
    );
    expect(result.summary).toContain(`<td>${OUTCOME_LABELS[outcome]}</td><td>1</td>`);
    expect(result.summary.includes(`<h3>${SUMMARY.planned}</h3>`)).toBe(count === 1);
    expect(result.summary.includes('<td><code>user-1</code></td>')).toBe(count === 1);
  });

  it.concurrent.for([
    ['fail', 1, [NOT_DONE_TITLES['not-found']], RESULTS['not-found']],
    ['ignore', 0, [], IGNORED_RESULT],
  ] as const)('meets a user that does not exist: %s', async (row, { onTestFinished }) => {
    const [choice, exitCode, titles, lastLine] = row;
    const { emulator, run } = await scenario({ users: ['user-2'] }, onTestFinished);
    const result = await run({ ...ONE_USER, 'on-not-found': choice });
    expect(result.exitCode).toBe(exitCode);
    expect(methodsOf(emulator)).toEqual(['GET']);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: '404',
      results: resultsOfOne('not-found', 404),
      'failed-count': String(exitCode),
    });
    expect(result.annotations.map(({ title }) => title)).toEqual(titles);
    expect(result.log.endsWith(resultLine(lastLine))).toBe(true);
  });

  it.concurrent.for(FAILED)('fails where the response says nothing: %s', async (row, context) => {
    const [, fault, status] = row;
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(fault);
    const result = await run({ ...ONE_USER, retries: '0', timeout: '1' });
    expect(result.exitCode).toBe(1);
    expect(methodsOf(emulator)).toEqual(['GET']);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: String(status ?? ''),
      results: resultsOfOne('failed', status),
      'failed-count': '1',
    });
    expect(result.annotations).toMatchObject([{ kind: 'error', title: NOT_READ_TITLE }]);
    expect(result.log.endsWith(resultLine(NOT_READ_RESULT))).toBe(true);
  });

  it.concurrent('is retried with nothing but readings', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' });
    emulator.misbehave({ kind: 'answer', status: 503 });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(methodsOf(emulator)).toEqual(['GET', 'GET', 'GET']);
    expect(result.outputs['results']).toBe(resultsOfOne('would-remove', 200, 3));
  });
});
