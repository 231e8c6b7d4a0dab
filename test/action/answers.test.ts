import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1' };
const PROBLEM_JSON = { 'content-type': 'application/problem+json' };
const HTML = { 'content-type': 'text/html' };
const REDIRECTS = [300, 301, 302, 303, 304, 307, 308];
const RETRIED = [408, 429, 500, 502, 503, 504];
const MIB = 1_048_576;

function resultsOf(outcome: string, status: number | null, attempts: number): string {
  return JSON.stringify([{ user_id: 'user-1', outcome, status, attempts }]);
}

/** Answers of success that prove nothing, with the words for each. */
const UNPROVEN: readonly (readonly [name: string, fault: Fault, status: number, why: string])[] = [
  ['a web page', { kind: 'html' }, 200, '200 with a web page'],
  [
    'a web page called JSON',
    { kind: 'answer', status: 200, body: ' \n<html>' },
    200,
    '200 with a web page',
  ],
  ['nothing', { kind: 'answer', status: 200 }, 200, '200 with an empty body'],
  [
    'an array',
    { kind: 'answer', status: 200, body: '[{"user_id":"user-1"}]' },
    200,
    '200 with a body that is not a JSON object',
  ],
  [
    'null',
    { kind: 'answer', status: 200, body: 'null' },
    200,
    '200 with a body that is not a JSON object',
  ],
  [
    'a text',
    { kind: 'answer', status: 200, body: '"user-1"' },
    200,
    '200 with a body that is not a JSON object',
  ],
  [
    'JSON that is cut off',
    { kind: 'answer', status: 200, body: '{"user_id":"user-1"' },
    200,
    '200 with a body that is not a JSON object',
  ],
  [
    'two objects',
    { kind: 'answer', status: 200, body: '{} {}' },
    200,
    '200 with a body that is not a JSON object',
  ],
  [
    'bytes that are not UTF-8',
    { kind: 'answer', status: 200, body: Buffer.from('{"name":"Zo\u00EB"}', 'latin1') },
    200,
    '200 with a body that is not UTF-8',
  ],
  [
    'an encoded body',
    {
      kind: 'answer',
      status: 200,
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('{"user_id":"user-1"}'),
    },
    200,
    '200 with a content encoding that was not asked for',
  ],
  [
    'a body that is said to be encoded',
    { kind: 'answer', status: 200, headers: { 'content-encoding': 'br' }, body: '{}' },
    200,
    '200 with a content encoding that was not asked for',
  ],
  [
    'too much',
    { kind: 'oversize', bytes: MIB },
    200,
    `200 with a body of more than ${MIB} bytes, which was cut off`,
  ],
  ['202', { kind: 'answer', status: 202 }, 202, '202 with an empty body'],
  ['204', { kind: 'answer', status: 204 }, 204, '204 with an empty body'],
  [
    '206 and a part',
    { kind: 'answer', status: 206, body: '{"user_id"' },
    206,
    '206 with a body that is not a JSON object',
  ],
];

/** What to check, which the error says for these. */
const HINTS: ReadonlyMap<number, string> = new Map([
  [401, 'Check the secret that holds the API key'],
  [402, 'Check the plan of the tenant'],
  [403, 'Check the permissions of the API key'],
  [404, 'Check the user id and that the user belongs to this tenant'],
]);

const FINAL = [
  [400, 'Bad Request', 'failed'],
  [401, 'Unauthorized', 'failed'],
  [402, 'Payment Required', 'failed'],
  [403, 'Forbidden', 'failed'],
  [404, 'Not Found', 'not-found'],
  [409, 'Conflict', 'failed'],
  [422, 'Unprocessable Entity', 'failed'],
  [423, 'Locked', 'failed'],
  [451, 'Unavailable For Legal Reasons', 'failed'],
  [499, '', 'failed'],
  [501, 'Not Implemented', 'failed'],
  [507, 'Insufficient Storage', 'failed'],
] as const;

