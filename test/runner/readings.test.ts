import { expect, it } from 'vitest';
import { readingsOf } from './readings.ts';

it.each([
  ['JSON-escaped', String.raw`a\"b\\c\/d\u00e9\ud83d\ude00\n`, 'a"b\\c/dé😀\n'],
  ['JSON-escaped', String.raw`a\_b\*`, 'a_b*'],
  ['JSON-escaped twice', String.raw`a\\\"b`, 'a"b'],
  ['URL-encoded', 'a%2Fb%c3%a9%C3%A9+100%', 'a/béé+100%'],
  ['HTML-escaped', 'a&lt;&amp;amp;&#39;&#x27;&quot;&apos;&gt;&copy;', `a<&amp;''"'>&copy;`],
])('reads what is %s: %s', (name, text, meaning) => {
  expect(readingsOf(text)).toContainEqual({ name, text: meaning });
});
