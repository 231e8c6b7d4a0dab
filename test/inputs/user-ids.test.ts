import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { userIdsFromFile, userIdsFromText } from '../../src/inputs/user-ids.ts';
import { UserError } from '../../src/user-error.ts';

function fromFile(content: string | Uint8Array): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'user-ids-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'ids.txt');
  writeFileSync(file, content);
  return userIdsFromFile(file);
}

const plainId = fc.stringMatching(/^[\w|-][\w |./%-]{0,10}[\w|-]$/u);

describe('user ids', () => {
  it('are one a line: trimmed, each once, in order', () => {
    expect(userIdsFromText(' b \r\n\n\ta\nb\n  \nc')).toEqual(['b', 'a', 'c']);
  });

  it('are a JSON array, where a comma is part of the id', () => {
    expect(userIdsFromText('["b", " a,1 ", "b"]')).toEqual(['b', 'a,1']);
  });

  it('come from a file with BOM and CRLF', () => {
    expect(fromFile('\uFEFFada\r\nbob\r\n')).toEqual(['ada', 'bob']);
  });

  it('come from a large file without trouble', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `user-${index}`);
    expect(fromFile(ids.join('\n'))).toEqual(ids);
  });

  it.each([
    ['a,b', /comma in line 1.*line of its own/u],
    ['x\n\na, b', /comma in line 3/u],
    ['..', /line 1 that is `\.\.`/u],
    ['a\rb', /control character/u],
    ['["a", 1]', /entry 2 that is not a string/u],
    ['["a", ""]', /entry 2 that is empty/u],
    ['["a", ".."]', /entry 2 that is `\.\.`/u],
    ['["\\ud800"]', /surrogate/u],
    ['["a"', /not a JSON array/u],
    ['[', /not a JSON array/u],
    ['[]', /names no user/u],
    ['', /names no user/u],
    [' \n\t', /names no user/u],
  ])('%j is refused with the name of the input', (text, message) => {
    expect(() => userIdsFromText(text)).toThrow(message);
    expect(() => userIdsFromText(text)).toThrow(/^Input `user-id` .* Nothing was sent\.$/su);
  });

  it.each([
    [new Uint8Array([0x61, 0xff]), /not UTF-8/u],
    ['\n\n', /names no user/u],
    ['["a"]\n["b", "c"]', /comma in line 2/u],
  ])('a file of %j is refused with the name of the input', (content, message) => {
    expect(() => fromFile(content)).toThrow(message);
    expect(() => fromFile(content)).toThrow(/^Input `user-id-file` /u);
  });

  it('a file that is not there is refused with its code', () => {
    expect(() => userIdsFromFile('/nowhere/ids.txt')).toThrow(/cannot be read \(ENOENT\)/u);
  });

  it('mean the same as lines, as an array and in a file', () => {
    fc.assert(
      fc.property(fc.array(plainId, { minLength: 1 }), (ids) => {
        const expected = [...new Set(ids)];
        expect(userIdsFromText(ids.join('\r\n'))).toEqual(expected);
        expect(userIdsFromText(JSON.stringify(ids))).toEqual(expected);
      }),
    );
  });

  it('are ids or a plain error, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(fc.string()).map(String),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          const ids = userIdsFromText(given);
          expect(new Set(ids).size).toBe(ids.length);
          for (const id of ids) expect(id).toBe(id.trim());
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
