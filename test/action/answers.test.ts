import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Bytes, Fault } from '../../emulator/faults.ts';
import { parseJsonObject } from '../../src/monocloud/json.ts';
import {
  HINTS,
  IGNORED_RESULT,
  NOT_DONE_TITLES,
  NOTES,
  RESPONSE_FAULTS,
  UNEXPECTED_BODIES,
} from '../../src/report/messages.ts';
import { resultsOfOne } from './evidence.ts';
import { methodsOf } from './requests.ts';
import { ONE_USER, scenario } from './scenario.ts';

const PROBLEM_JSON = { 'content-type': 'application/problem+json' };
const HTML = { 'content-type': 'text/html' };
const PROFILE = '{"user_id":"user-1"}';
const RETRIED = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530];
const MIB = 1_048_576;
const FOR_EVER = { next: Infinity };
const REMOVALS = { method: 'DELETE', next: Infinity };

function answer(body: Bytes, status = 200, headers: Record<string, string> = {}): Fault {
  return { kind: 'answer', status, body, headers };
}

/** Answers of success that prove nothing, with what is said of each. */
const UNPROVEN: readonly (readonly [name: string, fault: Fault, status: number, why: string])[] = [
  ['a web page', { kind: 'html' }, 200, UNEXPECTED_BODIES['web-page']],
  ['a web page called JSON', answer(' \n<html>'), 200, UNEXPECTED_BODIES['web-page']],
  ['nothing', { kind: 'answer', status: 200 }, 200, UNEXPECTED_BODIES.empty],
  ['an array', answer(`[${PROFILE}]`), 200, UNEXPECTED_BODIES['not-an-object']],
  ['null', answer('null'), 200, UNEXPECTED_BODIES['not-an-object']],
  ['a text', answer('"user-1"'), 200, UNEXPECTED_BODIES['not-an-object']],
  ['JSON that is cut off', answer('{"user_id":"u"'), 200, UNEXPECTED_BODIES['not-an-object']],
  ['two objects', answer(PROFILE.repeat(2)), 200, UNEXPECTED_BODIES['not-an-object']],
  ['an object without a user id', answer('{}'), 200, UNEXPECTED_BODIES.object],
  ['another object', answer('{"message":"maintenance"}'), 200, UNEXPECTED_BODIES.object],
  ['a user id that is no text', answer('{"user_id":1}'), 200, UNEXPECTED_BODIES.object],
  ['a user id that is null', answer('{"user_id":null}'), 200, UNEXPECTED_BODIES.object],
  [
    'bytes that are not UTF-8',
    answer(Buffer.from('{"user_id":"Zo\u00EB"}', 'latin1')),
    200,
    UNEXPECTED_BODIES['not-utf-8'],
  ],
  [
    'an encoded body',
    answer(gzipSync(PROFILE), 200, { 'content-encoding': 'gzip' }),
    200,
    RESPONSE_FAULTS['body-encoded'].text,
  ],
  [
    'a body that is said to be encoded',
    answer(PROFILE, 200, { 'content-encoding': 'br' }),
    200,
    RESPONSE_FAULTS['body-encoded'].text,
  ],
  ['too much', { kind: 'oversize', bytes: MIB }, 200, RESPONSE_FAULTS['body-too-large'].text],
  ['201 with a profile', answer(PROFILE, 201), 201, UNEXPECTED_BODIES.object],
  ['202', { kind: 'answer', status: 202 }, 202, UNEXPECTED_BODIES.empty],
  ['204', { kind: 'answer', status: 204 }, 204, UNEXPECTED_BODIES.empty],
  ['206 and a part', answer('{"user_id"', 206), 206, UNEXPECTED_BODIES['not-an-object']],
];

/** Final statuses with their reason, and what the error advises. */
const FINAL: readonly (readonly [status: number, reason: string, hint?: string])[] = [
  [400, ' Bad Request'],
  [401, ' Unauthorized', HINTS[401]],
  [402, ' Payment Required', HINTS[402]],
  [403, ' Forbidden', HINTS[403]],
  [404, ' Not Found', HINTS[404]],
  [409, ' Conflict', HINTS.noUsername],
  [422, ' Unprocessable Entity', HINTS.noUsername],
  [423, ' Locked'],
  [451, ' Unavailable For Legal Reasons'],
  [499, ''],
  [501, ' Not Implemented'],
  [507, ' Insufficient Storage'],
  [525, ''],
];

