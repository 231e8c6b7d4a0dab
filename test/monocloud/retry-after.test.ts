import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate, parseRetryAfter } from '../../src/monocloud/retry-after.ts';

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['1', 1000],
    ['007', 7000],
    [' 5 ', 5000],
    ['3600', 3_600_000],
    ['Mon, 23 Nov 2026 12:00:10 GMT', 10_000],
    ['Monday, 23-Nov-26 12:00:10 GMT', 10_000],
    ['Mon Nov 23 12:00:10 2026', 10_000],
  ])('%j is %i ms', (value, wait) => {
    expect(parseRetryAfter(value, NOON)).toBe(wait);
  });

  it.each([
    undefined,
    '',
    '0',
    '-1',
    '+1',
    '1.5',
    '1e3',
    '0x10',
    '١',
    '1, 2',
    '1s',
    'soon',
    'NaN',
    'Infinity',
    '2026-11-23T12:00:10Z',
    'Mon, 23 Nov 2026 12:00:10',
    'Mon, 23 Nov 2026 12:00:10 +0000',
    'Mon, 23 Nov 2026 11:59:59 GMT',
    'Mon, 23 Nov 2026 12:00:00 GMT',
    'Tue, 23 Nov 2026 12:00:10 GMT',
    'Mon, 31 Feb 2027 12:00:10 GMT',
    'Mon, 23 Nov 2026 25:00:10 GMT',
    'mon, 23 nov 2026 12:00:10 gmt',
  ])('%j counts as none', (value) => {
    expect(parseRetryAfter(value, NOON)).toBeUndefined();
  });

  it.each(['Sat Feb 31 12:00:10 2032', 'Saturday, 31-Feb-32 12:00:10 GMT'])(
    'a day that is none counts as none in the old forms too: %j',
    (value) => {
      expect(parseRetryAfter(value, NOON)).toBeUndefined();
    },
  );

  it('that overflows is longer than any wait that is accepted', () => {
    expect(parseRetryAfter('9'.repeat(400), NOON)).toBeGreaterThan(3_600_000);
  });

  it('in whole seconds is never shorter than it says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seconds) => {
        expect(parseRetryAfter(String(seconds), NOON)).toBe(seconds * 1000);
      }),
    );
  });

  it('as a date is meant by the clock that is given', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2090-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (date, seconds) => {
          const until = Math.floor(date.getTime() / 1000) * 1000;
          const text = new Date(until).toUTCString();
          expect(parseHttpDate(text)).toBe(until);
          expect(parseRetryAfter(text, until - seconds * 1000)).toBe(seconds * 1000);
          expect(parseRetryAfter(text, until + seconds)).toBeUndefined();
        },
      ),
    );
  });

  it('is never anything but a wait, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const wait = parseRetryAfter(text, NOON);
        if (wait !== undefined) expect(wait).toBeGreaterThan(0);
      }),
    );
  });
});
