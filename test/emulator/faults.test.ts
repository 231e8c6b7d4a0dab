import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSelfSigned } from '../../emulator/certificates.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import type { Fault } from '../../emulator/faults.ts';
import { ask } from './http-client.ts';
import type { ClientResponse } from './http-client.ts';
import { requestBytes, sendRaw } from './raw-client.ts';
import type { RawConnection } from './raw-client.ts';

let emulator: Emulator;
const opened: RawConnection[] = [];

beforeEach(async () => {
  emulator = await startEmulator({ users: 3 });
});

afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  await emulator.close();
});

const path = '/api/users/user-1/username';

function remove(): Promise<ClientResponse> {
  const headers = { 'X-API-Key': emulator.apiKey };
  return ask(`${emulator.origin}${path}`, { method: 'DELETE', headers });
}

function removeRaw(): RawConnection {
  const headers = { 'X-API-Key': emulator.apiKey };
  const connection = sendRaw(emulator.port, requestBytes('DELETE', path, headers));
  opened.push(connection);
  return connection;
}

/** What comes over the connection until it ends, and how it ends. */
async function removeToTheEnd(): Promise<{ head: string; body: string; ended: string }> {
  const connection = removeRaw();
  const ended = await connection.ended;
  const [head = '', body = ''] = connection.received().split('\r\n\r\n');
  return { head, body, ended };
}

describe('which requests a fault is for', () => {
  const unavailable: Fault = { kind: 'answer', status: 503 };

  it('the next one, where nothing else is said', async () => {
    emulator.misbehave(unavailable);
    expect((await remove()).status).toBe(503);
    expect((await remove()).status).toBe(200);
  });

  it('faults are used up in the order given', async () => {
    emulator.misbehave(unavailable, { next: 2 });
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 1 });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await remove()).status);
    expect(statuses).toEqual([503, 503, 429, 200]);
  });

  it('a user, a method, or all to come', async () => {
    const headers = { 'X-API-Key': emulator.apiKey };
    emulator.misbehave(unavailable, { user: 'user-2' });
    emulator.misbehave(unavailable, { method: 'GET', next: Infinity });
    expect((await remove()).status).toBe(200);
    const one = `${emulator.origin}/api/users/user-1`;
    const two = `${emulator.origin}/api/users/user-2/username`;
    expect((await ask(one, { headers })).status).toBe(503);
    expect((await ask(two, { method: 'DELETE', headers })).status).toBe(503);
    expect((await ask(one, { headers })).status).toBe(503);
    emulator.behave();
    expect((await ask(one, { headers })).status).toBe(200);
  });
});

