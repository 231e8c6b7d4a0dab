import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUserId, userIdFault } from '../../src/monocloud/user-id.ts';
import { anyText } from '../any-text.ts';

describe('a user id', () => {
  it.each([
    'a',
    '7',
    '-',
    '_',
    '...',
    '.a',
    'a'.repeat(512),
    'auth0|123',
    'urn:user:7',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'A.b_c~D-9',
    'NULL',
    'null1',
    'user_ids',
  ])('%j is taken', (text) => {
    expect(userIdFault(text)).toBeUndefined();
  });

  it.each([
    ['', { kind: 'empty' }],
    ['.', { kind: 'dots' }],
    ['..', { kind: 'dots' }],
    ['null', { kind: 'placeholder' }],
    ['undefined', { kind: 'placeholder' }],
    ['user_id', { kind: 'placeholder' }],
    ['a'.repeat(513), { kind: 'too-long', length: 513 }],
    ['a b', { kind: 'character', character: ' ' }],
    [' a', { kind: 'character', character: ' ' }],
    ['a,b', { kind: 'character', character: ',' }],
    ['"a"', { kind: 'character', character: '"' }],
    ['ada@example.test', { kind: 'character', character: '@' }],
    ['a/../b', { kind: 'character', character: '/' }],
    ['%2e%2e', { kind: 'character', character: '%' }],
    ['a?b#c', { kind: 'character', character: '?' }],
    ['a;b', { kind: 'character', character: ';' }],
    ['a\\b', { kind: 'character', character: '\\' }],
    ['a\u0000', { kind: 'character', character: '\u0000' }],
    ['a\nb', { kind: 'character', character: '\n' }],
    ['a\u200Bb', { kind: 'character', character: '\u200B' }],
    ['\uD800', { kind: 'character', character: '\uD800' }],
    ['é', { kind: 'character', character: 'é' }],
    ['a😀b', { kind: 'character', character: '😀' }],
    ['ſ', { kind: 'character', character: 'ſ' }],
    ['\u212A', { kind: 'character', character: '\u212A' }],
  ])('%j is refused: %j', (text, fault) => {
    expect(userIdFault(text)).toEqual(fault);
  });

  it('has plain characters only, whatever is given', () => {
    const nearly = fc
      .array(fc.constantFrom(...Array.from('aZ09-_.~|:/%?# \n@,')), { maxLength: 8 })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(fc.oneof(nearly, anyText), (text) => {
        const isPlain = /^[A-Za-z0-9._~|:-]{1,512}$/u.test(text) && !/^(?:\.\.?|null)$/u.test(text);
        const fault = userIdFault(text);
        const isNamed = fault?.kind !== 'character' || text.includes(fault.character);
        return isUserId(text) === isPlain && isNamed;
      }),
      { numRuns: 1000 },
    );
  });
});
