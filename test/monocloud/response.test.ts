import type { IncomingHttpHeaders } from 'node:http';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../src/monocloud/json.ts';
import { aboutUser, parseProfile, readResponse } from '../../src/monocloud/response.ts';
import { userId } from '../removal/scripted-api.ts';

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

interface Given {
  readonly status?: number;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: string | Uint8Array;
}

function read({ status = 200, headers = {}, body = '' }: Given): ReturnType<typeof readResponse> {
  return readResponse({ status, headers, body: Buffer.from(body) }, NOON);
}

function waitMs(headers: IncomingHttpHeaders): number | false | undefined {
  const response = read({ status: 503, headers });
  return response.kind === 'error' && response.retryAfterMs;
}

describe('a profile', () => {
  it('is kept as it was sent', () => {
    const text = ' {"user_id":"ada","b":12345678901234567890,\n"a":1.0} ';
    expect(parseProfile(text)).toEqual({ text, userId: 'ada', hasUsername: false });
  });

  it.each([
    ['', false],
    [',"username":null', false],
    [',"username":""', false],
    [',"username":{"username":"ada"}', true],
    [',"username":"ada"', true],
    [',"username":{}', true],
    [',"username":false', true],
    [',"username":0', true],
  ])('with %j has a username: %s', (member, hasUsername) => {
    expect(parseProfile(`{"user_id":"a"${member}}`)?.hasUsername).toBe(hasUsername);
  });

  it.each([
    '',
    'null',
    '[]',
    '"{}"',
    '1',
    '{"user_id":"a"',
    '{"user_id":"a"}{}',
    '<html>',
    '{}',
    '{"user_id":7}',
    '{"user_id":null}',
    '{"message":"maintenance"}',
    '[{"user_id":"a"}]',
  ])('%j is none', (text) => {
    expect(parseProfile(text)).toBeUndefined();
  });

  it('is any JSON object with a string user_id, and nothing else', () => {
    const nearly = fc.record({ user_id: fc.oneof(fc.string(), fc.jsonValue()) });
    fc.assert(
      fc.property(fc.oneof(nearly, fc.jsonValue()), (value) => {
        const isProfile =
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          'user_id' in value &&
          typeof value.user_id === 'string';
        expect(parseProfile(JSON.stringify(value)) !== undefined).toBe(isProfile);
      }),
    );
  });
});

describe('a response', () => {
  const body = '{"user_id":"ada"}';

  it('with 200 and a profile is one, with or without a BOM', () => {
    const profile = { text: body, userId: 'ada', hasUsername: false };
    expect(read({ body })).toEqual({ kind: 'profile', status: 200, profile });
    expect(read({ body: `\uFEFF${body}` })).toEqual({ kind: 'profile', status: 200, profile });
  });

  it.each([201, 202, 204, 206, 299])('with %i and a profile proves nothing', (status) => {
    expect(read({ status, body })).toMatchObject({
      kind: 'error',
      status,
      reason: { kind: 'not-proven', body: 'object' },
    });
  });

  it.each([
    [new Uint8Array([0xff]), 'not-utf-8'],
    ['', 'empty'],
    [' \n', 'empty'],
    ['<html>', 'web-page'],
    [' \n<!doctype html>', 'web-page'],
    ['{"html":"<p>"}', 'object'],
    ['[]', 'not-an-object'],
    ['"text"', 'not-an-object'],
    ['{"user_id":"a"', 'not-an-object'],
    ['{}', 'object'],
    ['{"user_id":7}', 'object'],
  ])('with 200 and %j proves nothing: %s', (given, unexpected) => {
    expect(read({ body: given })).toEqual({
      kind: 'error',
      status: 200,
      reason: { kind: 'not-proven', body: unexpected },
      retryAfterMs: undefined,
    });
  });

  it.each(['application/problem+json', ' Application/Problem+JSON ; charset=utf-8'])(
    'with 200 and the content type %j is an error',
    (contentType) => {
      const sent = '{"user_id":"ada","title":"T"}';
      expect(read({ body: sent, headers: { 'content-type': contentType } })).toMatchObject({
        kind: 'error',
        status: 200,
        reason: { kind: 'problem', problem: { title: 'T', sent } },
      });
    },
  );

  it('with another content type is read all the same', () => {
    const others = [
      'text/plain',
      'application/problem+jsonx',
      'text/x; a=application/problem+json',
    ];
    for (const contentType of others) {
      expect(read({ body, headers: { 'content-type': contentType } }).kind).toBe('profile');
    }
  });

  it.each([400, 401, 404, 422, 500, 503, 599])('with %i has its problem details', (status) => {
    const withProblem = read({ status, body: '{"title":"T"}' });
    expect(withProblem).toMatchObject({ kind: 'error', status, reason: { kind: 'problem' } });
    for (const none of ['', '<html>', '[]', new Uint8Array([0xff])]) {
      expect(read({ status, body: none })).toMatchObject({
        kind: 'error',
        status,
        reason: { kind: 'without-problem' },
      });
    }
  });

  it.each([
    ['https://evil.test:8443/path?q', 'evil.test:8443'],
    ['/elsewhere', undefined],
    ['mailto:somebody', undefined],
    [undefined, undefined],
  ])('with 3xx says where it points to, only the host (%j)', (location, host) => {
    const headers = location === undefined ? {} : { location };
    for (const status of [300, 302, 399]) {
      expect(read({ status, headers })).toMatchObject({ reason: { kind: 'redirect', host } });
    }
  });

  it.each([
    ['too large', 'body-too-large'],
    ['encoded', 'body-encoded'],
  ] as const)('with a body that is %s is an error', (given, kind) => {
    for (const status of [200, 302, 404]) {
      expect(readResponse({ status, headers: {}, body: given }, NOON)).toMatchObject({
        kind: 'error',
        status,
        reason: { kind },
      });
    }
  });

  it('has Retry-After, a date by the clock of the server where it says', () => {
    const until = 'Mon, 23 Nov 2026 12:00:10 GMT';
    expect(waitMs({ 'retry-after': '3' })).toBe(3000);
    expect(waitMs({ 'retry-after': until })).toBe(10_000);
    expect(waitMs({ 'retry-after': until, date: 'Mon, 23 Nov 2026 12:00:04 GMT' })).toBe(6000);
    expect(waitMs({ 'retry-after': until, date: 'nonsense' })).toBe(10_000);
    expect(waitMs({})).toBeUndefined();
  });
});

describe('a reading', () => {
  const profile = read({ body: '{"user_id":"ada"}' });

  it('of the user that was asked for is left as it is', () => {
    expect(aboutUser(profile, userId('ada'))).toBe(profile);
  });

  it.each(['bob', 'Ada', 'ada1'])('of %s proves nothing about ada', (other) => {
    expect(aboutUser(profile, userId(other))).toEqual({
      kind: 'error',
      status: 200,
      reason: { kind: 'not-proven', body: 'other-user' },
      retryAfterMs: undefined,
    });
  });

  it('that is an error stays one', () => {
    const error = read({ status: 404 });
    expect(aboutUser(error, userId('ada'))).toBe(error);
  });
});

describe('UTF-8', () => {
  it('loses its BOM and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeUtf8(Buffer.from(`\uFEFF${text}`))).toBe(text);
      }),
    );
  });

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]], [[0xc0, 0x80]]])(
    '%j is not UTF-8',
    (bytes) => {
      expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined();
    },
  );
});
