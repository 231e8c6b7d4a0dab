import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretMasker } from './secret-masker.ts';

function mask(text: string, ...secrets: readonly string[]): string {
  const masker = new SecretMasker();
  for (const secret of secrets) masker.add(secret);
  return masker.mask(text);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the forms of a secret that are hidden', () => {
  const secret = `k3y'"<&>/é?`;

  it.each([
    ['as it is', secret],
    ['in base64', base64(secret)],
    ['in base64, one byte on', base64(secret.slice(1))],
    ['in base64, two bytes on', base64(secret.slice(2))],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in a URL', 'k3y%27%22%3C%26%3E%2F%C3%A9%3F'],
    ['in XML', 'k3y&apos;&quot;&lt;&amp;&gt;/é?'],
    ['in an expression', `k3y''"<&>/é?`],
    ['on a command line', String.raw`k3y'\"<&>/é?`],
  ])('%s', (_, form) => {
    expect(mask(`(${form})`, secret)).toBe('(***)');
  });

  it('but for unpadded and URL-safe base64', () => {
    const bytes = 'a?>secret';
    const padded = base64(`${bytes}!`);

    expect(mask(padded.replace(/=+$/u, ''), `${bytes}!`)).not.toContain('***');
    expect(mask(Buffer.from(bytes).toString('base64url'), bytes)).not.toContain('***');
  });

  it('and without the quotes around it, when it is long', () => {
    expect(mask('(longer than that)', '"longer than that"')).toBe('(***)');
    expect(mask('(short)', '"short"')).toBe('(short)');
  });

  it('and in the parts into which PowerShell cuts it', () => {
    expect(mask('first1& second', 'first1&second')).toBe('*** ***');
    expect(mask('first1&+ econd1', 'first1&+second1')).toBe('*** ***');
    expect(mask('a& b', 'a&b')).toBe('a& b');
  });
});

it('hides the trimmed lines of a longer secret, each for itself', () => {
  expect(mask('one and two', ' one\r\n\r\n two ')).toBe('*** and ***');
});

it('makes one of what overlaps or touches', () => {
  expect(mask('abcdef', 'abcd', 'cdef')).toBe('***');
  expect(mask('aaa', 'aa')).toBe('***');
  expect(mask('abab-ab', 'ab')).toBe('***-***');
  expect(mask('abcdef.', 'abcdef', 'bc')).toBe('***.');
});

it('hides nothing for an empty secret', () => {
  expect(mask('text', '', '\n')).toBe('text');
});

it('never shows a secret, and leaves the rest as it was', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '%', '"') });
  const secret = fc.string({ unit: fc.constantFrom('x', 'y'), minLength: 1 });
  fc.assert(
    fc.property(part, secret, part, (before, hidden, after) => {
      expect(mask(before + hidden + after, hidden)).toBe(`${before}***${after}`);
    }),
  );
});
