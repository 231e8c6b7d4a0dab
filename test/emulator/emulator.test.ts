import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../emulator/emulator.ts';
import type { Emulator, EmulatorOptions } from '../../emulator/emulator.ts';
import { ask } from './http-client.ts';
import type { ClientRequest, ClientResponse } from './http-client.ts';
import { requestBytes, sendRaw } from './raw-client.ts';

const someTime: unknown = expect.any(Number);

let emulator: Emulator;

afterEach(async () => {
  await emulator.close();
});

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ users: 3, ...options });
}

function remove(id: string, options: ClientRequest = {}): Promise<ClientResponse> {
  return ask(`${emulator.origin}/api/users/${id}/username`, {
    method: 'DELETE',
    headers: { 'X-API-Key': emulator.apiKey },
    ...options,
  });
}

describe('what is recorded', () => {
  it('a request as it arrived', async () => {
    await start();
    const raw = 'X-aPi-KeY: one\r\nX-Api-Key: two\r\nContent-Length: 4';
    const head = `PUT /api/users/a%2fb/../c?d HTTP/1.1\r\nHost: h\r\n${raw}\r\n\r\nbody`;
    const connection = sendRaw(emulator.port, head);
    await connection.until((received) => received.includes('\r\n\r\n'));
    connection.close();

    expect(emulator.requests).toEqual([
      {
        method: 'PUT',
        path: '/api/users/a%2fb/../c?d',
        headers: { host: 'h', 'x-api-key': 'one, two', 'content-length': '4' },
        rawHeaders: [
          ['Host', 'h'],
          ['X-aPi-KeY', 'one'],
          ['X-Api-Key', 'two'],
          ['Content-Length', '4'],
        ],
        at: someTime,
        connection: 1,
        body: 'body',
      },
    ]);
  });

  it('which connection each request came over', async () => {
    await start();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    await remove('user-1', { agent });
    await remove('user-2', { agent });
    await remove('user-3');
    agent.destroy();
    expect(emulator.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
    expect(emulator.connections).toBe(2);
  });

  it('how many requests were in flight at once', async () => {
    await start();
    emulator.misbehave({ kind: 'stall', where: 'headers' }, { next: Infinity });
    const bytes = requestBytes('GET', '/api/users/user-1');
    const stalled = [sendRaw(emulator.port, bytes), sendRaw(emulator.port, bytes)];
    await emulator.waitForRequests(2);
    expect(emulator.inFlight).toEqual({ now: 2, most: 2 });

    emulator.behave();
    await remove('user-1');
    expect(emulator.inFlight).toEqual({ now: 2, most: 3 });
    for (const connection of stalled) connection.close();
  });

  it('only the number of requests, where asked', async () => {
    await start({ keepRequests: false });
    await remove('user-1');
    await emulator.waitForRequests(1);
    expect(emulator.requests).toEqual([]);
  });
});

describe('what it can be started with', () => {
  it('a number of users, quickly', async () => {
    const before = performance.now();
    await start({ users: 40_000 });
    expect(performance.now() - before).toBeLessThan(2000);
    expect(emulator.users.size).toBe(40_000);
    expect(await remove('user-40000')).toMatchObject({ status: 200 });
    expect(emulator.users.counts()).toEqual({ withUsername: 39_999, withoutUsername: 1 });
  });

  it('a latency', async () => {
    await start({ latency: 40 });
    const before = performance.now();
    await remove('user-1');
    // Timers may fire a millisecond early.
    expect(performance.now() - before).toBeGreaterThan(38);
  });

  it('a rate limit', async () => {
    await start({ rateLimit: { perSecond: 2, retryAfter: 7 } });
    const answers = await Promise.all([remove('user-1'), remove('user-2'), remove('user-3')]);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers).toMatchObject({
      'retry-after': '7',
      'content-type': 'application/problem+json',
    });
    expect(emulator.users.counts()).toEqual({ withUsername: 1, withoutUsername: 2 });
    expect(emulator.counts).toEqual({ accepted: 2, throttled: 1 });
  });

  it('a rate limit that does not say when to come back', async () => {
    await start({ rateLimit: { perSecond: 1 } });
    await remove('user-1');
    const { status, headers } = await remove('user-2');
    expect(status).toBe(429);
    expect(headers).not.toHaveProperty('retry-after');
  });

  it('a time in which it serves nobody, from the first request on', async () => {
    await start({ unavailable: { forMs: 50, retryAfter: 1 } });
    const { status, headers } = await remove('user-1');
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('1');
    let last = status;
    while (last !== 200) last = (await remove('user-1')).status;
    const [first, ...others] = emulator.requests.map(({ at }) => at);
    expect((others.at(-1) ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(50);
    expect(emulator.counts.accepted).toBe(1);
  });

  it('no service at all, until something else is asked for', async () => {
    await start({ unavailable: { status: 503 } });
    const { status, headers } = await remove('user-1');
    expect(status).toBe(503);
    expect(headers).not.toHaveProperty('retry-after');
    emulator.configure({ unavailable: null });
    expect((await remove('user-1')).status).toBe(200);
  });

  it('a limit of requests at once', async () => {
    await start({ maxInFlight: { limit: 1 } });
    emulator.misbehave({ kind: 'stall', where: 'headers' });
    const stalled = sendRaw(emulator.port, requestBytes('GET', '/api/users/user-1'));
    await emulator.waitForRequests(1);
    const { status, headers } = await remove('user-2');
    expect(status).toBe(503);
    expect(headers).not.toHaveProperty('retry-after');

    stalled.close();
    let last = status;
    while (last !== 200) last = (await remove('user-2')).status;
    emulator.configure({ maxInFlight: { limit: 0, status: 429, retryAfter: 2 } });
    expect(await remove('user-3')).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
  });

  it('an IPv6 address', async () => {
    await start({ host: '::1' });
    expect(emulator.origin).toBe(`http://[::1]:${emulator.port}`);
    expect(await remove('user-1')).toMatchObject({ status: 200 });
  });
});

describe('a kept connection', () => {
  it.each([true, 'after-answer'] as const)('can end after each answer: %s', async (closeKept) => {
    await start({ closeKept });
    const bytes = requestBytes('GET', '/api/users/user-1', { 'X-API-Key': emulator.apiKey });
    const connection = sendRaw(emulator.port, bytes);
    expect(await connection.ended).toBe('end');
    const [head = '', body] = connection.received().split('\r\n\r\n');
    expect(head.toLowerCase()).not.toContain('connection: close');
    expect(Buffer.from(body ?? '', 'latin1').toString()).toBe(emulator.users.profile('user-1'));
  });

  it('can end when the next request arrives, which has no effect', async () => {
    await start({ closeKept: 'on-next-request' });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    expect((await remove('user-1', { agent })).status).toBe(200);
    await expect(remove('user-2', { agent })).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await remove('user-2', { agent })).status).toBe(200);
    agent.destroy();
    expect(emulator.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
    expect(emulator.users.counts().withoutUsername).toBe(2);
    expect(emulator.inFlight.now).toBe(0);
  });
});

describe('the end', () => {
  it('ends every connection', async () => {
    await start();
    emulator.misbehave({ kind: 'stall', where: 'headers' });
    const connection = sendRaw(emulator.port, requestBytes('GET', '/api/users/user-1'));
    await emulator.waitForRequests(1);
    await emulator.close();
    await connection.ended;
    await expect(remove('user-1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
