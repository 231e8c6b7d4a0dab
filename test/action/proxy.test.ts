import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import {
  makeCertificateAuthority,
  type CertificateAuthority,
} from '../../emulator/certificates.ts';
import type { EmulatorOptions } from '../../emulator/emulator.ts';
import { startProxy, type Proxy, type ProxyOptions } from '../../emulator/proxy.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { EVERY_NAME_IS_HERE, HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { scenario, type Scenario } from './scenario.ts';

const TENANT = 'acme.us.monocloud.test';
const TRUST = { NODE_EXTRA_CA_CERTS: 'ca.pem' };
const ONE_USER = { domain: TENANT, 'user-id': 'user-1' };

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await makeCertificateAuthority();
});

interface Behind extends Scenario {
  readonly proxy: Proxy;
  readonly files: Readonly<Record<string, string>>;
}

function withCredentials(url: string, user: string, password: string): string {
  return url.replace('//', `//${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

/** A tenant that only a proxy knows the way to. */
async function behindProxy(
  hook: TestContext['onTestFinished'],
  proxyOptions: ProxyOptions = {},
  emulatorOptions: EmulatorOptions = {},
): Promise<Behind> {
  const tls = await authority.issue({ hosts: [TENANT] });
  const tenant = await scenario({ tls, ...emulatorOptions }, hook);
  const { port } = tenant.emulator;
  const proxy = await startProxy({ resolve: () => ({ host: '127.0.0.1', port }), ...proxyOptions });
  hook(async () => {
    await proxy.close();
    // Whatever the proxy was asked, the key was no part of it.
    expect(JSON.stringify([proxy.connects, proxy.requests])).not.toContain(tenant.emulator.apiKey);
    expect(proxy.requests).toEqual([]);
  });
  return { ...tenant, proxy, files: { 'ca.pem': authority.certificate } };
}

describe('through a proxy', () => {
  it.concurrent.for(['https_proxy', 'HTTPS_PROXY'])(
    'that %s names, the username is removed',
    async (variable, { onTestFinished }) => {
      const { emulator, proxy, run, files } = await behindProxy(onTestFinished);
      const result = await run(ONE_USER, { env: { ...TRUST, [variable]: proxy.url }, files });
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(proxy.connects.map(({ target }) => target)).toEqual([`${TENANT}:443`]);
      expect(emulator.users.hasUsername('user-1')).toBe(false);
      expect(emulator.requests[0]?.headers).toMatchObject({
        host: TENANT,
        'x-api-key': emulator.apiKey,
      });
      expect(emulator.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
    },
  );

  it.concurrent('many users are seen through', async ({ onTestFinished }) => {
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished, {}, { users: 12 });
    const result = await run(
      { domain: TENANT, 'user-id': emulator.users.ids().join('\n'), concurrency: '3' },
      { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files },
    );
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.outputs['removed-count']).toBe('12');
    expect(emulator.inFlight.most).toBeLessThanOrEqual(3);
  });

  it.concurrent('an answer that is lost is settled by reading', async ({ onTestFinished }) => {
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files });
    expect(result.exitCode).toBe(0);
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
  });

  it.concurrent('the proxy itself may be spoken to over TLS', async ({ onTestFinished }) => {
    const tls = await authority.issue({ hosts: ['127.0.0.1'] });
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished, { tls });
    const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.connects).toHaveLength(1);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });

  it.concurrent(
    'a certificate of the proxy that nobody vouches for is final',
    async ({ onTestFinished }) => {
      const stranger = await makeCertificateAuthority();
      const tls = await stranger.issue({ hosts: ['127.0.0.1'] });
      const { emulator, proxy, run, files } = await behindProxy(onTestFinished, { tls });
      const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files });
      expectPlainFailure(result, /certificate was not accepted/u);
      expect(result.log).not.toContain('Trying again');
      expect(proxy.connects).toEqual([]);
      expect(emulator.connections).toBe(0);
    },
  );

  it.concurrent(
    'a certificate of the tenant that nobody vouches for gets no key',
    async ({ onTestFinished }) => {
      const stranger = await makeCertificateAuthority();
      const tls = await stranger.issue({ hosts: [TENANT] });
      const { emulator, proxy, run, files } = await behindProxy(onTestFinished, {}, { tls });
      const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files });
      expectPlainFailure(result, /certificate was not accepted/u);
      expect(proxy.connects).toHaveLength(1);
      expect(emulator.requests).toEqual([]);
    },
  );

  it.concurrent('a certificate for another host gets no key', async ({ onTestFinished }) => {
    const tls = await authority.issue({ hosts: ['evil.monocloud.test', '127.0.0.1'] });
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished, {}, { tls });
    const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files });
    expectPlainFailure(result, /ERR_TLS_CERT_ALTNAME_INVALID/u);
    expect(emulator.requests).toEqual([]);
  });
});

describe('credentials for a proxy', () => {
  const credentials = { user: 'us@er', password: 'p:/ss wörd' };

  it.concurrent('are taken from its URL, whatever they are made of', async ({ onTestFinished }) => {
    const { proxy, run, files } = await behindProxy(onTestFinished, { credentials });
    const url = withCredentials(proxy.url, credentials.user, credentials.password);
    const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: url }, files });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.connects).toHaveLength(1);
  });

  it.concurrent('that are wrong are final, and not shown', async ({ onTestFinished }) => {
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished, { credentials });
    const url = withCredentials(proxy.url, 'user', 'a-wrong-password');
    const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: url }, files });
    expectPlainFailure(result, /HTTPS_PROXY and its credentials.*proxy: 407/u);
    expect(`${result.stdout}${result.summary}`).not.toContain('a-wrong-password');
    expect(result.outputs).toMatchObject({ status: '' });
    expect(proxy.connects).toHaveLength(1);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent('that are missing are final', async ({ onTestFinished }) => {
    const { proxy, run, files } = await behindProxy(onTestFinished, { credentials });
    const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files });
    expectPlainFailure(result, /proxy: 407/u);
    expect(proxy.connects).toHaveLength(1);
  });
});

describe('a proxy that does not do its work', () => {
  it.concurrent.for([
    ['refuse', /did not open a connection.*proxy: 403/u],
    ['garbage', /did not open a connection/u],
  ] as const)(
    '%s: final, and the tenant is not reached',
    async ([behave, why], { onTestFinished }) => {
      const { emulator, proxy, run, files } = await behindProxy(onTestFinished, { behave });
      const result = await run(ONE_USER, { env: { ...TRUST, HTTPS_PROXY: proxy.url }, files });
      expectPlainFailure(result, why);
      expect(proxy.connects).toHaveLength(1);
      expect(emulator.connections).toBe(0);
      expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([{ outcome: 'failed' }]);
    },
  );

  it.concurrent('drops the connection: tried again', async ({ onTestFinished }) => {
    const { proxy, run, files } = await behindProxy(onTestFinished, { behave: 'drop' });
    const env = { ...TRUST, HTTPS_PROXY: proxy.url };
    const result = await run({ ...ONE_USER, retries: '1' }, { env, files });
    expectPlainFailure(result, /proxy: ECONNRESET.*2 tries/u);
    expect(proxy.connects).toHaveLength(2);
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([{ outcome: 'failed' }]);
  });

  it.concurrent('never answers CONNECT: the deadline holds', async ({ onTestFinished }) => {
    const { proxy, run, files } = await behindProxy(onTestFinished, { behave: 'stall' });
    const env = { ...TRUST, HTTPS_PROXY: proxy.url };
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const inputs = { ...ONE_USER, retries: '1', timeout: '1' };
    const result = await run(inputs, { env, files, nodeArguments });
    expectPlainFailure(result, /within the time that `timeout` allows.*2 tries/u);
    expect(result.log).toContain(LAST_WORD);
    expect(result.durationMs).toBeLessThan(6000);
    expect(proxy.connects).toHaveLength(2);
  });

  it.concurrent('never answers CONNECT: cancelling ends it', async ({ onTestFinished }) => {
    const { proxy, start, files } = await behindProxy(onTestFinished, { behave: 'stall' });
    const env = { ...TRUST, HTTPS_PROXY: proxy.url };
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const step = start(ONE_USER, { env, files, nodeArguments });
    await proxy.waitForConnects(1);
    const cancelledAt = performance.now();
    step.cancel();
    const result = await step.finished;
    expect(performance.now() - cancelledAt).toBeLessThan(5000);
    expect(result).toMatchObject({ exitCode: 1, stderr: '' });
    expect(result.log).toContain(LAST_WORD);
    expect(result.outputs['failed-count']).toBe('1');
  });

  it.concurrent('is not running: tried again', async ({ onTestFinished }) => {
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished);
    await proxy.close();
    const env = { ...TRUST, HTTPS_PROXY: proxy.url };
    const result = await run({ ...ONE_USER, retries: '1' }, { env, files });
    expectPlainFailure(result, /proxy: ECONNREFUSED.*2 tries/u);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent.for(['http://[', '://'])(
    'has an address that is none (%j): a plain sentence',
    async (url, { onTestFinished }) => {
      const { emulator, run, files } = await behindProxy(onTestFinished);
      const result = await run(
        { ...ONE_USER, retries: '0' },
        {
          env: { ...TRUST, HTTPS_PROXY: url },
          files,
          nodeArguments: preload(EVERY_NAME_IS_HERE, onTestFinished),
        },
      );
      expectPlainFailure(result, /proxy/iu);
      expect(result.annotations.map(({ title }) => title)).not.toContain('Internal error');
      expect(emulator.requests).toEqual([]);
    },
  );
});

describe('without the proxy', () => {
  it.concurrent.for([
    ['NO_PROXY', TENANT],
    ['no_proxy', '.monocloud.test'],
    ['NO_PROXY', 'example.test, monocloud.test'],
  ] as const)('go domains that %s excepts as %s', async ([variable, value], { onTestFinished }) => {
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished);
    const result = await run(
      { ...ONE_USER, domain: `${TENANT}:${emulator.port}` },
      {
        env: { ...TRUST, HTTPS_PROXY: proxy.url, [variable]: value },
        files,
        nodeArguments: preload(EVERY_NAME_IS_HERE, onTestFinished),
      },
    );
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.connects).toEqual([]);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });

  it.concurrent('goes what is on the same machine', async ({ onTestFinished }) => {
    const tls = await authority.issue({ hosts: ['127.0.0.1'] });
    const { emulator, proxy, run, files } = await behindProxy(onTestFinished, {}, { tls });
    const result = await run(
      { ...ONE_USER, domain: emulator.origin },
      { env: { ...TRUST, HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }, files },
    );
    expect(result.exitCode).toBe(0);
    expect(proxy.connects).toEqual([]);
  });
});
