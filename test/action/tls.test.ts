import { beforeAll, describe, expect, it } from 'vitest';
import {
  makeCertificateAuthority,
  makeSelfSigned,
  type CertificateAuthority,
} from '../../emulator/certificates.ts';
import { KEY_NOT_SENT } from '../../src/report/messages.ts';
import { resultsOf } from './evidence.ts';
import { expectStopped } from './many-users.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { trusting } from './trusting.ts';

const HERE = { hosts: ['127.0.0.1'] };

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await makeCertificateAuthority();
});

describe('over TLS', () => {
  it.concurrent(
    'a certificate of an authority that the runner trusts is accepted',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario(
        { tls: await authority.issue(HERE) },
        onTestFinished,
      );
      const result = await run(ONE_USER, trusting(authority));
      expect(result.exitCode).toBe(0);
      expect(result.stderr).toBe('');
      expect(emulator.users.hasUsername('user-1')).toBe(false);
      expect(emulator.requests[0]?.headers['x-api-key']).toBe(emulator.apiKey);
    },
  );

  it.concurrent('many users share the kept connections', async ({ onTestFinished }) => {
    const options = { tls: await authority.issue(HERE), users: 12 };
    const { emulator, run } = await scenario(options, onTestFinished);
    const ids = emulator.users.ids().join('\n');
    const result = await run({ 'user-id': ids, concurrency: '2' }, trusting(authority));
    expect(result.exitCode).toBe(0);
    expect(emulator.requests).toHaveLength(12);
    expect(emulator.connections).toBeLessThanOrEqual(2);
  });

  it.concurrent.for([
    ['a new connection', 'user-1'],
    ['a kept connection', 'user-2'],
  ] as const)(
    'a response that is lost on %s is settled by reading',
    async ([, user], { onTestFinished }) => {
      const { emulator, run } = await scenario(
        { tls: await authority.issue(HERE) },
        onTestFinished,
      );
      emulator.misbehave({ kind: 'drop', apply: true }, { user });
      const result = await run(
        { 'user-id': 'user-1\nuser-2', concurrency: '1' },
        trusting(authority),
      );
      expect(result.exitCode).toBe(0);
      expect(result.outputs['removed-count']).toBe('2');
      expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toContain(
        `GET /api/users/${user}`,
      );
    },
  );

  it.concurrent.for([
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', () => makeSelfSigned(HERE)],
    [
      'for another host',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      () => authority.issue({ hosts: ['acme.us.monocloud.test', '127.0.0.2'] }),
    ],
    [
      'expired',
      'CERT_HAS_EXPIRED',
      () => authority.issue({ ...HERE, notAfter: new Date(Date.now() - 1000) }),
    ],
    [
      'not valid yet',
      'CERT_NOT_YET_VALID',
      () => authority.issue({ ...HERE, notBefore: new Date(Date.now() + 3_600_000) }),
    ],
    [
      'of an unknown authority',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      async () => {
        const stranger = await makeCertificateAuthority();
        return stranger.issue(HERE);
      },
    ],
  ] as const)(
    'a certificate that is %s gets no key, in one attempt',
    async ([, code, certificate], { onTestFinished }) => {
      const { emulator, run } = await scenario({ tls: await certificate() }, onTestFinished);
      const result = await run(ONE_USER, trusting(authority));
      expectPlainFailure(result, `The certificate of 127.0.0.1:${emulator.port} was not accepted`);
      expectPlainFailure(result, KEY_NOT_SENT);
      expectPlainFailure(result, code);
      expect(result.outputs).toMatchObject({ status: '', 'failed-count': '1' });
      expect(result.outputs['results']).toContain('"outcome":"failed","status":null,"attempts":1');
      expect(emulator.connections).toBe(1);
      expect(emulator.requests).toEqual([]);
    },
  );

  it.concurrent(
    'a private authority gets no key where the runner does not know it',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario(
        { tls: await authority.issue(HERE) },
        onTestFinished,
      );
      const result = await run(ONE_USER);
      expectPlainFailure(result, /NODE_EXTRA_CA_CERTS/u);
      expect(emulator.connections).toBe(1);
      expect(emulator.requests).toEqual([]);
    },
  );

  it.concurrent('a server that speaks plain HTTP gets no key', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain: `https://127.0.0.1:${emulator.port}` });
    expectPlainFailure(result, /does not speak TLS/u);
    expect(emulator.connections).toBe(1);
    expect(emulator.requests).toEqual([]);
  });

  it.concurrent('a TLS error stops the batch at its first user', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ tls: await makeSelfSigned(HERE) }, onTestFinished);
    const result = await run({ 'user-id': 'user-1\nuser-2\nuser-3' });
    expectStopped(result, 'tls', 2);
    expect(emulator.connections).toBe(1);
    expect(resultsOf(result)).toMatchObject([
      { outcome: 'failed', status: null, attempts: 1 },
      { outcome: 'skipped', attempts: 0 },
      { outcome: 'skipped', attempts: 0 },
    ]);
  });

  it.concurrent.for(['0', ' 0', '0 '])(
    'NODE_TLS_REJECT_UNAUTHORIZED=%j does not let a stranger have the key',
    async (value, { onTestFinished }) => {
      const { emulator, run } = await scenario({ tls: await makeSelfSigned(HERE) }, onTestFinished);
      const result = await run(ONE_USER, { env: { NODE_TLS_REJECT_UNAUTHORIZED: value } });
      expect(result.exitCode).toBe(1);
      expect(emulator.requests).toEqual([]);
    },
  );
});
