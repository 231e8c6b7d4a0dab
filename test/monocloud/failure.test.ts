import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failureFrom } from '../../src/monocloud/failure.ts';
import { startEmulator } from '../../emulator/emulator.ts';

/** The error that Node itself gives for such an answer. */
async function errorOfAnswer(bytes: string): Promise<unknown> {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  emulator.misbehave({ kind: 'raw', bytes });
  const asked = request(`${emulator.origin}/api/users/x`).end();
  const [error] = await once(asked, 'error').then(
    (given: unknown[]) => given,
    (thrown: unknown) => [thrown],
  );
  return error;
}

function withCode(code: string, message = ''): Error {
  return Object.assign(new Error(message), { code });
}

describe('the real errors of Node', () => {
  it.each([
    ['garbage', 'not-http', 'SSH-2.0-x\r\n'],
    ['huge headers', 'not-http', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['nothing at all', 'connection-reset', ''],
    ['half a status line', 'connection-reset', 'HTTP/1.1 2'],
  ])('for %s: %s', async (_, cause, bytes) => {
    expect(failureFrom(await errorOfAnswer(bytes), true, false)).toMatchObject({
      cause,
      mayHaveReached: true,
    });
  });

  it('for a server that does not speak TLS', async () => {
    const emulator = await startEmulator();
    onTestFinished(() => emulator.close());
    const socket = connectTls({ port: emulator.port, host: '127.0.0.1' });
    const error = await once(socket, 'error').then(([first]: unknown[]) => first);
    expect(failureFrom(error, false, false)).toMatchObject({ cause: 'tls', mayHaveReached: false });
  });
});

describe('an error', () => {
  it.each([
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'connection-refused'],
    ['ENETUNREACH', 'connection-refused'],
    ['EAI_AGAIN', 'connection-refused'],
    ['ENOTFOUND', 'unknown-host'],
    ['ETIMEDOUT', 'timed-out'],
    ['ECONNRESET', 'connection-reset'],
    ['EPIPE', 'connection-reset'],
    ['EPROTO', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['CERT_REVOKED', 'tls'],
    ['HOSTNAME_MISMATCH', 'tls'],
    ['CERT_UNTRUSTED', 'tls'],
    ['INVALID_PURPOSE', 'tls'],
    ['UNSPECIFIED', 'tls'],
    ['HPE_INVALID_CONSTANT', 'not-http'],
  ])('%s is %s', (code, cause) => {
    expect(failureFrom(withCode(code), false, false)).toEqual({
      cause,
      code,
      mayHaveReached: false,
    });
  });

  it.each(['ECONNRESET', 'HPE_INVALID_CHUNK_SIZE', 'ERR_STREAM_PREMATURE_CLOSE'])(
    '%s in the middle of an answer is a body that broke off',
    (code) => {
      expect(failureFrom(withCode(code), true, true)).toMatchObject({ cause: 'body-broke-off' });
    },
  );

  it.each([
    ['tunneling socket could not be established, statusCode=407', 'proxy-refused', 'proxy: 407'],
    ['got illegal response body from proxy', 'proxy-refused', 'proxy: no tunnel'],
    [
      'tunneling socket could not be established, cause=connect ECONNREFUSED 10.0.0.1:1',
      'connection-refused',
      'proxy: ECONNREFUSED',
    ],
    [
      'tunneling socket could not be established, cause=getaddrinfo ENOTFOUND proxy.test',
      'unknown-host',
      'proxy: ENOTFOUND',
    ],
    [
      'tunneling socket could not be established, cause=socket hang up',
      'connection-reset',
      'proxy: ECONNRESET',
    ],
    [
      'tunneling socket could not be established, cause=Parse Error: Expected HTTP/',
      'proxy-refused',
      'proxy: not HTTP',
    ],
  ])('of a proxy, %j, never reached the tenant', (message, cause, code) => {
    expect(failureFrom(withCode('ECONNRESET', message), true, false)).toEqual({
      cause,
      code,
      mayHaveReached: false,
    });
  });

  it('without a code, or with free text for one, shows none of it', () => {
    const secrets = [
      new Error('secret'),
      withCode('sec ret'),
      'secret',
      undefined,
      null,
      { code: 7 },
    ];
    for (const thrown of secrets) {
      expect(failureFrom(thrown, false, false).code).toBe('no code');
    }
  });
});
