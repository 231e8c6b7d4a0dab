import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiKey } from '../../src/monocloud/api-key.ts';

/** What checking says: the key, or what is wrong with it. */
function checked(text: string): string {
  const result = ApiKey.check(text);
  return 'value' in result ? result.value.reveal() : `! ${result.wrong}`;
}

describe('an API key', () => {
  it.each([
    ['key-1', 'key-1'],
    [' key-1\r\n', 'key-1'],
    ['!~', '!~'],
    ['', '! is empty'],
    [' \n\t', '! is empty'],
    ['key 1', '! has white space inside'],
    ['key\n1', '! has white space inside'],
    ['key\u00A01', '! has white space inside'],
    ['k\u00E9y', '! has characters other than visible ASCII'],
    ['\u00E9key', '! has characters other than visible ASCII'],
    ['key\u00E9', '! has characters other than visible ASCII'],
    ['key\u0000', '! has characters other than visible ASCII'],
    ['key\u007F', '! has characters other than visible ASCII'],
  ])('%j: %s', (text, result) => {
    expect(checked(text)).toBe(result);
  });

  it('is visible ASCII, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const result = ApiKey.check(text);
        if ('value' in result) expect(result.value.reveal()).toMatch(/^[!-~]+$/u);
      }),
    );
  });

  it('does not show itself', () => {
    const result = ApiKey.check('key-1');
    expect(JSON.stringify(result)).toBe('{"value":{}}');
    expect(String('value' in result && result.value)).toBe('***');
  });
});
