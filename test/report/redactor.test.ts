import { describe, expect, it } from 'vitest';
import { ApiKey } from '../../src/monocloud/api-key.ts';
import { createRedactor } from '../../src/report/redactor.ts';

function redactorFor(key: string): (text: string) => string {
  const result = ApiKey.check(key);
  if ('wrong' in result) throw new Error(`the key ${result.wrong}`);
  return createRedactor(result.value);
}

const ODD = `a<b>c&d"e'f\\g%h/i`;

describe('a key is struck out', () => {
  const redact = redactorFor('key-of-a-test');

  it.each([
    ['said key-of-a-test twice: key-of-a-test', 'said *** twice: ***'],
    ['C:\\runner and key-of-a-test', 'C:\\runner and ***'],
    ['50%25 and key-of-a-test', '50%25 and ***'],
    ['key-of-a-test and %6Bey-of-a-test', '*** and ***'],
    ['{"a":"key-of-a-test\\"b\\u0026"}', '{"a":"***\\"b\\u0026"}'],
    ['%6key-of-a-tes%74', '%6***'],
    ['%6bey%2Dof-a-test', '***'],
    ['key-of-a-tes', 'key-of-a-tes'],
    ['%6bey-of-a-tes', '%6bey-of-a-tes'],
  ])('%s: %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each([
    ['named', `a&lt;b&gt;c&amp;d&quot;e&apos;f\\g%h/i`],
    ['named twice', `a&amp;lt;b&amp;gt;c&amp;amp;d&amp;quot;e&amp;apos;f\\g%h/i`],
    ['by number', `a&#60;b&#062;c&#38;d&#34;e&#39;f&#92;g&#37;h&#47;i`],
    ['by hexadecimal number', `a&#x3c;b&#X3E;c&#x026;d&#x22;e&#x27;f&#x5C;g&#x25;h&#x2f;i`],
    ['as JSON', JSON.stringify(ODD).slice(1, -1)],
    ['as JSON in JSON', JSON.stringify(JSON.stringify(ODD)).slice(3, -3)],
    ['as JSON with a slash', JSON.stringify(ODD).slice(1, -1).replace('/', '\\/')],
  ])('where it has every odd character, %s', (_, text) => {
    expect(redactorFor(ODD)(`x${text}y`)).toBe('x***y');
  });

  it.each(['<1234567', '"1234567', '&1234567', "'1234567", '>1234567'])(
    'where %s is named in HTML only',
    (key) => {
      const names = { '<': 'lt', '>': 'gt', '"': 'quot', '&': 'amp', "'": 'apos' };
      const name = new Map(Object.entries(names)).get(key.charAt(0)) ?? '';
      expect(redactorFor(key)(`(&${name};1234567)`)).toBe('(***)');
      expect(redactorFor(key)(`(&${name};123456)`)).toBe(`(&${name};123456)`);
    },
  );

  it.each(['k', 'ke', 'key', 'key1', 'key12'])('also where it is short: %s', (key) => {
    const hex = (key.codePointAt(0) ?? 0).toString(16);
    expect(redactorFor(key)(`(${key})`)).toBe('(***)');
    expect(redactorFor(key)(`(%${hex}${key.slice(1)})`)).toBe('(***)');
  });

  it('of a piece of base64 from eight characters on', () => {
    const encoded = Buffer.from('abcdef').toString('base64');
    expect(encoded).toHaveLength(8);
    expect(redactorFor('abcdef')(`(${encoded})`)).toBe('(***)');
    const shorter = Buffer.from('abcde').toString('base64');
    expect(redactorFor('abcde')(`(${shorter})`)).toBe(`(${shorter})`);
  });

  it('in JSON that a backslash begins', () => {
    const key = '"quoted';
    const json = JSON.stringify({ detail: `\\${key}` });
    expect(JSON.parse(redactorFor(key)(json))).toEqual({ detail: '***' });
  });
});
