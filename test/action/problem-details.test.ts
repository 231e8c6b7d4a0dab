import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../emulator/faults.ts';
import { RESPONSE_FAULTS } from '../../src/report/messages.ts';
import { userRecords } from './evidence.ts';
import { ONE_USER, scenario } from './scenario.ts';

const PROBLEM_JSON = { 'content-type': 'application/problem+json' };
const NONE = RESPONSE_FAULTS['without-problem'].text;

/** Bodies that hold no problem details. */
const NOTHING: readonly (readonly [name: string, body: Bytes])[] = [
  ['nothing', ''],
  ['a web page', '<!doctype html><title>Error</title>'],
  ['bytes that are not UTF-8', Buffer.from('{"title":"Zo\u00EB"}', 'latin1')],
];

/** Problem details in every shape, with what the error says after the status. */
const SOMETHING: readonly (readonly [name: string, problem: object, said: string])[] = [
  [
    'a list of code and description',
    {
      title: 'Invalid',
      detail: 'See errors.',
      errors: [
        { code: 'UsernameNotFound', description: 'The user does not have a username.' },
        { code: 'Other', description: 'Another one' },
      ],
    },
    'Invalid. See errors. UsernameNotFound: The user does not have a username. Other: Another one.',
  ],
  [
    'an object of field to messages',
    {
      title: 'Invalid',
      errors: { username: ['is required', 'is too short'], '': ['something else'] },
    },
    'Invalid. username: is required. username: is too short. something else.',
  ],
  ['a title like the reason', { title: 'Bad Request', detail: 'No!' }, 'No!'],
  ['nothing at all', {}, ''],
  [
    'errors of the wrong types',
    { title: 'No', errors: [1, null, [2], { code: 3 }, { code: 'a', description: 4 }] },
    'No. a.',
  ],
  ['fields of the wrong types', { title: 'No', errors: { a: [1, null], b: { c: 'd' } } }, 'No.'],
];

describe('a body without problem details', () => {
  it.concurrent.for(NOTHING)('makes one of what is known: %s', async ([, body], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 400, headers: PROBLEM_JSON, body });
    const result = await run(ONE_USER);
    // What does not send problem details may be something before MonoCloud.
    const detail = `The server answered 400 Bad Request. ${NONE}`;
    const problem = JSON.stringify({ title: '400 Bad Request', detail, status: 400 });
    expect(result.outputs).toMatchObject({ status: '400', problem });
    expect(result.annotations[0]?.message).toBe(`User user-1: ${detail}`);
  });

  it.concurrent('makes one of the number where the status has no name', async (context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 499, body: '' });
    const result = await run(ONE_USER);
    expect(result.outputs['problem']).toBe(
      JSON.stringify({ title: '499', detail: `The server answered 499. ${NONE}`, status: 499 }),
    );
  });
});

describe('problem details', () => {
  it.concurrent.for(SOMETHING)(
    'are said and handed on as they came: %s',
    async ([, problem, said], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'problem', status: 400, problem });
      const result = await run(ONE_USER);
      expect(result.outputs).toMatchObject({ status: '400', problem: JSON.stringify(problem) });
      expect(result.annotations[0]?.message).toBe(
        `User user-1: MonoCloud answered 400 Bad Request. ${said}`.trim(),
      );
    },
  );

  it.concurrent.for([
    ['application/json', '{ "title":"No",\n\t"n":12345678901234567890.10 }'],
    ['text/plain', '{"b":1,"a":2,"b":3,"title":"No"}'],
    ['', '{"title":"\\u004eo","x":1e400}'],
  ] as const)('are taken byte for byte, also as %j', async ([type, body], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const headers = { 'content-type': type };
    emulator.misbehave({ kind: 'answer', status: 422, headers, body: `\uFEFF${body}` });
    const result = await run(ONE_USER);
    expect(result.outputs['problem']).toBe(body);
    expect(result.annotations[0]?.message).toContain('No.');
  });

  it.concurrent.for([
    ['of exactly 100 KiB', 102_400, true],
    ['of a byte more', 102_401, false],
  ] as const)('%s', async ([, bytes, kept], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const head = '{"title":"Wordy","detail":"Zoë","padding":"';
    const body = `${head}${'x'.repeat(bytes - Buffer.byteLength(head) - 2)}"}`;
    emulator.misbehave({ kind: 'answer', status: 400, headers: PROBLEM_JSON, body });
    const result = await run(ONE_USER);
    const made = '{"title":"Wordy","detail":"Zoë","status":400}';
    expect(result.outputs['problem']).toBe(kept ? body : made);
    const [user] = userRecords(result);
    expect(JSON.stringify(user?.['problem'])).toBe(kept ? body : made);
  });

  it.concurrent(
    'too large for an output stay within one where all is in the detail',
    async (context) => {
      const { emulator, run } = await scenario({}, context.onTestFinished);
      const problem = { title: 'T'.repeat(60_000), detail: 'd'.repeat(60_000) };
      emulator.misbehave({ kind: 'problem', status: 400, problem });
      const result = await run(ONE_USER);
      expect(JSON.parse(result.outputs['problem'] ?? '')).toEqual({
        title: `${'T'.repeat(999)}…`,
        detail: `${'d'.repeat(999)}…`,
        status: 400,
      });
      expect(result.annotations[0]?.message.length).toBeLessThan(4096);
    },
  );
});
