import { describe, expect, it } from 'vitest';
import { parseOutputFile } from './output-file.ts';

const parse = (text: string): ReturnType<typeof parseOutputFile> => parseOutputFile(text, 'linux');

describe('a well-formed output file', () => {
  it.each([
    ['', {}],
    ['\n\n', {}],
    ['a=b', { a: 'b' }],
    ['a=\n', { a: '' }],
    ['a=b=c<<d\n', { a: 'b=c<<d' }],
    ['a=1\na=2\n', { a: '2' }],
    [' a = b \n', { ' a ': ' b ' }],
    ['a<<E\nE', { a: '' }],
    ['a<<E\n\nE\n', { a: '' }],
    ['a<<E\nb\nE\n', { a: 'b' }],
    ['a<<E\nb\n\n E\nE\nc=d\n', { a: 'b\n\n E', c: 'd' }],
    ['a<<b<<c\nx\nb<<c\n', { a: 'x' }],
    ['a<<b=c\nx\nb=c\n', { a: 'x' }],
    ['a=b\r\n', { a: 'b\r' }],
    ['a<<E\nb\r\nE\n', { a: 'b\r' }],
    ['__proto__=a\n', Object.fromEntries([['__proto__', 'a']])],
  ])('%j gives %j', (text, outputs) => {
    expect(parse(text)).toEqual({ outputs });
  });

  it('may have lines of Windows on Windows', () => {
    expect(parseOutputFile('a=b\r\nc<<E\r\nd\r\ne\r\nE\r\n', 'win32')).toEqual({
      outputs: { a: 'b', c: 'd\r\ne' },
    });
  });
});

describe('a malformed output file', () => {
  it.each([
    ['a', "Invalid format 'a'"],
    ['a<b', "Invalid format 'a<b'"],
    ['=b', "Invalid format '=b'. Name must not be empty"],
    ['<<E\nE\n', "Invalid format '<<E'. Name must not be empty"],
    ['a<<\n', "Invalid format 'a<<'. Delimiter must not be empty"],
    ['a<<E\nb\n', "Invalid value. Matching delimiter not found 'E'"],
    ['a<<E', "Invalid value. Matching delimiter not found 'E'"],
    ['a<<E\nb', 'Invalid value. EOF marker missing new line.'],
    ['a<<E\nE \n', "Invalid value. Matching delimiter not found 'E'"],
    ['a<<E\nE\r\n', "Invalid value. Matching delimiter not found 'E'"],
  ])('%j fails the step: %s', (text, error) => {
    expect(parse(text)).toEqual({ outputs: {}, error });
  });

  it('has set by then what came before', () => {
    expect(parse('a=b\nc\nd=e')).toEqual({ outputs: { a: 'b' }, error: "Invalid format 'c'" });
  });
});

it('takes 1 MiB of outputs, counted as UTF-16, and no more', () => {
  const half = 'é'.repeat(256 * 1024);

  expect(parse(`a=${half}\nb=${half}\n`).error).toBeUndefined();
  expect(parse(`a=${half}\nb=${half}c\n`).error).toContain('1048578 bytes as UTF-16');
});
