import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CHARACTER_HINTS,
  FILE_FAULTS,
  LIST_FAULTS,
  USER_ID_FAULTS,
  VALUE_FAULTS,
} from '../../src/report/messages.ts';
import { expectRefused, inputMessage } from './refused-step.ts';
import { requestedUsers, requestsTo } from './requests.ts';
import { ONE_USER, scenario } from './scenario.ts';

interface Fault {
  readonly wrong: string;
  readonly right: string;
}

/** A character that no id has. @param shown as the error names it */
function character(
  place: string,
  shown: string,
  value: string,
  hint: keyof typeof CHARACTER_HINTS,
): Fault {
  const wrong = USER_ID_FAULTS.character.replace('{character}', shown);
  return { wrong: inPlace(wrong, place, value), right: CHARACTER_HINTS[hint] };
}

function fault(kind: 'dots' | 'placeholder' | 'empty', place: string, value = ''): Fault {
  const hint = kind === 'placeholder' ? 'placeholder' : 'other';
  return { wrong: inPlace(USER_ID_FAULTS[kind], place, value), right: CHARACTER_HINTS[hint] };
}

function notAUser(place: string): Fault {
  return { ...LIST_FAULTS['not-a-user'], wrong: inPlace(LIST_FAULTS['not-a-user'].wrong, place) };
}

function brokenLine(line: number): Fault {
  const { wrong, right } = LIST_FAULTS['broken-line'];
  return { wrong: wrong.replace('{line}', String(line)), right };
}

function inPlace(text: string, place: string, value = ''): string {
  return text.replace('{place}', place).replace('{value}', `\`${value}\``);
}

/** What neither an input nor a file may have, in one line of text. */
const NO_IDS: readonly (readonly [userId: string, fault: (place: string) => Fault])[] = [
  ['.', (place) => fault('dots', place, '.')],
  ['..', (place) => fault('dots', place, '..')],
  ['null', (place) => fault('placeholder', place, 'null')],
  ['user_id', (place) => fault('placeholder', place, 'user_id')],
  ['"kC3n"', (place) => character(place, 'a "', '"kC3n"', 'quote')],
  ["'kC3n'", (place) => character(place, "a '", "'kC3n'", 'quote')],
  ['undefined', (place) => fault('placeholder', place, 'undefined')],
  ['zoe@acme.test', (place) => character(place, 'an @', 'zoe@acme.test', 'at')],
  ['victim?', (place) => character(place, 'a ?', 'victim?', 'other')],
  ['../clients/foo', (place) => character(place, 'a /', '../clients/foo', 'other')],
  ['a%2Fb', (place) => character(place, 'a %', 'a%2Fb', 'other')],
  ['victim#', (place) => character(place, 'a #', 'victim#', 'other')],
  ['a;b', (place) => character(place, 'a ;', 'a;b', 'other')],
  [String.raw`a\b`, (place) => character(place, String.raw`a \ `.trim(), String.raw`a\b`, 'other')],
  ['Zoë', (place) => character(place, 'a ë', 'Zoë', 'other')],
  ['user\u200B-1', (place) => character(place, 'the character U+200B', 'user-1', 'unseen')],
  ['us\uFEFFer', (place) => character(place, 'the character U+FEFF', 'user', 'unseen')],
  ['user\u0001-1', (place) => character(place, 'the character U+0001', 'user-1', 'unseen')],
  ['user\u0085-1', (place) => character(place, 'the character U+0085', 'user -1', 'unseen')],
  [
    'x'.repeat(513),
    (place) => ({
      wrong: inPlace(USER_ID_FAULTS['too-long'], place)
        .replace('{length}', '513')
        .replace('{max}', '512'),
      right: CHARACTER_HINTS.other,
    }),
  ],
];

/** What is refused as JSON, in an input and in a file. */
const NO_LISTS: readonly (readonly [json: string, fault: Fault])[] = [
  ['[]', LIST_FAULTS['no-user']],
  ['["user-1", "user-2"', LIST_FAULTS['broken-array']],
  ['["user-1"]\n["user-2"]', LIST_FAULTS['broken-array']],
  ['{"users":["user-1"]}', LIST_FAULTS['not-a-list']],
  ['{\n  "users": [\n    "user-1"\n  ]\n}', LIST_FAULTS['not-a-list']],
  ['["user-1", 1]', notAUser('entry 2')],
  ['[null]', notAUser('entry 1')],
  ['[["user-1"]]', notAUser('entry 1')],
  ['[{"id":"user-1"}]', notAUser('entry 1')],
  ['[{"user_id":7}]', notAUser('entry 1')],
  ['["user-1", " "]', fault('empty', 'entry 2')],
  ['[".."]', fault('dots', 'entry 1', '..')],
  ['["a,b"]', character('entry 1', 'a comma', 'a,b', 'separator')],
  [String.raw`["a\nb"]`, character('entry 1', 'the character U+000A', 'a b', 'unseen')],
  [String.raw`["a\u0000b"]`, character('entry 1', 'the character U+0000', 'ab', 'unseen')],
  [String.raw`["a","\ud83d"]`, character('entry 2', 'the character U+D83D', '\uFFFD', 'unseen')],
  ['[{"user_id":"a@b"}]', character('entry 1', 'an @', 'a@b', 'at')],
];

