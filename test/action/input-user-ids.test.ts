import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefused, inputMessage } from './refused-step.ts';
import { scenario } from './scenario.ts';

const AS_SHOWN = 'Give the ids as MonoCloud shows them.';
const AT_LEAST_ONE =
  'Give one user id a line, or a JSON array of strings, or use `user-id-file`. If it comes from a ' +
  'variable or an earlier step, check that it is available in this workflow context.';
const NOT_AN_ARRAY = 'Give a JSON array of strings, as in `["a","b"]`, or one user id a line.';
const IN_QUOTES = 'Every entry of the JSON array is a user id in quotes.';
const ONE_A_LINE =
  'Put each user on a line of its own. If the comma belongs to the id, give the ids as a JSON ' +
  'array in `user-id`.';
const EXACTLY_ONE = 'Give exactly one of the two.';

const CONTROL = 'that has a control character';
const HALF = 'that has half of a surrogate pair, which no URL can carry';

const REFUSED: readonly (readonly [userId: string, wrong: string, right: string])[] = [
  ['', 'names no user', AT_LEAST_ONE],
  ['[]', 'names no user', AT_LEAST_ONE],
  ['.', 'has a user id in line 1 that is `.`, which a URL reads as a folder', AS_SHOWN],
  ['a\n..', 'has a user id in line 2 that is `..`, which a URL reads as a folder', AS_SHOWN],
  ['[".."]', 'has a user id in entry 1 that is `..`, which a URL reads as a folder', AS_SHOWN],
  ['a\tb', `has a user id in line 1 ${CONTROL}`, AS_SHOWN],
  ['a\n\nb\u0001', `has a user id in line 3 ${CONTROL}`, AS_SHOWN],
  ['a\u0085b', `has a user id in line 1 ${CONTROL}`, AS_SHOWN],
  [String.raw`["a\nb"]`, `has a user id in entry 1 ${CONTROL}`, AS_SHOWN],
  [String.raw`["a\u0000b"]`, `has a user id in entry 1 ${CONTROL}`, AS_SHOWN],
  [String.raw`["a","\ud83d"]`, `has a user id in entry 2 ${HALF}`, AS_SHOWN],
  [
    'x'.repeat(513),
    'has a user id in line 1 that is 513 characters long; at most 512 are taken',
    AS_SHOWN,
  ],
  [
    `["${'🚀'.repeat(513)}"]`,
    'has a user id in entry 1 that is 513 characters long; at most 512 are taken',
    AS_SHOWN,
  ],
  ['a,b', 'has a comma in line 1 (`a,b`)', ONE_A_LINE],
  ['a\nb, c\n', 'has a comma in line 2 (`b, c`)', ONE_A_LINE],
  [`${'a,'.repeat(200)}b`, 'has a comma in line 1 (a text of 401 characters)', ONE_A_LINE],
  ['["a", "b"', 'starts with `[` but is not a JSON array', NOT_AN_ARRAY],
  ['["a"]\n["b"]', 'starts with `[` but is not a JSON array', NOT_AN_ARRAY],
  ['["a", 1]', 'has an entry 2 that is not a string', IN_QUOTES],
  ['[null]', 'has an entry 1 that is not a string', IN_QUOTES],
  ['[{"user_id":"a"}]', 'has an entry 1 that is not a string', IN_QUOTES],
  ['["a", " "]', 'has a user id in entry 2 that is empty', AS_SHOWN],
];

const ACCEPTED: readonly (readonly [what: string, userId: string, ids: readonly string[]])[] = [
  ['one', 'user-1', ['user-1']],
  ['one with white space around it', ' \tuser-1\n', ['user-1']],
  ['one a line', 'user-2\nuser-1', ['user-2', 'user-1']],
  ['lines that end with CRLF', 'user-2\r\nuser-1\r\n', ['user-2', 'user-1']],
  ['each trimmed', '  user-2  \n\tuser-1\u00A0', ['user-2', 'user-1']],
  ['a byte order mark before it', '\uFEFFuser-1', ['user-1']],
  ['a repeated one', 'user-2\nuser-1\nuser-2\n user-1', ['user-2', 'user-1']],
  ['an array', '["user-2","user-1"]', ['user-2', 'user-1']],
  ['an array over lines', '[\n  "user-2",\n  "user-1"\n]', ['user-2', 'user-1']],
  ['an array of trimmed and repeated ones', '[" user-2", "user-2 "]', ['user-2']],
  ['an array with a comma in an id', '["a,b"]', ['a,b']],
];

describe('user-id is refused', () => {
  it.concurrent.for(REFUSED)('%j: %s', async ([userId, wrong, right], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': userId });
    expectRefused(result, emulator, inputMessage('user-id', wrong, right));
  });

  it.concurrent('beside user-id-file', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const inputs = { 'user-id': 'user-1', 'user-id-file': 'users.txt' };
    const result = await run(inputs, { files: { 'users.txt': 'user-1\n' } });
    expectRefused(
      result,
      emulator,
      inputMessage('user-id', 'is given beside `user-id-file`', EXACTLY_ONE),
    );
  });
});

