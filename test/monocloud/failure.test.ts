import { once, type EventEmitter } from 'node:events';
import { request } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { causeOf, errorCode, proxyStatus } from '../../src/monocloud/failure.ts';

async function emulatorOfTest(): Promise<Emulator> {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  return emulator;
}

function firstError(emitter: EventEmitter): Promise<unknown> {
  return once(emitter, 'error').then(([error]: readonly unknown[]) => error);
}

/** The error that Node itself gives where a server sends these bytes. */
async function errorOfBytes(bytes: string): Promise<unknown> {
  const emulator = await emulatorOfTest();
  emulator.misbehave({ kind: 'raw', bytes });
  const sent = request(`${emulator.origin}/api/users/x`).end();
  return firstError(sent);
}

function withMembers(members: object): Error {
  return Object.assign(new Error('secret'), members);
}

function ofAll(...errors: readonly Error[]): Error {
  return Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' });
}

function tunnel(members: object): Error {
  return withMembers({ code: 'ERR_PROXY_TUNNEL', ...members });
}

describe('the real errors of Node', () => {
  it.each([
    ['garbage', 'not-http', 'SSH-2.0-x\r\n'],
    ['huge headers', 'headers-too-large', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['nothing at all', 'connection-lost', ''],
    ['half a status line', 'connection-lost', 'HTTP/1.1 2'],
  ])('for %s: %s', async (_, cause, bytes) => {
    expect(causeOf(await errorOfBytes(bytes))).toBe(cause);
  });

  it('for a server that does not speak TLS: tls', async () => {
    const { port } = await emulatorOfTest();
    const socket = connectTls({ port, host: '127.0.0.1' });
    expect(causeOf(await firstError(socket))).toBe('tls');
  });
});

describe('an error', () => {
  it.each([
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'connection-refused'],
    ['ENETUNREACH', 'connection-refused'],
    ['EADDRNOTAVAIL', 'connection-refused'],
    ['EAI_AGAIN', 'lookup-failed'],
    ['ENOTFOUND', 'unknown-host'],
    ['EAI_NODATA', 'unknown-host'],
    ['EAI_NONAME', 'unknown-host'],
    ['ETIMEDOUT', 'timed-out'],
    ['ECONNRESET', 'connection-lost'],
    ['EPIPE', 'connection-lost'],
    ['ENOENT', 'connection-lost'],
    ['EPROTO', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['UNABLE_TO_GET_CRL', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['CERT_REVOKED', 'tls'],
    ['HOSTNAME_MISMATCH', 'tls'],
    ['CERT_UNTRUSTED', 'tls'],
    ['INVALID_CA', 'tls'],
    ['INVALID_PURPOSE', 'tls'],
    ['PATH_LENGTH_EXCEEDED', 'tls'],
    ['UNSPECIFIED', 'tls'],
    ['HPE_INVALID_CONSTANT', 'not-http'],
    ['HPE_HEADER_OVERFLOW', 'headers-too-large'],
  ])('%s is %s', (code, cause) => {
    const error = withMembers({ code });
    expect([causeOf(error), errorCode(error)]).toEqual([cause, code]);
  });

  it('of a lookup on Windows is an unknown host', () => {
    expect(causeOf(withMembers({ code: 'ENOENT', syscall: 'getaddrinfo' }))).toBe('unknown-host');
    expect(causeOf(withMembers({ code: 'ENOENT', syscall: 'connect' }))).toBe('connection-lost');
  });

  it('of several addresses is a time-out where one of them timed out', () => {
    const refused = withMembers({ code: 'ECONNREFUSED' });
    const timedOut = withMembers({ code: 'ETIMEDOUT' });
    expect(causeOf(ofAll(refused, refused))).toBe('connection-refused');
    expect(causeOf(ofAll(refused, timedOut))).toBe('timed-out');
    expect(errorCode(ofAll(timedOut, refused))).toBe('ETIMEDOUT');
  });

  it.each([
    new Error('secret'),
    withMembers({ code: 'sec ret' }),
    withMembers({ code: 'x'.repeat(65) }),
    withMembers({ code: 7 }),
    withMembers({ code: '' }),
    'secret',
    undefined,
    null,
    { code: 'ECONNREFUSED' },
  ])('without a code, or with free text for one, shows none of it %#', (thrown) => {
    expect(errorCode(thrown)).toBe('no code');
    expect(causeOf(thrown)).toBe('connection-lost');
  });
});

describe('an error of CONNECT', () => {
  it.each([
    [{ statusCode: 407 }, 'proxy-refused', 407],
    [{ statusCode: 403 }, 'proxy-refused', 403],
    [{ statusCode: 500 }, 'proxy-refused', 500],
    [{ statusCode: 429 }, 'proxy-unavailable', 429],
    [{ statusCode: 502 }, 'proxy-unavailable', 502],
    [{ statusCode: 503 }, 'proxy-unavailable', 503],
    [{ statusCode: 504 }, 'proxy-unavailable', 504],
    [{ proxyTunnelTimeout: 1000 }, 'timed-out', undefined],
    [{}, 'connection-lost', undefined],
  ])('%j is %s', (members, cause, status) => {
    const error = tunnel(members);
    expect([causeOf(error), proxyStatus(error)]).toEqual([cause, status]);
  });

  it('has a status only where it is a number', () => {
    expect(proxyStatus(tunnel({ statusCode: '503' }))).toBeUndefined();
    expect(proxyStatus({ statusCode: 503 })).toBeUndefined();
    expect(causeOf(tunnel({ statusCode: '503' }))).toBe('proxy-refused');
  });
});
