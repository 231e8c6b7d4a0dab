import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineReader } from './line-reader.ts';

function linesOf(...chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const reader = new LineReader((line) => {
    lines.push(line);
  });
  for (const chunk of chunks) reader.read(chunk);
  reader.end();
  return lines;
}

it.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\n\nb', ['a', '', 'b']],
  ['a\r\nb\rc\nd', ['a', 'b', 'c', 'd']],
  ['a\r', ['a']],
  ['\r\r\n', ['', '']],
  ['\u{FEFF}a\u2028b\u0085c', ['a\u2028b\u0085c']],
])('cuts %j into %j', (text, lines) => {
  expect(linesOf(Buffer.from(text))).toEqual(lines);
});

it('gives a line as soon as it is there', () => {
  const lines: string[] = [];
  const reader = new LineReader((line) => {
    lines.push(line);
  });

  reader.read(Buffer.from('a\nb'));

  expect(lines).toEqual(['a']);
});

it('gives the same lines however the bytes arrive', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '💥', '\r', '\n', '::') });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 4 }), (whole, size) => {
      const bytes = Buffer.from(whole);
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        chunks.push(bytes.subarray(at, at + size));
      }

      expect(linesOf(...chunks)).toEqual(linesOf(bytes));
    }),
  );
});
