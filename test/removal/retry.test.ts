import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoff } from '../../src/removal/backoff.ts';

const almostOne = (): number => 1 - Number.EPSILON;

it('the first wait is up to 1 s, each bound is twice the one before, up to 20 s', () => {
  const bounds = [1, 2, 3, 4, 5, 6, 7, 11].map((attempt) =>
    Math.round(backoff(attempt, almostOne)),
  );
  expect(bounds).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000]);
});

it('a wait is anything from nothing up to its bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 11 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const bound = Math.min(20_000, 1000 * 2 ** (attempt - 1));
        const wait = backoff(attempt, () => random);
        expect(wait).toBeCloseTo(random * bound, 6);
        expect(wait).toBeLessThan(bound);
      },
    ),
  );
});