/** A 5xx may have come after the removal, so the user is read when no attempt is left. */
function reading(status: number): readonly string[] {
  return status >= 500 ? ['GET'] : [];
}

describe('200 with a profile', () => {
  it.concurrent.for([
    ['as the API sends it', undefined],
    ['with nothing but the user id', PROFILE],
    ['after a byte order mark', `\uFEFF${PROFILE}`],
    ['with a username that is null', '{"user_id":"user-1","username":null}'],
    ['with a username that is empty', '{"user_id":"user-1","username":""}'],
  ] as const)('means removed: %s', async ([, body], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    if (body !== undefined) emulator.misbehave(answer(body));
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(result.outputs).toMatchObject({ status: '200', results: resultsOfOne('removed', 200) });
  });

  it.concurrent.for(['identity', ' Identity '])(
    'is accepted with the content encoding %j, which is none',
    async (encoding, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave(answer(PROFILE, 200, { 'content-encoding': encoding }));
      const result = await run(ONE_USER);
      expect(result.outputs).toMatchObject({ profile: PROFILE, 'removed-count': '1' });
    },
  );

  it.concurrent.for([
    ['a username', '{"user_id":"user-1","username":"login"}', ['stillShown']],
    ['a username that is an object', '{"user_id":"user-1","username":{}}', ['stillShown']],
    ['a username that is false', '{"user_id":"user-1","username":false}', ['stillShown']],
    ['another user', '{"user_id":"UOtBaOybB6dTpIJNrnkRw"}', ['otherUser']],
    [
      "both, as the API's own example does",
      '{"user_id":"UOtBaOybB6dTpIJNrnkRw","username":{"username":"username"}}',
      ['stillShown', 'otherUser'],
    ],
  ] as const)('succeeds with a warning where it shows %s', async ([, body, notes], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(answer(body));
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual(
      notes.map((note) => ({
        kind: 'warning',
        title: NOTES[note].title,
        message: NOTES[note].text
          .replace('{user}', 'user-1')
          .replace('{other}', 'UOtBaOybB6dTpIJNrnkRw'),
      })),
    );
    expect(result.outputs).toMatchObject({ profile: body, 'removed-count': '1' });
  });
});

describe('a success that proves nothing', () => {
  it.concurrent.for(UNPROVEN)('is a failure: %s', async ([, fault, status, why], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(fault, FOR_EVER);
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(1);
    expect(methodsOf(emulator)).toEqual(['DELETE']);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: String(status),
      results: resultsOfOne('failed', status),
      'removed-count': '0',
      'failed-count': '1',
    });
    expect(result.annotations).toMatchObject([{ title: NOT_DONE_TITLES.failed }]);
    expect(result.annotations[0]?.message).toContain(why);
    const problem = parseJsonObject(result.outputs['problem'] ?? '');
    expect(problem?.['status']).toBe(status);
    expect(problem?.['detail']).toContain(why);
  });

  it.concurrent.for(['application/problem+json', ' Application/Problem+JSON; charset=utf-8'])(
    'is one that calls itself a problem: %s',
    async (type, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const body = '{"user_id":"user-1","title":"Too soon","detail":"Try tomorrow."}';
      emulator.misbehave(answer(body, 200, { 'content-type': type }));
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(1);
      expect(result.outputs).toMatchObject({
        profile: '',
        status: '200',
        problem: body,
        results: resultsOfOne('failed', 200),
      });
      expect(result.annotations[0]?.message).toContain('200 OK. Too soon. Try tomorrow.');
    },
  );
});

