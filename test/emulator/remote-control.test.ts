import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from './emulator.ts';
import type { Emulator } from './emulator.ts';
import { ask } from './http-client.ts';
import type { ClientResponse } from './http-client.ts';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ users: 2 });
});

afterEach(async () => {
  await emulator.close();
});

function order(body: string): Promise<ClientResponse> {
  return ask(`${emulator.origin}/emulator/faults`, { method: 'POST', body });
}

function remove(id: string): Promise<ClientResponse> {
  const headers = { 'X-API-Key': emulator.apiKey };
  return ask(`${emulator.origin}/api/users/${id}/username`, { method: 'DELETE', headers });
}

describe('POST /emulator/faults', () => {
  it('makes it misbehave', async () => {
    const fault = { kind: 'answer', status: 503, headers: { 'Retry-After': '1' } };
    const when = { user: 'user-2', method: 'DELETE', next: 1 };
    expect(await order(JSON.stringify({ fault, when }))).toMatchObject({ status: 204 });
    expect((await remove('user-1')).status).toBe(200);
    expect((await remove('user-2')).status).toBe(503);
    expect((await remove('user-2')).status).toBe(200);
  });

  it.each([
    { kind: 'late', ms: 0 },
    { kind: 'problem', status: 400, problem: {}, retryAfter: 1 },
    { kind: 'rate-limited', retryAfter: '1' },
    { kind: 'drop', apply: true },
    { kind: 'break-off', how: 'chunked', after: 0 },
    { kind: 'stall', where: 'body' },
    { kind: 'drip', everyMs: 1, bytes: 1 },
    { kind: 'redirect', status: 301, location: '/' },
    { kind: 'html' },
    { kind: 'oversize', bytes: 1, status: 500 },
    { kind: 'informational', status: 103, everyMs: 1 },
    { kind: 'raw', bytes: '' },
  ])('knows $kind', async (fault) => {
    expect(await order(JSON.stringify({ fault }))).toMatchObject({ status: 204 });
  });

  it.each([
    ['{', 'The body must be a JSON object with a fault.'],
    ['[]', 'The body must be a JSON object with a fault.'],
    ['{}', 'The fault must be an object.'],
    ['{"fault":{"kind":"toString"}}', "The fault's kind must be one of late, answer, "],
    ['{"fault":{"kind":"late"}}', "The fault's ms is missing."],
    ['{"fault":{"kind":"late","ms":"1"}}', "The fault's ms must be a whole number from 0 up."],
    ['{"fault":{"kind":"drop","aply":true}}', "The fault's aply is not known; known are apply."],
    [
      '{"fault":{"kind":"redirect","status":302,"location":"\\n"}}',
      "The fault's location must be a string that can be sent in a header.",
    ],
    [
      '{"fault":{"kind":"answer","status":200,"headers":{"a b":"c"}}}',
      "The fault's headers must be an object of strings or lists of strings.",
    ],
    ['{"fault":{"kind":"drop"},"when":[]}', 'when must be an object.'],
    [
      '{"fault":{"kind":"drop"},"when":{"next":-1}}',
      "when's next must be a whole number from 0 up.",
    ],
    ['{"fault":{"kind":"drop"},"then":{}}', 'then is not known; known are fault, when.'],
  ])('refuses %s', async (body, sentence) => {
    const answer = await order(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(sentence);
    expect((await remove('user-1')).status).toBe(200);
  });
});

describe('GET /emulator/state', () => {
  it('counts what has happened, itself aside', async () => {
    await remove('user-1');
    await ask(`${emulator.origin}/api/users/user-2`);
    const { status, body } = await ask(`${emulator.origin}/emulator/state`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      requests: { DELETE: 1, GET: 1 },
      users: { withUsername: 1, withoutUsername: 1 },
      underWay: { now: 0, most: 1 },
      deletedUsers: [],
    });
    expect(emulator.requests).toHaveLength(2);
  });

  it('anything else below /emulator is unknown', async () => {
    const answer = await ask(`${emulator.origin}/emulator/users`);
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('GET /emulator/state');
  });
});
