import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { UserId } from '../../src/monocloud/user-id.ts';
import {
  isNotDone,
  OUTCOMES,
  type OutcomeName,
  type UserResult,
} from '../../src/removal/outcome.ts';
import { Tally } from '../../src/report/tally.ts';
import { userIds } from '../removal/scripted-api.ts';
import { found, notDone, removed, settingsOf } from './fixtures.ts';

function resultOf(id: UserId, outcome: OutcomeName): UserResult {
  switch (outcome) {
    case 'removed':
      return removed(id);
    case 'would-remove':
    case 'no-username':
      return found(id, outcome);
    case 'not-found':
    case 'failed':
    case 'unconfirmed':
    case 'skipped':
      return notDone(id, outcome);
  }
}

it('in whatever order users end, they are counted and the first 50 kept in the order given', () => {
  fc.assert(
    fc.property(
      // Of a few kinds only, so that more than 50 are of one.
      fc
        .subarray([...OUTCOMES], { minLength: 1 })
        .chain((names) => fc.array(fc.constantFrom(...names), { maxLength: 120, size: 'max' })),
      fc.boolean(),
      fc.array(fc.double({ noNaN: true }), { minLength: 120, maxLength: 120 }),
      (outcomes, ignoreNotFound, order) => {
        const ids = userIds(outcomes.length);
        const tally = new Tally(settingsOf({ userIds: ids, ignoreNotFound }));
        const results = ids.map((id, index) => {
          const outcome = outcomes[index] ?? 'failed';
          return { result: resultOf(id, outcome), index, at: order[index] ?? 0 };
        });
        for (const { result, index } of results.toSorted((one, other) => one.at - other.at)) {
          tally.add(result, index);
        }
        const failed = results.filter(({ result }) => {
          const isIgnored = ignoreNotFound && result.outcome === 'not-found';
          return isNotDone(result) && !isIgnored;
        });
        const planned = results.filter(({ result }) => result.outcome === 'would-remove');
        expect(tally.failed).toBe(failed.length);
        expect(tally.failures.map(({ index }) => index)).toEqual(
          failed.slice(0, 50).map(({ index }) => index),
        );
        expect(tally.planned).toEqual(
          planned.slice(0, 50).map(({ result, index }) => ({ userId: result.userId, index })),
        );
        expect([tally.ended, tally.users]).toEqual([outcomes.length, outcomes.length]);
        expect(tally.entries.map((entry) => entry?.outcome)).toEqual(outcomes);
        expect(Object.entries(tally.counts)).toEqual(
          OUTCOMES.flatMap((outcome) => {
            const count = outcomes.filter((one) => one === outcome).length;
            return count === 0 ? [] : [[outcome, count]];
          }),
        );
      },
    ),
  );
});

it('those that have not ended count as not done', () => {
  const [first, ...rest] = userIds(5);
  if (first === undefined) throw new Error('five');
  const tally = new Tally(settingsOf({ userIds: [first, ...rest] }));
  expect([tally.failed, tally.ended]).toEqual([5, 0]);
  tally.add(removed(first), 0);
  expect([tally.failed, tally.ended, tally.failures.length]).toEqual([4, 1, 0]);
});
