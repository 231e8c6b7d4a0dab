import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiKey } from '../../src/monocloud/api-key.ts';
import { anyText } from '../any-text.ts';

/** The key, or what is wrong with it. */
function checked(text: string): string {
  const result = ApiKey.check(text);
  return result instanceof ApiKey ? result.reveal() : `! ${result}`;
}

describe('an API key', () => {
  it.each([
    ['key-1', 'key-1'],
    [' key-1\r\n', 'key-1'],
    ['!~', '!~'],
    ['', '! empty'],
    [' \n\t', '! empty'],
    ['key 1', '! white-space'],
    ['key\n1', '! white-space'],
    ['key\u00A01', '! white-space'],
    ['k\u00E9y', '! not-visible-ascii'],
    ['\u00E9key', '! not-visible-ascii'],
    ['key\u00E9', '! not-visible-ascii'],
    ['key\u0000', '! not-visible-ascii'],
    ['key\u007F', '! not-visible-ascii'],
  ])('%j: %s', (text, result) => {
    expect(checked(text)).toBe(result);
  });

  it('is visible ASCII, whatever is given', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = ApiKey.check(text);
        if (result instanceof ApiKey) expect(result.reveal()).toMatch(/^[!-~]+$/u);
      }),
    );
  });

  it('does not show itself', () => {
    const apiKey = ApiKey.check('key-1');
    expect(JSON.stringify({ apiKey })).toBe('{"apiKey":{}}');
    expect(String(apiKey)).toBe('***');
  });
});
