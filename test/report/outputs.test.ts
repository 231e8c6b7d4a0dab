import { describe, expect, it } from 'vitest';
import type { UserId } from '../../src/monocloud/user-id.ts';
import type { UserResult } from '../../src/removal/outcome.ts';
import {
  outputsOf,
  outputsOfCounts,
  outputsWithoutUsers,
  problemJson,
  type MadeProblem,
  type StepOutputs,
} from '../../src/report/outputs.ts';
import { createSanitizer } from '../../src/report/sanitize.ts';
import { Tally } from '../../src/report/tally.ts';
import { failure, userId, userIds } from '../removal/scripted-api.ts';
import { errorResponse, found, keptLog, notDone, removed, settingsOf } from './fixtures.ts';

const LIMIT = 100 * 1024;
const sanitizer = createSanitizer(undefined);

interface Published {
  readonly outputs: StepOutputs;
  readonly titles: readonly string[];
}

/** The outputs of a step whose users ended so. */
function outputsFor(
  results: readonly UserResult[],
  more: { profile?: string; problem?: MadeProblem; ignoreNotFound?: boolean } = {},
): Published {
  const { profile, problem, ignoreNotFound = false } = more;
  const ids = results.map((result) => result.userId);
  const tally = new Tally(settingsOf({ userIds: ids, ignoreNotFound }));
  for (const [index, result] of results.entries()) tally.add(result, index);
  const log = keptLog();
  const content = { userIds: ids, tally, profile, problem };
  return { outputs: outputsOf(content, sanitizer, log), titles: log.titles };
}

function allRemoved(ids: readonly UserId[], profile?: string): Published {
  const results = ids.map((id) => removed(id));
  return outputsFor(results, profile === undefined ? {} : { profile });
}

describe('an output', () => {
  it.each([LIMIT - 1, LIMIT])('takes a profile of %i bytes', (bytes) => {
    const profile = `{"a":"${'é'.repeat((bytes - 8) >> 1)}${bytes % 2 === 0 ? '' : 'e'}"}`;
    expect(Buffer.byteLength(profile)).toBe(bytes);
    expect(allRemoved(userIds(1), profile)).toMatchObject({ outputs: { profile }, titles: [] });
  });

  it('is empty with a warning for a profile of a byte more', () => {
    const profile = `{"a":"${'e'.repeat(LIMIT + 1 - 8)}"}`;
    expect(allRemoved(userIds(1), profile)).toMatchObject({
      outputs: { profile: '' },
      titles: ['Profile too large for an output'],
    });
  });

  it.each([1, 2, 3])('takes results of exactly 100 KiB, and not a byte more (%i users)', (rest) => {
    const plain = userIds(rest + 1100);
    const start = Buffer.byteLength(allRemoved(plain).outputs.results);
    const ids = (bytes: number): readonly UserId[] => {
      const missing = bytes - start;
      const each = Math.ceil(missing / plain.length);
      let left = missing;
      return plain.map((id) => {
        const padding = Math.min(left, each);
        left -= padding;
        return userId(`${id}${'x'.repeat(padding)}`);
      });
    };
    expect(start).toBeLessThan(LIMIT);
    const fitting = allRemoved(ids(LIMIT));
    const over = allRemoved(ids(LIMIT + 1));
    expect(over.outputs.results).toBe('');
    expect(over.titles).toEqual(['Results too large for an output']);
    expect(Buffer.byteLength(fitting.outputs.results)).toBe(LIMIT);
    expect(JSON.parse(fitting.outputs.results)).toHaveLength(plain.length);
  });

  it.each([LIMIT, LIMIT + 1])('takes problem details up to the limit (%i bytes)', (bytes) => {
    const sent = `{"title":"T","detail":"D","x":"${'e'.repeat(bytes - 33)}"}`;
    expect(Buffer.byteLength(sent)).toBe(bytes);
    const json = problemJson(notDone(userId('a'), 'failed', errorResponse(422, sent)), sanitizer);
    const known = { title: 'T', detail: 'D', status: 422 };
    expect(JSON.parse(json)).toEqual(bytes > LIMIT ? known : JSON.parse(sent));
  });

  it('has a problem of what is known where none was sent', () => {
    const without = notDone(userId('a'), 'failed', errorResponse(502, '<html>'));
    expect(JSON.parse(problemJson(without, sanitizer))).toEqual({
      title: '502 Bad Gateway',
      detail: 'The server answered 502 Bad Gateway. The response has no problem details.',
      status: 502,
    });
    const lost = failure('timed-out', true);
    if (lost.kind !== 'no-response') throw new Error('unreachable');
    const problem: unknown = JSON.parse(
      problemJson(notDone(userId('a'), 'unconfirmed', lost), sanitizer),
    );
    expect(problem).toMatchObject({ title: 'Timed out' });
    expect(problem).not.toHaveProperty('status');
  });
});

