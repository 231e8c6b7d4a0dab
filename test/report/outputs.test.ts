import { describe, expect, it } from 'vitest';
import { makeProblem } from '../../src/monocloud/problem-details.ts';
import { createCleaner } from '../../src/report/cleaner.ts';
import { outputsOf, type StepOutputs } from '../../src/report/outputs.ts';
import { problemJson } from '../../src/report/problem-json.ts';
import { Tally } from '../../src/report/tally.ts';
import { userId, userIds } from '../removal/scripted-api.ts';
import { keptLog, notDone, removed } from './fixtures.ts';

const LIMIT = 100 * 1024;
const cleaner = createCleaner(undefined);

function outputs(
  ids: ReturnType<typeof userIds>,
  profile?: string,
): { outputs: StepOutputs; titles: readonly string[] } {
  const tally = new Tally(ids.length, false);
  for (const [index, id] of ids.entries()) tally.add(removed(id), index);
  const log = keptLog();
  const ending = { userIds: ids, tally, profile, reportFile: '/report' };
  return { outputs: outputsOf(ending, cleaner, log), titles: log.titles };
}

describe('an output', () => {
  it.each([LIMIT - 1, LIMIT])('takes a profile of %i bytes', (bytes) => {
    const profile = `{"a":"${'é'.repeat((bytes - 8) >> 1)}${bytes % 2 === 0 ? '' : 'e'}"}`;
    expect(Buffer.byteLength(profile)).toBe(bytes);
    expect(outputs(userIds(1), profile)).toMatchObject({ outputs: { profile }, titles: [] });
  });

  it('is empty with a warning for a profile of a byte more', () => {
    const profile = `{"a":"${'e'.repeat(LIMIT + 1 - 8)}"}`;
    expect(outputs(userIds(1), profile)).toMatchObject({
      outputs: { profile: '' },
      titles: ['Profile too large for an output'],
    });
  });

  it.each([1, 2, 3])('takes results of exactly 100 KiB, and not a byte more (%i users)', (rest) => {
    const plain = userIds(rest + 1100);
    const start = Buffer.byteLength(outputs(plain).outputs.results);
    const ids = (bytes: number): ReturnType<typeof userIds> => {
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
    const fitting = outputs(ids(LIMIT));
    const over = outputs(ids(LIMIT + 1));
    expect(over.outputs.results).toBe('');
    expect(over.titles).toEqual(['Results too large for an output']);
    expect(Buffer.byteLength(fitting.outputs.results)).toBe(LIMIT);
  });

  it.each([LIMIT, LIMIT + 1])('takes problem details up to the limit (%i bytes)', (bytes) => {
    const sent = `{"title":"T","x":"${'e'.repeat(bytes - 20)}"}`;
    expect(Buffer.byteLength(sent)).toBe(bytes);
    const json = problemJson({ ...makeProblem('T', 'D', 422), sent }, cleaner);
    expect(JSON.parse(json)).toEqual(
      bytes > LIMIT ? { title: 'T', detail: 'D', status: 422 } : JSON.parse(sent),
    );
  });
});

describe('of several users', () => {
  it('the first in the order given that is not done decides', () => {
    const ids = userIds(3);
    const [one, two, three] = [ids.at(0), ids.at(1), ids.at(2)];
    if (one === undefined || two === undefined || three === undefined) throw new Error('three');
    const tally = new Tally(3, false);
    tally.add(notDone(three, 'failed', makeProblem('Third', '', 503)), 2);
    tally.add(notDone(two, 'failed', makeProblem('Second', '', 500)), 1);
    tally.add(removed(one), 0);
    const ending = { userIds: ids, tally, profile: undefined, reportFile: '/report' };
    const result = outputsOf(ending, cleaner, keptLog());
    expect(result).toMatchObject({
      status: '500',
      'removed-count': '1',
      'failed-count': '2',
      profile: '',
    });
    expect(JSON.parse(result.problem)).toMatchObject({ title: 'Second' });
  });
});