const TWO = ['user-2', 'user-1'];

/** Lists that an input and a file take alike. */
const LISTS: readonly (readonly [what: string, text: string, ids?: readonly string[]])[] = [
  ['one', 'user-1', ['user-1']],
  ['one a line', 'user-2\nuser-1'],
  ['lines that end with CRLF', 'user-2\r\nuser-1\r\n'],
  ['each trimmed, with blank lines', '\n  user-2  \n\n\tuser-1\u00A0\n'],
  ['a byte order mark before it', '\uFEFFuser-2\nuser-1'],
  ['a repeated one', 'user-2\nuser-1\nuser-2\n user-1'],
  ['every character of an id', 'aZ9-_.~|:\n...', ['aZ9-_.~|:', '...']],
  ['as long as can be', 'x'.repeat(512), ['x'.repeat(512)]],
  ['an array', '["user-2","user-1"]'],
  [
    'an array over lines, with a byte order mark and CRLF',
    '\uFEFF\n[\r\n  "user-2",\r\n  "user-1"\r\n]\r\n',
  ],
  ['an array of trimmed and repeated ones', '[" user-2", "user-2 "]', ['user-2']],
  ['an array of profiles', '[{"user_id":"user-2","name":"Z"},{"user_id":"user-1"}]'],
  ['an array of both', '["user-2",{"user_id":"user-1"}]'],
];

describe.each(['user-id', 'user-id-file'])('%s', (input) => {
  /** The inputs and files of a step with such a list. */
  const given = (
    text: string | Uint8Array,
  ): Parameters<Awaited<ReturnType<typeof scenario>>['run']> =>
    input === 'user-id'
      ? [{ 'user-id': String(text), concurrency: '1' }]
      : [{ 'user-id-file': 'lists/users', concurrency: '1' }, { files: { 'lists/users': text } }];

  it.concurrent.for(NO_IDS)('refuses %j', async ([userId, faultIn], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(...given(`user-1\n\n${userId}\n`));
    const { wrong, right } = faultIn('line 3');
    expectRefused(result, emulator, inputMessage(input, wrong, right));
  });

  it.concurrent.for(NO_LISTS)('refuses %s', async ([json, { wrong, right }], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const result = await run(...given(json));
    expectRefused(result, emulator, inputMessage(input, wrong, right));
  });

  it.concurrent.for(['', ' ', '\uFEFF\r\n \r\n'])('refuses %j', async (text, context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const result = await run(...given(text));
    const { wrong, right } = LIST_FAULTS['no-user'];
    expectRefused(result, emulator, inputMessage(input, wrong, right));
  });

  it.concurrent.for(LISTS)('takes %s', async ([, text, ids = TWO], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ids }, onTestFinished);
    const result = await run(...given(text));
    expect(result.exitCode).toBe(0);
    expect(requestedUsers(emulator)).toEqual(ids);
  });

  it.concurrent('refuses more users than `max-users`', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const ids = Array.from({ length: 101 }, (_, index) => `user-${index}`);
    const result = await run(...given(ids.join('\n')));
    const { wrong, right } = VALUE_FAULTS['too-many-users'];
    const what = wrong.replace('{users}', '101').replace('{maxUsers}', '100');
    expectRefused(result, emulator, inputMessage(input, what, right));
  });
});

