import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../src/monocloud/json.ts';
import { parseProfile } from '../../src/monocloud/profile.ts';

describe('a profile', () => {
  it('is kept as it was sent', () => {
    const text = ' {"b":12345678901234567890,\n"a":1.0} ';
    expect(parseProfile(text)?.text).toBe(text);
  });

  it.each([
    ['{}', false],
    ['{"username":null}', false],
    ['{"username":""}', false],
    ['{"username":{"username":"ada"}}', true],
    ['{"username":"ada"}', true],
    ['{"username":{}}', true],
    ['{"username":false}', true],
    ['{"username":0}', true],
  ])('%s has a username: %s', (text, hasUsername) => {
    expect(parseProfile(text)?.hasUsername).toBe(hasUsername);
  });

  it('names its user where that is a text', () => {
    expect(parseProfile('{"user_id":"ada"}')?.userId).toBe('ada');
    expect(parseProfile('{"user_id":7}')?.userId).toBeUndefined();
  });

  it.each(['', 'null', '[]', '"{}"', '1', '{"a":1', '{}{}', '<html>'])('%j is none', (text) => {
    expect(parseProfile(text)).toBeUndefined();
  });

  it('is any JSON object, and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        expect(parseProfile(JSON.stringify(value)) !== undefined).toBe(isObject);
      }),
    );
  });
});

describe('UTF-8', () => {
  it('loses its BOM and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeUtf8(Buffer.from(`\uFEFF${text}`))).toBe(text);
      }),
    );
  });

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]], [[0xc0, 0x80]]])(
    '%j is not UTF-8',
    (bytes) => {
      expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined();
    },
  );
});