describe('user-id is read', () => {
  it.concurrent.for(ACCEPTED)('as %s', async ([, userId, ids], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ids }, onTestFinished);
    const result = await run({ 'user-id': userId, concurrency: '1' });
    expect(result.exitCode).toBe(0);
    expect(emulator.requests.map(({ path }) => path)).toEqual(
      ids.map((id) => `/api/users/${encodeURIComponent(id)}/username`),
    );
  });
});

describe('user-id-file is refused', () => {
  const asFile = { 'user-id-file': 'users.txt' };

  it.concurrent.for([
    ['empty', '', 'names no user', 'Put one user id on each line of it.'],
    ['blank', '\uFEFF\r\n \r\n', 'names no user', 'Put one user id on each line of it.'],
    [
      'Latin-1',
      Buffer.from('Zo\u00EB', 'latin1'),
      'names a file that is not UTF-8',
      'Save it as UTF-8.',
    ],
    [
      'UTF-16',
      Buffer.from('\uFEFFuser-1', 'utf16le'),
      'names a file that is not UTF-8',
      'Save it as UTF-8.',
    ],
    ['with a comma', 'user-1\nuser-2,x', 'has a comma in line 2 (`user-2,x`)', ONE_A_LINE],
    ['with a control character', 'a\u0000', `has a user id in line 1 ${CONTROL}`, AS_SHOWN],
    [
      'with dots',
      'user-1\r\n..\r\n',
      'has a user id in line 2 that is `..`, which a URL reads as a folder',
      AS_SHOWN,
    ],
  ] as const)('%s', async ([, content, wrong, right], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(asFile, { files: { 'users.txt': content } });
    expectRefused(result, emulator, inputMessage('user-id-file', wrong, right));
  });

  it.concurrent.for([
    ['missing', 'no/users.txt', 'ENOENT'],
    ['a folder', '.', 'EISDIR'],
    ['below a file', 'taken/users.txt', process.platform === 'win32' ? 'ENOENT' : 'ENOTDIR'],
  ] as const)('%s', async ([, file, code], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id-file': file }, { files: { taken: '' } });
    const path = join(result.workspace, file);
    const wrong = `names a file that cannot be read (${code}): \`${path}\``;
    const right =
      'Check the path, which is relative to the workspace, and that an earlier step made the file.';
    expectRefused(result, emulator, inputMessage('user-id-file', wrong, right));
  });
});

describe('user-id-file is read', () => {
  it.concurrent.for([
    ['plain', 'user-2\nuser-1\n'],
    ['without a last line end', 'user-2\nuser-1'],
    ['with a byte order mark and CRLF', '\uFEFFuser-2\r\nuser-1\r\n'],
    ['with blank lines, white space and repetitions', '\n user-2\t\n\nuser-2\n  user-1'],
  ] as const)('%s', async ([, content], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const inputs = { 'user-id-file': 'lists/users.txt', concurrency: '1' };
    const result = await run(inputs, { files: { 'lists/users.txt': content } });
    expect(result.exitCode).toBe(0);
    expect(emulator.requests.map(({ path }) => path)).toEqual([
      '/api/users/user-2/username',
      '/api/users/user-1/username',
    ]);
  });

  it.concurrent('from an absolute path', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const first = await run({ 'user-id': 'user-1' }, { files: { 'users.txt': 'user-2' } });
    const result = await run({ 'user-id-file': `${first.workspace}/users.txt` });
    expect(result.outputs['removed-count']).toBe('1');
  });

  it.concurrent(
    'relative to the workspace, wherever the process was started',
    async ({ onTestFinished }) => {
      const { run } = await scenario({}, onTestFinished);
      const other = await run({ 'user-id': 'user-1' }, { files: { 'users.txt': 'user-2' } });
      const result = await run(
        { 'user-id-file': 'users.txt' },
        { env: { GITHUB_WORKSPACE: other.workspace }, files: { 'users.txt': 'user-3' } },
      );
      expect(result.outputs['results']).toContain('"user_id":"user-2"');
    },
  );
});

describe('max-users', () => {
  it.concurrent('refuses one user more than that', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-1\nuser-2\nuser-3', 'max-users': '2' });
    const wrong = 'names 3 users, and `max-users` allows 2';
    const right = 'Check the list; if it is right, raise `max-users`.';
    expectRefused(result, emulator, inputMessage('user-id', wrong, right));
  });

  it.concurrent('refuses a longer file', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const lines = Array.from({ length: 101 }, (_, index) => `user-${index}`).join('\n');
    const result = await run({ 'user-id-file': 'users' }, { files: { users: lines } });
    const wrong = 'names 101 users, and `max-users` allows 100';
    const right = 'Check the list; if it is right, raise `max-users`.';
    expectRefused(result, emulator, inputMessage('user-id-file', wrong, right));
  });

  it.concurrent('counts a repeated user once', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-1\nuser-2\nuser-1', 'max-users': '2' });
    expect(result.outputs['removed-count']).toBe('2');
  });
});
