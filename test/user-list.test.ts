import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refusal, type InputFault } from '../src/refusal.ts';
import { partOf, readUserList, type UserListSource } from '../src/user-list.ts';
import { anyText } from './any-text.ts';

const SOURCE: UserListSource = {
  text: '',
  file: undefined,
  domain: 'acme.test',
  shard: undefined,
  maxUsers: 1_000_000,
};

/** The ids, or the input that is refused and why. */
type Read =
  readonly string[] | { readonly input: string; readonly fault: InputFault; readonly error: Error };

function read(source: Partial<UserListSource>): Read {
  try {
    return readUserList({ ...SOURCE, ...source }).userIds;
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason.kind !== 'input') throw error;
    return { ...error.reason, error };
  }
}

const fromText = (text: string): Read => read({ text: text.trim() });

function newFile(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'user-list-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'users');
  writeFileSync(file, content);
  return file;
}

/** @returns the report of a run with two users */
function reportOf(...outcomes: readonly [string, string]): string {
  return [
    '{"type":"run","domain":"acme.test","dry_run":false,"users":2}',
    `{"type":"user","user_id":"a","outcome":"${outcomes[0]}"}`,
    `{"type":"user","user_id":"b","outcome":"${outcomes[1]}"}`,
    '{"type":"end"}',
  ].join('\r\n');
}

const listOf = (content: string): object => readUserList({ ...SOURCE, file: newFile(content) });
const fromFile = (content: string | Uint8Array): Read => read({ file: newFile(content) });

const place = (unit: 'line' | 'entry', number: number): object => ({ unit, number });

function badId(fault: object, text: string, where: object): object {
  return { kind: 'user-id', fault, place: where, text };
}

function badCharacter(character: string, text: string, where: object): object {
  return badId({ kind: 'character', character }, text, where);
}

function tooMany(users: number, maxUsers: number): object {
  return { fault: { kind: 'too-many-users', users, maxUsers } };
}

/** Ids, each once, or a refusal. */
function isFine(result: Read): boolean {
  if ('fault' in result) return true;
  const areIds = result.every((id) => /^[\w.~|:-]{1,512}$/u.test(id));
  return areIds && result.length > 0 && new Set(result).size === result.length;
}

const plainId = fc
  .stringMatching(/^[\w.~|:-]{1,12}$/u)
  .filter((id) => !['.', '..', 'null', 'undefined', 'user_id'].includes(id));
const plainIds = fc.array(plainId, { minLength: 1 });

describe('the input user-id', () => {
  it.each([
    [' b \r\n\n\ta\nb\n  \nc', ['b', 'a', 'c']],
    ['a,b', ['a', 'b']],
    ['a, b ,c', ['a', 'b', 'c']],
    ['a b\tc', ['a', 'b', 'c']],
    ['a\rb', ['a', 'b']],
    [',a,,b,', ['a', 'b']],
    ['["b", " a ", "b"]', ['b', 'a']],
    ['[{"user_id":"b","username":{}},{"user_id":" a "},"c"]', ['b', 'a', 'c']],
  ])('%j names %j', (text, ids) => {
    expect(fromText(text)).toEqual(ids);
  });

  it.each([
    ['', { kind: 'no-user' }],
    [' \n\t', { kind: 'no-user' }],
    [',', { kind: 'no-user' }],
    ['[]', { kind: 'no-user' }],
    ['a ..', badId({ kind: 'dots' }, '..', place('entry', 2))],
    ['a\n\nb, null', badId({ kind: 'placeholder' }, 'null', place('line', 3))],
    ['a\n"b"', badCharacter('"', '"b"', place('line', 2))],
    ['a, ada@example.test', badCharacter('@', 'ada@example.test', place('entry', 2))],
    ['a\u200Bb', badCharacter('\u200B', 'a\u200Bb', place('entry', 1))],
    ['["a", 1]', { kind: 'not-a-user', place: place('entry', 2) }],
    ['["a", {"id":"b"}]', { kind: 'not-a-user', place: place('entry', 2) }],
    ['["a", {"user_id":7}]', { kind: 'not-a-user', place: place('entry', 2) }],
    ['["a", null]', { kind: 'not-a-user', place: place('entry', 2) }],
    ['["a", ["b"]]', { kind: 'not-a-user', place: place('entry', 2) }],
    ['["a", ""]', badId({ kind: 'empty' }, '', place('entry', 2))],
    ['["a,b"]', badCharacter(',', 'a,b', place('entry', 1))],
    ['["a b"]', badCharacter(' ', 'a b', place('entry', 1))],
    ['["\\ud800"]', badCharacter('\uD800', '\uD800', place('entry', 1))],
    ['["a"', { kind: 'broken-array' }],
    ['[a]', { kind: 'broken-array' }],
    ['["a"] ["b"]', { kind: 'broken-array' }],
    ['{"users":["a"]}', { kind: 'not-a-list' }],
    ['{"user_id":"a"}', { kind: 'not-a-list' }],
  ])('%j is refused: %j', (text, fault) => {
    expect(fromText(text)).toMatchObject({ input: 'user-id', fault });
  });
});