describe('user-id alone', () => {
  it.concurrent.for([
    'user-2,user-1',
    'user-2 user-1',
    ' user-2 ,, user-1,',
    'user-2,\n user-1,\r\nuser-2\n',
  ])('takes several: %j', async (text, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': text, concurrency: '1' });
    expect(result.exitCode).toBe(0);
    expect(requestedUsers(emulator)).toEqual(TWO);
  });

  it.concurrent('says which entry is wrong, and how long it is', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': `user-1, ${'a@'.repeat(101)}` });
    const { wrong, right } = character('entry 2', 'an @', '', 'at');
    const what = wrong.replace('``', 'a text of 202 characters');
    expectRefused(result, emulator, inputMessage('user-id', what, right));
  });

  it.concurrent('counts a repeated user once', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-1,user-2,user-1', 'max-users': '2' });
    expect(result.outputs['removed-count']).toBe('2');
  });

  it.concurrent('is refused beside user-id-file', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const inputs = { ...ONE_USER, 'user-id-file': 'users.txt' };
    const result = await run(inputs, { files: { 'users.txt': 'user-1\n' } });
    const { wrong, right } = LIST_FAULTS['both-lists'];
    expectRefused(result, emulator, inputMessage('user-id', wrong, right));
  });
});

describe('user-id-file alone', () => {
  it.concurrent.for([
    ['a comma', 'user-1\nuser-2,x', character('line 2', 'a comma', 'user-2,x', 'separator')],
    ['a space', 'user-1 user-2', character('line 1', 'a space', 'user-1 user-2', 'separator')],
    ['the header of a CSV', 'id,name\n', character('line 1', 'a comma', 'id,name', 'separator')],
    ['a broken line of JSON', '{"user_id":"user-1"}\n\n{"user_id":', brokenLine(3)],
    ['a plain id after JSON', '{"user_id":"user-1"}\nuser-2', brokenLine(2)],
    [
      'two objects on a line',
      '{"user_id":"user-1"}\n{"user_id":"a"}{"user_id":"b"}',
      brokenLine(2),
    ],
    ['JSON without an id', '{"user_id":"user-1"}\n{"id":"user-2"}', notAUser('line 2')],
    [
      'JSON with an id that is none',
      '{"user_id":"user-1"}\n{"user_id":"a@b"}',
      character('line 2', 'an @', 'a@b', 'at'),
    ],
  ] as const)('refuses %s', async ([, text, { wrong, right }], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id-file': 'users' }, { files: { users: text } });
    expectRefused(result, emulator, inputMessage('user-id-file', wrong, right));
  });

  it.concurrent.for([
    ['Latin-1', 'users', Buffer.from('Zo\u00EB', 'latin1'), 'not-utf-8', ''],
    ['UTF-16', 'users', Buffer.from('\uFEFFuser-1', 'utf16le'), 'not-utf-8', ''],
    ['a file that is missing', 'no/users', '', 'unreadable', 'ENOENT'],
    ['a folder', '.', '', 'not-regular', ''],
    [
      'a file below a file',
      'users/users',
      '',
      'unreadable',
      process.platform === 'win32' ? 'ENOENT' : 'ENOTDIR',
    ],
  ] as const)('refuses %s', async ([, file, content, kind, code], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id-file': file }, { files: { users: content } });
    const { wrong, right } = FILE_FAULTS[kind];
    const path = `\`${join(result.workspace, file)}\``;
    const what = wrong.replace('{code}', code).replace('{path}', path);
    expectRefused(result, emulator, inputMessage('user-id-file', what, right));
  });

  it.concurrent.for([
    ['JSON Lines', '{"user_id":"user-2"}\r\n\r\n{"user_id":" user-1 ","name":"Z"}\r\n'],
    ['one profile over lines', '{\n  "user_id": "user-1"\n}\n', ['user-1']],
  ] as const)('takes %s', async ([, text, ids = TWO], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const inputs = { 'user-id-file': 'users', concurrency: '1' };
    const result = await run(inputs, { files: { users: text } });
    expect(result.exitCode).toBe(0);
    expect(requestedUsers(emulator)).toEqual(ids);
  });

  it.concurrent('takes what `GET /api/users` answers', async ({ onTestFinished }) => {
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

  it.concurrent('is read from an absolute path', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const first = await run(ONE_USER, { files: { 'users.txt': 'user-2' } });
    const result = await run({ 'user-id-file': `${first.workspace}/users.txt` });
    expect(result.outputs['removed-count']).toBe('1');
  });

  it.concurrent(
    'is relative to the workspace, wherever the process was started',
    async ({ onTestFinished }) => {
      const { run } = await scenario({}, onTestFinished);
      const other = await run(ONE_USER, { files: { 'users.txt': 'user-2' } });
      const result = await run(
        { 'user-id-file': 'users.txt' },
        { env: { GITHUB_WORKSPACE: other.workspace }, files: { 'users.txt': 'user-3' } },
      );
      expect(result.outputs['results']).toContain('"user_id":"user-2"');
    },
  );
});