describe('200 with a JSON object', () => {
  it.concurrent.for([
    ['the profile', undefined],
    ['an object with nothing in it', '{}'],
    ['an object after a byte order mark', '\uFEFF{"user_id":"user-1"}'],
    ['a username that is null', '{"user_id":"user-1","username":null}'],
    ['a username that is empty', '{"user_id":"user-1","username":""}'],
  ] as const)('means removed: %s', async ([, body], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    if (body !== undefined) emulator.misbehave({ kind: 'answer', status: 200, body });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(result.outputs).toMatchObject({ status: '200', results: resultsOf('removed', 200, 1) });
  });

  it.concurrent.for(['identity', ' Identity '])(
    'is taken with the content encoding %j, which is none',
    async (encoding, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const headers = { 'content-encoding': encoding };
      emulator.misbehave({ kind: 'answer', status: 200, headers, body: '{}' });
      const result = await run(ONE_USER);
      expect(result.outputs).toMatchObject({ profile: '{}', 'removed-count': '1' });
    },
  );

  it.concurrent.for(['{"username":"login"}', '{"username":{"id":"1"}}', '{"username":false}'])(
    'that still shows a username is told with a warning: %s',
    async (body, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'answer', status: 200, body });
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(0);
      expect(result.annotations).toEqual([
        {
          kind: 'warning',
          title: 'Profile still shows a username',
          message:
            'User user-1: the API said that the username is removed, but the profile it sent still ' +
            'shows one. Look the user up if in doubt.',
        },
      ]);
      expect(result.outputs).toMatchObject({ profile: body, 'removed-count': '1' });
    },
  );

  it.concurrent('that names another user is told with a warning', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const body = '{"user_id":"UOtBaOybB6dTpIJNrnkRw"}';
    emulator.misbehave({ kind: 'answer', status: 200, body });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([
      {
        kind: 'warning',
        title: 'Profile names another user',
        message:
          'User user-1: the profile that came back names another user id (UOtBaOybB6dTpIJNrnkRw).',
      },
    ]);
  });

  it.concurrent(
    "that is the API's own example does both and succeeds",
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const body = '{"user_id":"UOtBaOybB6dTpIJNrnkRw","username":{"username":"username"}}';
      emulator.misbehave({ kind: 'answer', status: 200, body });
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(0);
      expect(result.annotations.map(({ kind }) => kind)).toEqual(['warning', 'warning']);
    },
  );
});

describe('a success that proves nothing', () => {
  it.concurrent.for(UNPROVEN)('is a failure: %s', async ([, fault, status, why], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(fault, { next: Infinity });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(1);
    expect(emulator.requests).toHaveLength(1);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: String(status),
      results: resultsOf('failed', status, 1),
      'removed-count': '0',
      'failed-count': '1',
    });
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]?.message).toContain(`The API answered ${why}.`);
    expect(JSON.parse(result.outputs['problem'] ?? '')).toMatchObject({
      detail: `The API answered ${why}.`,
      status,
    });
  });

  it.concurrent('is one of another status, also with a profile', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 201, body: '{"user_id":"user-1"}' });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ profile: '', results: resultsOf('failed', 201, 1) });
    expect(result.annotations[0]?.message).toContain('MonoCloud answered 201 Created.');
    expect(result.annotations[0]?.message).toContain(
      'The API answered 201 with a JSON object, which counts only with the status 200.',
    );
  });

  it.concurrent.for(['application/problem+json', ' Application/Problem+JSON; charset=utf-8'])(
    'is one that calls itself a problem: %s',
    async (type, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const body = '{"title":"Too soon","detail":"Try tomorrow."}';
      emulator.misbehave({ kind: 'answer', status: 200, headers: { 'content-type': type }, body });
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(1);
      expect(result.outputs).toMatchObject({
        profile: '',
        status: '200',
        problem: body,
        results: resultsOf('failed', 200, 1),
      });
      expect(result.annotations[0]?.message).toContain('200 OK. Too soon. Try tomorrow.');
    },
  );
});

describe('a redirect', () => {
  it.concurrent.for(REDIRECTS)('is not followed: %i', async (status, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const location = `${emulator.origin}/api/users/user-2/username`;
    emulator.misbehave({ kind: 'redirect', status, location }, { next: Infinity });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(1);
    expect(emulator.requests).toHaveLength(1);
    expect(result.outputs).toMatchObject({
      status: String(status),
      results: resultsOf('failed', status, 1),
    });
    expect(result.annotations[0]?.message).toContain('Redirect not followed.');
  });
});