describe('the file of user-id-file', () => {
  it.each([
    ['\uFEFFada\r\nbob\r\n', ['ada', 'bob']],
    ['  ada  \n\n\tbob', ['ada', 'bob']],
    ['["b",\n " a ", {"user_id":"c"}, "b"]', ['b', 'a', 'c']],
    ['\uFEFF\n [{"user_id":"a"}]\n', ['a']],
    ['{"user_id":"b"}\r\n\n {"user_id":" a ","x":[]} \n{"user_id":"b"}', ['b', 'a']],
    ['{"user_id":"a"}', ['a']],
    ['{\n  "user_id": "a"\n}\n', ['a']],
  ])('with %j names %j', (content, ids) => {
    expect(fromFile(content)).toEqual(ids);
  });

  it.each([
    [new Uint8Array([0x61, 0xff]), { kind: 'not-utf-8' }],
    ['', { kind: 'no-user' }],
    ['\n\n', { kind: 'no-user' }],
    ['[]', { kind: 'no-user' }],
    ['x\n\na, b', badCharacter(',', 'a, b', place('line', 3))],
    ['a b', badCharacter(' ', 'a b', place('line', 1))],
    ['a\rb', badCharacter('\r', 'a\rb', place('line', 1))],
    ['"a"\n"b"', badCharacter('"', '"a"', place('line', 1))],
    ['user_id\na', badId({ kind: 'placeholder' }, 'user_id', place('line', 1))],
    ['["a"]\n["b", "c"]', { kind: 'broken-array' }],
    ['{"user_id":"a"}\nb', { kind: 'broken-line', line: 2 }],
    ['{"user_id":"a"}\n["b"]', { kind: 'broken-line', line: 2 }],
    ['{"user_id":"a"}\n{"id":"b"}', { kind: 'not-a-user', place: place('line', 2) }],
    ['{"user_id":"a"}\n\n{"user_id":"b c"}', badCharacter(' ', 'b c', place('line', 3))],
    ['{"users":[{"user_id":"a"}]}', { kind: 'not-a-list' }],
    ['{\n "users": []\n}', { kind: 'not-a-list' }],
    ['{"user_id":"a"', { kind: 'broken-line', line: 1 }],
    ['{\n "user_id": "a b"\n}', badCharacter(' ', 'a b', place('entry', 1))],
  ])('with %j is refused: %j', (content, fault) => {
    expect(fromFile(content)).toMatchObject({ input: 'user-id-file', fault });
  });

  it('may be a report: then the list is what is left to do, and may be empty', () => {
    expect(listOf(reportOf('failed', 'removed'))).toEqual({
      userIds: ['a'],
      taken: { taken: 1, of: 2 },
    });
    expect(listOf(`\uFEFF${reportOf('removed', 'removed')}\n`)).toEqual({
      userIds: [],
      taken: { taken: 0, of: 2 },
    });
    const badUser = badCharacter('@', 'b@c', place('line', 3));
    expect(fromFile(reportOf('failed', 'failed').replace('"b"', '"b@c"'))).toMatchObject({
      fault: badUser,
    });
  });

  it('may be large', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `user-${index}`);
    expect(fromFile(ids.join('\n'))).toEqual(ids);
  });

  it('is refused over 256 MiB, unread', () => {
    const file = newFile('');
    truncateSync(file, 268_435_457);
    expect(read({ file })).toMatchObject({ fault: { kind: 'file-too-large', path: file } });
  });

  it('is refused where it is none', () => {
    const file = newFile('');
    const folder = `${file}-folder`;
    mkdirSync(folder);
    expect(read({ file: folder })).toMatchObject({ fault: { kind: 'not-regular', path: folder } });
    const missing = join(folder, 'users');
    expect(read({ file: missing })).toMatchObject({
      input: 'user-id-file',
      fault: { kind: 'unreadable', path: missing, code: 'ENOENT' },
    });
  });
});