describe('the outputs of several users', () => {
  const [one, two, three] = [userId('one'), userId('two'), userId('three')];
  const second = notDone(two, 'failed', errorResponse(500, '{"title":"Second"}'));
  const third = notDone(three, 'failed', errorResponse(503, '{"title":"Third"}'));

  it('are decided by the first in the order given that is not done', () => {
    const { outputs } = outputsFor([removed(one), second, third]);
    expect(outputs).toMatchObject({
      status: '500',
      'removed-count': '1',
      'failed-count': '2',
      profile: '',
      problem: '{"title":"Second"}',
    });
    expect(JSON.parse(outputs.results)).toEqual([
      { user_id: 'one', outcome: 'removed', status: 200, attempts: 1 },
      { user_id: 'two', outcome: 'failed', status: 500, attempts: 1 },
      { user_id: 'three', outcome: 'failed', status: 503, attempts: 1 },
    ]);
  });

  it('have no status where that one got no response', () => {
    const skipped = notDone(two, 'skipped', { kind: 'not-sent' });
    const { outputs } = outputsFor([removed(one), skipped, third]);
    expect(outputs.status).toBe('');
    expect(JSON.parse(outputs.problem)).toMatchObject({ title: 'Skipped' });
  });

  it('are 200 and no problem where all are done', () => {
    const missing = notDone(two, 'not-found', errorResponse(404));
    const results = [removed(one), missing, found(three, 'no-username')];
    const { outputs } = outputsFor(results, { ignoreNotFound: true });
    expect(outputs).toMatchObject({
      status: '200',
      problem: '',
      'removed-count': '1',
      'failed-count': '0',
    });
  });
});

describe('the output failed-count', () => {
  const problem = { title: 'Report not written', detail: 'Why.' };

  it('is never 0 where the step fails', () => {
    const { outputs } = outputsFor([removed(userId('a'))], { problem });
    expect(outputs).toMatchObject({ 'removed-count': '1', 'failed-count': '' });
    expect(JSON.parse(outputs.problem)).toEqual(problem);
    expect(outputsWithoutUsers('T', 'D')).toEqual({
      profile: '',
      status: '',
      problem: '{"title":"T","detail":"D"}',
      results: '[]',
      'removed-count': '0',
      'failed-count': '',
      'report-file': '',
    });
  });

  it('counts those that have not ended', () => {
    const ids = userIds(3);
    const tally = new Tally(settingsOf({ userIds: ids }));
    const [first] = ids;
    if (first !== undefined) tally.add(removed(first), 0);
    const counts = outputsOfCounts(tally, 'T', 'D');
    expect(counts).toMatchObject({ 'removed-count': '1', 'failed-count': '2', results: '' });
  });

  it('is empty where an error came after everything was done', () => {
    const [id] = userIds(1);
    if (id === undefined) throw new Error('one');
    const tally = new Tally(settingsOf({ userIds: [id] }));
    tally.add(removed(id), 0);
    expect(outputsOfCounts(tally, 'T', 'D')['failed-count']).toBe('');
  });
});
