import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../emulator/emulator.ts';
import type { Emulator } from '../../emulator/emulator.ts';
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

function configure(body: string): Promise<ClientResponse> {
  return ask(`${emulator.origin}/emulator/settings`, { method: 'POST', body });
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

  it('takes several, and for all requests to come', async () => {
    const fault = { kind: 'answer', status: 503 };
    const orders = [
      { fault: { kind: 'rate-limited', retryAfter: 1 } },
      { fault, when: { next: 'all' } },
    ];
    expect(await order(JSON.stringify(orders))).toMatchObject({ status: 204 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await remove('user-1')).status);
    expect(statuses).toEqual([429, 503, 503]);

    const faults = `${emulator.origin}/emulator/faults`;
    expect(await ask(faults, { method: 'DELETE' })).toMatchObject({ status: 204 });
    expect((await remove('user-1')).status).toBe(200);
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
    { kind: 'profile-of', user: 'user-2', apply: true },
    { kind: 'second-answer', afterMs: 1, status: 500, headers: { a: ['b'] }, body: '' },
    { kind: 'large-headers', bytes: 40_960 },
  ])('knows $kind', async (fault) => {
    expect(await order(JSON.stringify({ fault }))).toMatchObject({ status: 204 });
  });

  it.each([
    ['{', 'The faults must be valid JSON.'],
    ['7', 'It must be an object.'],
    ['[{"fault":{"kind":"drop"}},{"fault":7}]', 'faults[1].fault must be an object.'],
    ['{}', 'fault is missing.'],
    ['{"fault":"drop"}', 'fault must be an object.'],
    ['{"fault":{"kind":"toString"}}', 'fault.kind must be one of late, answer, '],
    ['{"fault":{"kind":"late"}}', 'fault.ms is missing.'],
    ['{"fault":{"kind":"late","ms":"1"}}', 'fault.ms must be a whole number from 0 up.'],
    ['{"fault":{"kind":"drop","aply":true}}', 'fault.aply is not known; known are apply.'],
    [
      '{"fault":{"kind":"redirect","status":302,"location":"\\n"}}',
      'fault.location must be a string that can be sent in a header.',
    ],
    [
      '{"fault":{"kind":"answer","status":200,"headers":{"a b":"c"}}}',
      'fault.headers must be an object of strings or lists of strings.',
    ],
    ['{"fault":{"kind":"drop"},"when":[]}', 'when must be an object.'],
    [
      '{"fault":{"kind":"drop"},"when":{"next":-1}}',
      "when.next must be a whole number from 0 up or 'all'.",
    ],
    ['{"fault":{"kind":"drop"},"then":{}}', 'then is not known; known are fault, when.'],
  ])('refuses %s', async (body, sentence) => {
    const answer = await order(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(sentence);
    expect((await remove('user-1')).status).toBe(200);
  });
});

describe('POST /emulator/settings', () => {
  it('sets limits and takes them away', async () => {
    const settings = '{"rateLimit": {"perSecond": 1, "retryAfter": 3}, "latency": 1}';
    expect(await configure(settings)).toMatchObject({ status: 204 });
    await remove('user-1');
    expect(await remove('user-2')).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
    const state = await ask(`${emulator.origin}/emulator/state`);
    expect(JSON.parse(state.body)).toMatchObject({ accepted: 1, throttled: 1 });

    expect(await configure('{"rateLimit": null}')).toMatchObject({ status: 204 });
    expect((await remove('user-2')).status).toBe(200);
  });

  it.each([
    '{"unavailable": {"forMs": 10, "status": 503, "retryAfter": 1}}',
    '{"maxInFlight": {"limit": 2, "status": 429, "retryAfter": "soon"}}',
    '{"closeKept": "on-next-request"}',
    '{"closeKept": false}',
  ])('knows %s', async (body) => {
    expect(await configure(body)).toMatchObject({ status: 204 });
  });

  it.each([
    ['[]', 'It must be an object.'],
    ['{', 'The settings must be valid JSON.'],
    ['{"rateLimit": {}}', 'rateLimit.perSecond is missing.'],
    ['{"rateLimit": {"perSecond": 0}}', 'rateLimit.perSecond must be a whole number from 1 up.'],
    ['{"latncy": 1}', 'latncy is not known; known are latency, rateLimit, '],
    ['{"closeKept": "now"}', 'closeKept must be one of true, false, after-answer, '],
  ])('refuses %s', async (body, sentence) => {
    const answer = await configure(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(sentence);
  });
});

describe('POST /emulator/stop', () => {
  it('answers with the state, and then ends it', async () => {
    await remove('user-1');
    const { status, body } = await ask(`${emulator.origin}/emulator/stop`, { method: 'POST' });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ requests: { DELETE: 1 } });
    await emulator.closed;
    await expect(remove('user-2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
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
      accepted: 2,
      throttled: 0,
      inFlight: { now: 0, most: 1 },
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