describe('a status that is final', () => {
  it.concurrent.for(FINAL)('%i%s', async ([status, reason, hint], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const body = JSON.stringify({ title: 'No', detail: `Because of ${status}.`, status: 200 });
    emulator.misbehave(answer(body, status, PROBLEM_JSON), REMOVALS);
    const result = await run(ONE_USER);
    const outcome = status === 404 ? 'not-found' : 'failed';
    expect(result.exitCode).toBe(1);
    expect(methodsOf(emulator)).toEqual(['DELETE', ...reading(status)]);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: String(status),
      problem: body,
      results: resultsOfOne(outcome, status),
      'removed-count': '0',
      'failed-count': '1',
    });
    const said = `User user-1: MonoCloud answered ${status}${reason}. No. Because of ${status}.`;
    expect(result.annotations).toEqual([
      {
        kind: 'error',
        title: NOT_DONE_TITLES[outcome],
        message: hint === undefined ? said : `${said} ${hint}`,
      },
    ]);
  });

  it.concurrent('is the one of HTTP, whatever the problem says', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 400, problem: { status: 503, title: 'No' } });
    const result = await run(ONE_USER);
    expect(result.outputs['status']).toBe('400');
    expect(emulator.requests).toHaveLength(1);
    expect(result.annotations[0]?.message).toContain('MonoCloud answered 400 Bad Request. No.');
  });

  it.concurrent.for([402, 403] as const)(
    'is a %i of a firewall where it has no problem details',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'html', status });
      const result = await run(ONE_USER);
      expect(result.annotations[0]?.message).toMatch(/^User user-1: The server answered 40[23]/u);
      expect(result.annotations[0]?.message).toContain(`${HINTS[status]} ${HINTS.firewall}`);
    },
  );

  it.concurrent('is 404 with on-not-found: ignore a success', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: [] }, onTestFinished);
    const result = await run({ ...ONE_USER, 'on-not-found': 'ignore' });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(result.outputs).toMatchObject({
      status: '404',
      problem: '',
      results: resultsOfOne('not-found', 404),
      'removed-count': '0',
      'failed-count': '0',
    });
    expect(result.log).toContain(`${IGNORED_RESULT.replace('{user}', 'user-1')}\n`);
  });

  it.concurrent(
    'is a 404 that may be of another server, which a warning says where it is ignored',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'html', status: 404 });
      const result = await run({ ...ONE_USER, 'on-not-found': 'ignore' });
      expect(result.exitCode).toBe(0);
      expect(result.annotations).toMatchObject([
        { kind: 'warning', title: NOTES.bareNotFound.title },
      ]);
    },
  );

  it.concurrent.for([
    ['422', { kind: 'answer', status: 422 }, 422],
    ['404 with too much in it', { kind: 'oversize', bytes: MIB, status: 404 }, 404],
  ] as const)('is not a missing user to ignore: %s', async ([, fault, status], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    emulator.misbehave(fault);
    const result = await run({ ...ONE_USER, 'on-not-found': 'ignore' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs['results']).toBe(resultsOfOne('failed', status));
  });
});

describe('a status that may pass', () => {
  it.concurrent.for(RETRIED)('%i is retried to success', async (status, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status });
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE']);
    expect(result.outputs).toMatchObject({
      status: '200',
      problem: '',
      results: resultsOfOne('removed', 200, 2),
    });
    expect(result.log).toMatch(
      new RegExp(`^User user-1: ${status}.*\\. Trying again in .* \\(attempt 2 of 4\\)\\.$`, 'mu'),
    );
  });

  it.concurrent.for(RETRIED)('%i is retried to the end', async (status, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const problem = { title: 'Busy', detail: 'Later.' };
    emulator.misbehave({ kind: 'problem', status, problem }, REMOVALS);
    const result = await run({ ...ONE_USER, retries: '1' });
    expect(result.exitCode).toBe(1);
    expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE', ...reading(status)]);
    expect(result.outputs).toMatchObject({
      status: String(status),
      problem: JSON.stringify(problem),
      results: resultsOfOne('failed', status, 2),
    });
    expect(result.annotations[0]?.message).toContain('Busy. Later. Gave up after 2 attempts.');
  });

  it.concurrent.for([
    ['too much', { kind: 'oversize', bytes: MIB, status: 503 }],
    ['encoded', answer('{}', 503, { 'content-encoding': 'gzip' })],
    ['a web page', answer('<p>Back soon</p>', 503, HTML)],
  ] as const)('is retried whatever its body: %s', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave(fault);
    const result = await run(ONE_USER);
    expect(result.outputs['results']).toBe(resultsOfOne('removed', 200, 2));
  });
});