describe('an answer', () => {
  it('late: the proper one, after the request took effect', async () => {
    emulator.misbehave({ kind: 'late', ms: 40 });
    const before = performance.now();
    const { status, body } = await remove();
    expect(performance.now() - before).toBeGreaterThan(38);
    expect(status).toBe(200);
    expect(body).toBe(emulator.users.profile('user-1'));
  });

  it('with a status: problem details of that status', async () => {
    emulator.misbehave({ kind: 'answer', status: 402 });
    const { status, headers, body } = await remove();
    expect(status).toBe(402);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({
      type: 'https://httpstatuses.io/402',
      title: 'Payment Required',
      status: 402,
    });
    expect(emulator.users.hasUsername('user-1')).toBe(true);
  });

  it('with any headers and bytes', async () => {
    const body = Uint8Array.of(0xef, 0xbb, 0xbf, 0xff);
    emulator.misbehave({ kind: 'answer', status: 200, headers: { 'X-Odd': ['a', 'b'] }, body });
    const { head, body: received } = await closingAnswer();
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/u);
    expect(head).toContain('X-Odd: a\r\nX-Odd: b');
    expect(received).toBe('\u00EF\u00BB\u00BF\u00FF');
  });

  it.each([400, 429, 500, 502, 503, 504, 520, 524, 530, 599])(
    'after the request took effect: %i',
    async (status) => {
      emulator.misbehave({ kind: 'answer', status, apply: true });
      expect((await remove()).status).toBe(status);
      expect(emulator.users.hasUsername('user-1')).toBe(false);
    },
  );

  it.each([true, false])('with the profile of another user, applied: %s', async (apply) => {
    emulator.misbehave({ kind: 'profile-of', user: 'user-2', apply });
    const { status, body } = await remove();
    expect(status).toBe(200);
    expect(body).toBe(emulator.users.profile('user-2'));
    expect(emulator.users.hasUsername('user-1')).toBe(!apply);
  });

  it('with the profile of a user that does not exist', async () => {
    emulator.misbehave({ kind: 'profile-of', user: 'nobody' }, { method: 'GET' });
    const headers = { 'X-API-Key': emulator.apiKey };
    const { body } = await ask(`${emulator.origin}/api/users/user-1`, { headers });
    expect(JSON.parse(body)).toMatchObject({ user_id: 'nobody' });
    expect(JSON.parse(body)).not.toHaveProperty('username');
  });

  it.each([0, 40_000, 70_000])('with more than %i bytes of further headers', async (bytes) => {
    emulator.misbehave({ kind: 'large-headers', bytes });
    const { head, body } = await closingAnswer();
    const length = head.length - head.replaceAll(/^x-padding: .*\r\n/gmu, '').length;
    expect(length).toBeGreaterThan(bytes);
    expect(length).toBeLessThanOrEqual(bytes + 1024);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
    expect(body).toBe(Buffer.from(emulator.users.profile('user-1')).toString('latin1'));
  });

  it('with exactly some problem details', async () => {
    const problem = { title: 7, status: 'nonsense' };
    emulator.misbehave({ kind: 'problem', status: 409, problem, retryAfter: 5 });
    const { status, headers, body } = await remove();
    expect(status).toBe(409);
    expect(headers['retry-after']).toBe('5');
    expect(JSON.parse(body)).toEqual(problem);
  });

  it('that asks to come back later', async () => {
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' });
    const { status, headers } = await remove();
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('Wed, 21 Oct 2026 07:28:00 GMT');
  });

  it('that leads elsewhere', async () => {
    emulator.misbehave({ kind: 'redirect', status: 307, location: 'https://evil.example/' });
    const { status, headers } = await remove();
    expect(status).toBe(307);
    expect(headers.location).toBe('https://evil.example/');
  });

  it('that is a web page', async () => {
    emulator.misbehave({ kind: 'html', status: 503 });
    const { status, headers, body } = await remove();
    expect(status).toBe(503);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<h1>');
  });

  it.each(['chunked', 'content-length'] as const)('that is too large, %s', async (how) => {
    emulator.misbehave({ kind: 'oversize', bytes: 3_000_000, how, apply: true });
    const { status, headers, body } = await remove();
    expect(status).toBe(200);
    expect(headers['content-length']).toBe(how === 'chunked' ? undefined : '3000001');
    expect(body).toHaveLength(3_000_001);
    expect(JSON.parse(body)).toHaveProperty('padding');
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });
});

/** An answer as it is on the wire, over a connection that the server closes after it. */
async function closingAnswer(): Promise<{ head: string; body: string }> {
  const headers = { 'X-API-Key': emulator.apiKey, Connection: 'close' };
  const connection = sendRaw(emulator.port, requestBytes('DELETE', path, headers));
  await connection.ended;
  const [head = '', body = ''] = connection.received().split('\r\n\r\n');
  return { head, body };
}