describe('a status that is final', () => {
  it.concurrent.for(FINAL)('%i %s: %s', async ([status, reason, outcome], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const body = JSON.stringify({ title: 'No', detail: `Because of ${status}.`, status: 200 });
    const fault = { kind: 'answer', status, headers: PROBLEM_JSON, body } as const;
    emulator.misbehave(fault, { next: Infinity });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(1);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE']);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: String(status),
      problem: body,
      results: resultsOf(outcome, status, 1),
      'removed-count': '0',
      'failed-count': '1',
    });
    expect(result.annotations).toHaveLength(1);
    const [error] = result.annotations;
    const answered = `User user-1: MonoCloud answered ${`${status} ${reason}`.trim()}.`;
    const hint = HINTS.get(status);
    expect(error).toMatchObject({ kind: 'error', title: 'Username not removed' });
    expect(error?.message).toContain(
      `${answered} No. Because of ${status}.${hint === undefined ? '' : ` ${hint}`}`,
    );
    if (hint === undefined) expect(error?.message).not.toContain('Check');
  });

  it.concurrent('is the one of HTTP, whatever the problem says', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 400, problem: { status: 503, title: 'No' } });
    const result = await run(ONE_USER);
    expect(result.outputs['status']).toBe('400');
    expect(emulator.requests).toHaveLength(1);
    expect(result.annotations[0]?.message).toContain('MonoCloud answered 400 Bad Request. No.');
  });

  it.concurrent('is 404 with on-not-found: ignore a success', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-9', 'on-not-found': 'ignore' });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(result.outputs).toMatchObject({
      status: '404',
      problem: '',
      results: '[{"user_id":"user-9","outcome":"not-found","status":404,"attempts":1}]',
      'removed-count': '0',
      'failed-count': '0',
    });
    expect(result.log).toContain(
      'User user-9: does not exist, which `on-not-found: ignore` accepts.\n',
    );
  });

  it.concurrent(
    'is a 404 that may be of another server told of where it is ignored',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'html', status: 404 });
      const result = await run({ ...ONE_USER, 'on-not-found': 'ignore' });
      expect(result.exitCode).toBe(0);
      expect(result.annotations).toMatchObject([
        { kind: 'warning', title: 'Not found, without problem details' },
      ]);
    },
  );

  it.concurrent('is 422 with on-not-found: ignore a failure still', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: [{ id: 'user-1', username: null }] }, onTestFinished);
    const result = await run({ ...ONE_USER, 'on-not-found': 'ignore' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs['status']).toBe('422');
  });

  it.concurrent(
    'is 404 with too much in it not a missing user to ignore',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'oversize', bytes: MIB, status: 404 });
      const result = await run({ ...ONE_USER, 'on-not-found': 'ignore' });
      expect(result.exitCode).toBe(1);
      expect(result.outputs).toMatchObject({ status: '404', results: resultsOf('failed', 404, 1) });
    },
  );
});

describe('a status that may pass', () => {
  it.concurrent.for(RETRIED)('%i is retried to success', async (status, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
    expect(result.outputs).toMatchObject({
      status: '200',
      problem: '',
      results: resultsOf('removed', 200, 2),
    });
    expect(result.log).toMatch(
      new RegExp(`^User user-1: ${status} .*\\. Trying again in .* \\(try 2 of 4\\)\\.$`, 'mu'),
    );
  });

  it.concurrent.for(RETRIED)('%i is retried to the end', async (status, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const problem = { title: 'Busy', detail: 'Later.' };
    emulator.misbehave({ kind: 'problem', status, problem }, { next: Infinity });
    const result = await run({ ...ONE_USER, retries: '1' });
    expect(result.exitCode).toBe(1);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
    expect(result.outputs).toMatchObject({
      status: String(status),
      problem: JSON.stringify(problem),
      results: resultsOf('failed', status, 2),
    });
    expect(result.annotations[0]?.message).toContain('Busy. Later. There were 2 tries.');
  });

  it.concurrent.for([
    ['too much', { kind: 'oversize', bytes: MIB, status: 503 }],
    ['encoded', { kind: 'answer', status: 503, headers: { 'content-encoding': 'gzip' } }],
    ['a web page', { kind: 'answer', status: 503, headers: HTML, body: '<p>Back soon</p>' }],
  ] as const)('is retried whatever its body: %s', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave(fault);
    const result = await run(ONE_USER);
    expect(result.outputs['results']).toBe(resultsOf('removed', 200, 2));
  });
});
