import { describe, expect, it } from 'vitest';
import { count, duration, fill, joined, sentence } from '../../src/report/text.ts';

describe('a text', () => {
  it.each([
    [0, '0 ms'],
    [40.4, '40 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [1449, '1.4 s'],
    [9940, '9.9 s'],
    [12_340, '12 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [3_600_000, '60 min'],
  ])('of a time: %i is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('counts', () => {
    expect([0, 1, 2].map((number) => count(number, 'user'))).toEqual([
      '0 users',
      '1 user',
      '2 users',
    ]);
  });

  it('is filled in once: what is put in is left as it is', () => {
    expect(fill('{a} and {b}, {a}', { a: '{b}', b: 2 })).toBe('{b} and 2, {b}');
    expect(fill('{a} {unknown}', { a: '$&' })).toBe('$& {unknown}');
  });

  it('ends with a full stop, and only one', () => {
    const ends = ['Why', ' Why. ', 'Why!', 'Why?', 'Why…', '', undefined].map((text) =>
      sentence(text),
    );
    expect(ends).toEqual(['Why.', 'Why.', 'Why!', 'Why?', 'Why…', '', '']);
  });

  it('is made of the parts that are not empty', () => {
    expect(joined(['a', '', undefined, 'b'])).toBe('a b');
  });
});