describe('a connection', () => {
  it.each([true, false])('that is reset before any answer, applied: %s', async (apply) => {
    emulator.misbehave({ kind: 'drop', apply });
    expect(await removeToTheEnd()).toEqual({ head: '', body: '', ended: 'reset' });
    expect(emulator.users.hasUsername('user-1')).toBe(!apply);
  });

  it('that is reset under TLS', async () => {
    const tls = await makeSelfSigned({ hosts: ['127.0.0.1'] });
    const secure = await startEmulator({ tls });
    secure.misbehave({ kind: 'drop' });
    const asked = ask(`${secure.origin}/api/users/x`, { ca: tls.cert });
    await expect(asked).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(secure.requests).toMatchObject([{ connection: 1 }]);
    await secure.close();
  });

  it('that ends before the length it announced', async () => {
    const whole = Buffer.byteLength(emulator.users.profile('user-1'));
    emulator.misbehave({ kind: 'break-off', after: 10 });
    const { head, body, ended } = await removeToTheEnd();
    expect(head).toContain(`content-length: ${whole}`);
    expect(body).toBe(emulator.users.profile('user-1').slice(0, 10));
    expect(ended).toBe('end');
    expect(emulator.users.hasUsername('user-1')).toBe(true);
  });

  it('that ends before the last chunk', async () => {
    emulator.misbehave({ kind: 'break-off', after: 10, how: 'chunked', apply: true });
    const { head, body } = await removeToTheEnd();
    expect(head).toContain('transfer-encoding: chunked');
    expect(body).toBe('a\r\n{"creation\r\n');
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });

  it('that ends after a chunk size that is none', async () => {
    emulator.misbehave({ kind: 'break-off', after: 10, how: 'bad-chunk' });
    const { body } = await removeToTheEnd();
    expect(body).toBe('a\r\n{"creation\r\nnot a size\r\n');
  });

  it('of which nothing comes', async () => {
    emulator.misbehave({ kind: 'stall', where: 'headers', apply: true });
    const connection = removeRaw();
    await emulator.waitForRequests(1);
    await remove();
    expect(connection.received()).toBe('');
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });

  it('that stalls in the body', async () => {
    emulator.misbehave({ kind: 'stall', where: 'body' });
    const connection = removeRaw();
    await connection.until((received) => received.includes('{"creation_time"'));
    await remove();
    const [, body = ''] = connection.received().split('\r\n\r\n');
    expect(body).toBe(emulator.users.profile('user-1').slice(0, body.length));
    expect(emulator.inFlight.now).toBe(1);
  });

  it('that drips', async () => {
    emulator.misbehave({ kind: 'drip', everyMs: 2, bytes: 3 });
    const connection = removeRaw();
    await connection.until((received) => received.split('3\r\n...\r\n').length > 4);
    expect(connection.received()).not.toContain('0\r\n\r\n');
  });

  it.each([102, 103] as const)('with %i again and again', async (status) => {
    emulator.misbehave({ kind: 'informational', status, everyMs: 2 });
    const connection = removeRaw();
    await connection.until((received) => received.split(`HTTP/1.1 ${status} `).length > 4);
  });

  it('that switches protocols and says no more', async () => {
    emulator.misbehave({ kind: 'informational', status: 101, everyMs: 1 });
    const connection = removeRaw();
    await connection.until((received) => received.endsWith('\r\n\r\n'));
    await remove();
    expect(connection.received().split('101 Switching Protocols')).toHaveLength(2);
  });

  it('with exactly some bytes', async () => {
    emulator.misbehave({ kind: 'raw', bytes: 'SSH-2.0-OpenSSH\r\n' });
    expect(await removeToTheEnd()).toEqual({
      head: 'SSH-2.0-OpenSSH\r\n',
      body: '',
      ended: 'end',
    });
  });
});

/** The bodies of the answers that came over a connection. */
function bodiesOf(received: string): string[] {
  const bodies = received.split(/HTTP\/1\.1 \d+ [^]*?\r\n\r\n/u).slice(1);
  return bodies.map((body) => Buffer.from(body, 'latin1').toString());
}

describe('a second answer', () => {
  it('comes some time after the proper one', async () => {
    emulator.misbehave({ kind: 'second-answer', afterMs: 20, status: 409, body: 'surplus' });
    const before = performance.now();
    const connection = removeRaw();
    await connection.until((received) => received.endsWith('surplus'));
    expect(performance.now() - before).toBeGreaterThan(18);
    expect(connection.received()).toContain('HTTP/1.1 409 Conflict\r\n');
    expect(connection.received()).toContain('content-length: 7\r\n');
    expect(bodiesOf(connection.received())).toEqual([emulator.users.profile('user-1'), 'surplus']);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });

  it('is taken for that to the next request on the connection', async () => {
    emulator.misbehave({ kind: 'second-answer', user: 'user-3' });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { 'X-API-Key': emulator.apiKey };
    const bodies = [];
    for (const id of ['user-1', 'user-2']) {
      const url = `${emulator.origin}/api/users/${id}`;
      bodies.push((await ask(url, { headers, agent })).body);
    }
    agent.destroy();
    expect(bodies).toEqual(['user-1', 'user-3'].map((id) => emulator.users.profile(id)));
    expect(emulator.connections).toBe(1);
  });
});
