import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomesOf } from './evidence.ts';
import { expectRefusedFor } from './refused-step.ts';
import { requestedUsers, requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';

/** Texts that are no id, what the error says of them, and what they usually mean. */
const NO_IDS: readonly (readonly [text: string, wrong: string, right: string])[] = [
  ['"kC3n"', 'with a "', 'use `jq -r`'],
  ["'kC3n'", "with a '", 'use `jq -r`'],
  ['null', 'the word `null`', 'Check the step that made the list.'],
  ['undefined', 'the word `undefined`', 'Check the step that made the list.'],
  ['user_id', 'the word `user_id`', 'Check the step that made the list.'],
  ['ada@example.com', 'with an @', 'An email address is not a user id.'],
  ['user-1\u200B', 'the character U+200B', 'It cannot be seen'],
  ['us\u00ADer', 'the character U+00AD', 'It cannot be seen'],
  ['user\u202E1', 'the character U+202E', 'It cannot be seen'],
  ['us\uFEFFer', 'the character U+FEFF', 'It cannot be seen'],
  ['user\u0000', 'the character U+0000', 'It cannot be seen'],
  ['victim?', 'with a ?', 'as MonoCloud shows them'],
  ['../clients/foo', 'with a /', 'as MonoCloud shows them'],
  ['victim/..', 'with a /', 'as MonoCloud shows them'],
  ['victim#', 'with a #', 'as MonoCloud shows them'],
  ['victim%2F..', 'with a %', 'as MonoCloud shows them'],
  ['%2e%2e', 'with a %', 'as MonoCloud shows them'],
  ['a\\b', 'with a \\', 'as MonoCloud shows them'],
  ['a;b', 'with a ;', 'as MonoCloud shows them'],
  ['a=b', 'with a =', 'as MonoCloud shows them'],
  ['zoë', 'with a ë', 'as MonoCloud shows them'],
  ['\u212Aelvin', 'with a \u212A', 'as MonoCloud shows them'],
  ['.', 'that is `.`', 'as MonoCloud shows them'],
  ['..', 'that is `..`', 'as MonoCloud shows them'],
  ['x'.repeat(513), '513 characters long; at most 512', 'as MonoCloud shows them'],
];

/** Those that are not refused for the same reason in the same way. */
const KINDS = NO_IDS.filter(([text]) =>
  ['"kC3n"', 'null', 'ada@example.com', 'user-1\u200B', 'us\uFEFFer', 'victim?', '..'].includes(
    text,
  ),
);

/** Only in a line of a file, where a comma or a space separates nothing. */
const NO_LINES: readonly (readonly [text: string, wrong: string, right: string])[] = [
  ['user-1,user-2', 'with a comma', 'Put one id on each line.'],
  ['user_id,email', 'with a comma', 'Put one id on each line.'],
  ['user-1 user-2', 'with a space', 'Put one id on each line.'],
];

describe('what is no id is refused, with its place', () => {
  it.concurrent.for(KINDS)('on a line: %j', async ([text, wrong, right], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    // Where a gateway decodes the path, some of these would delete a whole user.
    const result = await run({ 'user-id': `user-1\n${text}`, 'on-not-found': 'ignore' });
    expectRefusedFor(result, emulator, /^Input `user-id` has .* in line 2\b/u);
    expect(result.annotations[0]?.message).toContain(wrong);
    expect(result.annotations[0]?.message).toContain(right);
  });

  it.concurrent.for([...NO_IDS, ...NO_LINES])(
    'in a file: %j',
    async ([text, wrong, right], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const files = { 'users.txt': `user-1\r\n\r\n${text}\n` };
      const result = await run({ 'user-id-file': 'users.txt' }, { files });
      expectRefusedFor(result, emulator, /^Input `user-id-file` has .* in line 3\b/u);
      expect(result.annotations[0]?.message).toContain(wrong);
      expect(result.annotations[0]?.message).toContain(right);
    },
  );

  it.concurrent.for([...KINDS, ...NO_LINES])(
    'as JSON: %j',
    async ([text, wrong], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const inJson = await run({ 'user-id': JSON.stringify(['user-1', text]) });
      expectRefusedFor(inJson, emulator, /^Input `user-id` has .* in entry 2\b/u);
      expect(inJson.annotations[0]?.message).toContain(wrong);
      const users = [{ user_id: 'user-1' }, { user_id: text }];
      const lines = users.map((user) => `${JSON.stringify(user)}\n`).join('');
      const files = { 'users.jsonl': lines };
      const inLines = await run({ 'user-id-file': 'users.jsonl' }, { files });
      expectRefusedFor(inLines, emulator, /^Input `user-id-file` has .* in line 2\b/u);
    },
  );

  it.concurrent('between commas: the entry', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-1, user-2, "user-3"' });
    expectRefusedFor(result, emulator, /in entry 3 with a "/u);
  });
});

describe('JSON that is no list of users is refused', () => {
  it.concurrent.for([
    ['an object with a list inside', '{"users":[{"user_id":"user-1"}]}', /not a list\..*`jq/u],
    ['an object over lines', '{\n  "users": [\n    "user-1"\n  ]\n}', /not a list\..*`jq/u],
    ['an array that is cut off', '["user-1", "user-2"', /not a JSON array/u],
    ['a number', '["user-1", 7]', /no user id in entry 2/u],
    ['null', '["user-1", null]', /no user id in entry 2/u],
    [
      'an object without an id',
      '[{"user_id":"user-1"}, {"sub":"user-2"}]',
      /no user id in entry 2/u,
    ],
    ['an object whose id is a number', '[{"user_id":7}]', /no user id in entry 1/u],
    ['an array in an array', '[["user-1"]]', /no user id in entry 1/u],
    ['an empty id', '["user-1", ""]', /empty user id in entry 2/u],
    ['an empty array', '[]', /names no user/u],
  ] as const)('%s', async ([, json, why], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    expectRefusedFor(await run({ 'user-id': json }), emulator, why);
    const files = { 'users.json': json };
    expectRefusedFor(await run({ 'user-id-file': 'users.json' }, { files }), emulator, why);
  });

  it.concurrent.for([
    ['broken', '{"user_id":"user-2"', /line 3 that is not a JSON object/u],
    ['a string', '"user-2"', /line 3 that is not a JSON object/u],
    ['a plain id', 'user-2', /line 3 that is not a JSON object/u],
    ['two objects', '{"user_id":"user-2"}{"user_id":"user-3"}', /line 3 that is not/u],
    ['without an id', '{"sub":"user-2"}', /no user id in line 3/u],
    ['with an id of another type', '{"user_id":["user-2"]}', /no user id in line 3/u],
  ] as const)('a line of JSON Lines: %s', async ([, line, why], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { 'users.jsonl': `{"user_id":"user-1"}\n\n${line}\n{"user_id":"user-3"}\n` };
    const result = await run({ 'user-id-file': 'users.jsonl' }, { files });
    expectRefusedFor(result, emulator, why);
  });
});

const THREE = ['user-2', 'user-1', 'user-3'];

describe('a list is read', () => {
  it.concurrent.for([
    ['from a field of one line', 'user-2, user-1 user-3'],
    ['with commas alone', 'user-2,user-1,user-3,'],
    ['over lines, with commas', 'user-2,\n user-1,\r\nuser-3\n'],
    ['with repetitions', 'user-2 user-1, user-2\nuser-3 user-1'],
    ['as an array of strings', '["user-2", " user-1 ", "user-3", "user-2"]'],
    ['as an array of objects', '[{"user_id":"user-2"},{"user_id":"user-1"},{"user_id":"user-3"}]'],
    ['as an array of both', '["user-2",{"user_id":"user-1","name":"x"},"user-3"]'],
  ] as const)('%s', async ([, text], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': text, concurrency: '1' });
    expect(result.conclusion).toBe('success');
    expect(requestedUsers(emulator)).toEqual(THREE);
  });

  it.concurrent.for([
    ['an id a line', '\uFEFFuser-2\r\n\r\n  user-1\t\r\nuser-3'],
    ['an array', '\uFEFF\n["user-2",\r\n"user-1","user-3"]\r\n'],
    ['an array of objects', '[\n  {"user_id":"user-2"},\n {"user_id":"user-1"}, "user-3"]'],
    [
      'JSON Lines',
      '{"user_id":"user-2"}\r\n\r\n {"user_id":"user-1","a":{}}\n{"user_id":"user-3"}',
    ],
  ] as const)('from a file with %s', async ([, text], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const inputs = { 'user-id-file': 'users', concurrency: '1' };
    const result = await run(inputs, { files: { users: text } });
    expect(result.conclusion).toBe('success');
    expect(requestedUsers(emulator)).toEqual(THREE);
  });

  it.concurrent('from a file with one user as an object', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { 'user.json': JSON.stringify({ user_id: 'user-2', username: 'x' }, null, 2) };
    const result = await run({ 'user-id-file': 'user.json' }, { files });
    expect(result.conclusion).toBe('success');
    expect(requestedUsers(emulator)).toEqual(['user-2']);
  });

  it.concurrent('from what `GET /api/users` answers', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 25 }, onTestFinished);
    const response = await fetch(`${emulator.origin}/api/users?page=2&size=10`, {
      headers: { 'x-api-key': emulator.apiKey },
    });
    const page = await response.text();
    const files = { 'users.json': page };
    const check = { files: ['users.json'] };
    const result = await run({ 'user-id-file': 'users.json' }, { files }, check);
    expect(result.conclusion).toBe('success');
    expect(requestsTo(emulator).slice(1).toSorted()).toEqual(
      Array.from({ length: 10 }, (_, index) => `DELETE user-${index + 11}`),
    );
  });

  it.concurrent('with every character that an id may have', async ({ onTestFinished }) => {
    const ids = ['auth0|5f7c', 'a:b', 'A.z-_~|:09', '...', '-', 'x'.repeat(512), 'nullable'];
    const { emulator, run } = await scenario({ users: ids }, onTestFinished);
    const result = await run({ 'user-id': ids.join(' ') });
    expect(result.conclusion).toBe('success');
    expect(emulator.users.counts().withUsername).toBe(0);
    expect(emulator.requests.map(({ path }) => path)).toContain('/api/users/auth0%7C5f7c/username');
  });
});

describe('a very long list', () => {
  const MILLION = 1_000_000;
  const manyIds = (): string =>
    Array.from({ length: MILLION }, (_, index) => `user-${index + 1}`).join('\n');

  it('over `max-users` is refused with both numbers', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id-file': 'users' }, { files: { users: manyIds() } });
    expectRefusedFor(result, emulator, /names 1000000 users, and `max-users` allows 100\b/u);
  });

  it('is shared out as well as a short one', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: [`user-${MILLION}`] }, onTestFinished);
    const inputs = { 'user-id-file': 'users', shard: '500000/500000' };
    const result = await run(inputs, { files: { users: manyIds() } });
    expect(outcomesOf(result)).toEqual(['not-found', 'removed']);
    expect(requestedUsers(emulator)).toEqual(['user-999999', 'user-1000000']);
  });

  it('of more than 256 MiB is refused without being read', async ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'lists-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'users.txt');
    writeFileSync(path, 'user-1\n');
    // A hole: it takes no space on the disk.
    truncateSync(path, 256 * 1024 * 1024 + 1);
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id-file': path });
    expectRefusedFor(result, emulator, /more than 256 MiB/u);
  });
});
