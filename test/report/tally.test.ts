import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Tally } from '../../src/report/tally.ts';
import { userIds } from '../removal/scripted-api.ts';
import { notDone, removed } from './fixtures.ts';

const outcome = fc.constantFrom('removed', 'failed', 'not-found', 'unconfirmed', 'skipped');

it('in whatever order users end, they are counted and the first 50 kept in the order given', () => {
  fc.assert(
    fc.property(
      fc.array(outcome, { maxLength: 120 }),
      fc.boolean(),
      fc.array(fc.double({ noNaN: true }), { minLength: 120, maxLength: 120 }),
      (outcomes, ignoreNotFound, order) => {
        const ids = userIds(outcomes.length);
        const tally = new Tally(outcomes.length, ignoreNotFound);
        const results = outcomes.flatMap((one, index) => {
          const id = ids.at(index);
          if (id === undefined) return [];
          const result = one === 'removed' ? removed(id) : notDone(id, one);
          return [{ result, index, at: order[index] ?? 0 }];
        });
        for (const { result, index } of results.toSorted((a, b) => a.at - b.at)) {
          tally.add(result, index);
        }
        const failed = results.filter(({ result }) => {
          const ignored = ignoreNotFound && result.outcome === 'not-found';
          return result.outcome !== 'removed' && !ignored;
        });
        expect(tally.failed).toBe(failed.length);
        expect(tally.failures.map(({ index }) => index)).toEqual(
          failed.slice(0, 50).map(({ index }) => index),
        );
        expect([tally.ended, tally.users]).toEqual([outcomes.length, outcomes.length]);
        expect(tally.entries.map((entry) => entry?.outcome)).toEqual(outcomes);
      },
    ),
  );
});