describe('a list', () => {
  it('is given in one place', () => {
    expect(read({ text: 'a', file: newFile('b') })).toMatchObject({
      input: 'user-id',
      fault: { kind: 'both-lists' },
    });
  });

  it('means the same in every form', () => {
    fc.assert(
      fc.property(plainIds, (ids) => {
        const expected = [...new Set(ids)];
        const objects = ids.map((id) => ({ user_id: id, username: null }));
        const jsonLines = objects.map((object) => JSON.stringify(object)).join('\n');
        const array = JSON.stringify(objects, undefined, 2);
        for (const text of [ids.join('\r\n'), ids.join(','), ids.join(' '), array]) {
          expect(fromText(text)).toEqual(expected);
        }
        expect(fromText(JSON.stringify(ids))).toEqual(expected);
        const file = newFile('');
        for (const content of [ids.join('\n'), JSON.stringify(ids), array, jsonLines]) {
          writeFileSync(file, content);
          expect(read({ file })).toEqual(expected);
        }
      }),
    );
  });

  it('is ids, each once, or a refusal, whatever the text', () => {
    const text = fc.oneof(anyText, fc.json(), plainIds.map(String));
    const file = newFile('');
    fc.assert(
      fc.property(text, (given) => {
        writeFileSync(file, given);
        return isFine(fromText(given)) && isFine(read({ file }));
      }),
    );
  });

  it('has at most max-users, of which each counts once', () => {
    expect(read({ text: 'a\nb\na', maxUsers: 2 })).toEqual(['a', 'b']);
    expect(read({ text: 'a\nb\nc', maxUsers: 2 })).toMatchObject(tooMany(3, 2));
    expect(read({ file: newFile('a\nb'), maxUsers: 1 })).toMatchObject({
      input: 'user-id-file',
      ...tooMany(2, 1),
    });
    const shard = { index: 1, count: 2 };
    expect(read({ text: 'a b c d', shard, maxUsers: 2 })).toEqual(['a', 'b']);
    expect(read({ text: 'a b c d', shard, maxUsers: 1 })).toMatchObject(tooMany(2, 1));
  });

  it('may have nothing for a shard', () => {
    expect(read({ text: 'a', shard: { index: 1, count: 2 } })).toEqual([]);
    expect(read({ text: 'a', shard: { index: 2, count: 2 } })).toEqual(['a']);
  });
});

describe('shards', () => {
  it('have each user exactly once, in order, and differ by one user at most', () => {
    const lists = fc.array(fc.nat(), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 300 }), (list, count) => {
        const parts = Array.from({ length: count }, (_, index) =>
          partOf(list, { index: index + 1, count }),
        );
        expect(parts.flat()).toEqual(list);
        const sizes = parts.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('have each user exactly once in a long list, too', () => {
    const list = Array.from({ length: 999_999 }, (_, index) => index);
    for (const count of [3, 7, 999, 1024]) {
      const sizes = Array.from(
        { length: count },
        (_, index) => partOf(list, { index: index + 1, count }).length,
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(list.length);
    }
  });
});
