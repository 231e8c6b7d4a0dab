import { describe, expect, it } from 'vitest';
import { makeCertificateAuthority } from '../../emulator/certificates.ts';
import { KEY_NOT_SENT, NOTHING_SENT, REFUSALS } from '../../src/report/messages.ts';
import type { StepResult } from '../runner/run-action.ts';
import { authority, behindProxy, TENANT } from './behind-proxy.ts';
import { outcomesOf } from './evidence.ts';
import { expectStopped } from './many-users.ts';
import { listenHere } from './own-server.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { EVERY_NAME_IS_HERE, preload } from './preload.ts';
import { expectRefused } from './refused-step.ts';
import { methodsOf } from './requests.ts';
import { hasIpv6 } from './this-machine.ts';

const stranger = await makeCertificateAuthority();

describe('through a proxy', () => {
  it.concurrent.for(['https_proxy', 'HTTPS_PROXY'])(
    'that %s names, the username is removed',
    async (variable, { onTestFinished }) => {
      const { emulator, proxy, run } = await behindProxy(onTestFinished);
      const result = await run({}, { env: { HTTPS_PROXY: '', [variable]: proxy.url } });
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(proxy.connects.map(({ target }) => target)).toEqual([`${TENANT}:443`]);
      expect(emulator.users.hasUsername('user-1')).toBe(false);
      const [request] = emulator.requests;
      expect(request?.headers).toMatchObject({ host: TENANT, 'x-api-key': emulator.apiKey });
      expect(request?.headers).not.toHaveProperty('proxy-authorization');
    },
  );

  it.concurrent('that is given without a scheme', async ({ onTestFinished }) => {
    const { emulator, proxy, run } = await behindProxy(onTestFinished);
    const result = await run({}, { env: { HTTPS_PROXY: proxy.authority } });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.tunnels).toBe(1);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });

  it.skipIf(!hasIpv6).concurrent.for(['url', 'authority'] as const)(
    'that has an IPv6 address (%s; where this machine has IPv6)',
    async (written, { onTestFinished }) => {
      const { emulator, proxy, run } = await behindProxy(onTestFinished, { host: '::1' });
      const result = await run({}, { env: { HTTPS_PROXY: proxy[written] } });
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(proxy.tunnels).toBe(1);
      expect(emulator.users.hasUsername('user-1')).toBe(false);
    },
  );

  it.concurrent('many users share a few tunnels that are kept', async ({ onTestFinished }) => {
    const { emulator, proxy, run } = await behindProxy(onTestFinished, {}, { users: 60 });
    const result = await run({ 'user-id': emulator.users.ids().join('\n'), concurrency: '4' });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.outputs['removed-count']).toBe('60');
    expect(emulator.requests).toHaveLength(60);
    expect(proxy.connects.length).toBeLessThanOrEqual(4);
    expect(emulator.connections).toBeLessThanOrEqual(4);
  });

  it.concurrent('a lost response is settled by reading', async ({ onTestFinished }) => {
    const { emulator, run } = await behindProxy(onTestFinished);
    emulator.misbehave({ kind: 'drop', apply: true });
    const result = await run();
    expect(result.exitCode).toBe(0);
    expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE', 'GET']);
  });

  it.concurrent('the proxy itself may be spoken to over TLS', async ({ onTestFinished }) => {
    const tls = await authority.issue({ hosts: ['127.0.0.1'] });
    const { emulator, proxy, run } = await behindProxy(onTestFinished, { tls }, { users: 12 });
    const result = await run({ 'user-id': emulator.users.ids().join('\n'), concurrency: '2' });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.connects.length).toBeLessThanOrEqual(3);
    expect(emulator.users.counts().withUsername).toBe(0);
  });

  it.concurrent('a certificate of the proxy that is not trusted is final', async (context) => {
    const tls = await stranger.issue({ hosts: ['127.0.0.1'] });
    const { emulator, proxy, run } = await behindProxy(context.onTestFinished, { tls });
    const result = await run({ 'user-id': 'user-1\nuser-2' });
    expectPlainFailure(result, `The certificate of the proxy ${proxy.authority} was not accepted`);
    expectStopped(result, 'tls', 1);
    expect(result.log).not.toContain('Trying again');
    expect(proxy.connects).toEqual([]);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent.for([
    ['of an unknown authority', 'http', () => stranger.issue({ hosts: [TENANT] })],
    ['of an unknown authority', 'https', () => stranger.issue({ hosts: [TENANT] })],
    [
      'for another host',
      'http',
      () => authority.issue({ hosts: ['evil.monocloud.test', '127.0.0.1'] }),
    ],
  ] as const)(
    'a certificate of the tenant that is %s gets no key (%s proxy)',
    async ([, scheme, certificate], { onTestFinished }) => {
      const proxyTls = await authority.issue({ hosts: ['127.0.0.1'] });
      const proxyOptions = scheme === 'https' ? { tls: proxyTls } : {};
      const tls = await certificate();
      const { emulator, proxy, run } = await behindProxy(onTestFinished, proxyOptions, { tls });
      const result = await run();
      expectPlainFailure(result, `The certificate of ${TENANT} was not accepted`);
      expectPlainFailure(result, KEY_NOT_SENT);
      expect(proxy.tunnels).toBe(1);
      expect(emulator.requests).toEqual([]);
    },
  );

  it.concurrent('a tenant that says nothing is not blamed on the proxy', async (context) => {
    const port = await listenHere(() => undefined, context.onTestFinished);
    const leadsThere = { resolve: () => ({ host: '127.0.0.1', port }) };
    const { proxy, run } = await behindProxy(context.onTestFinished, leadsThere);
    const result = await run({ retries: '0', timeout: '1' });
    expectPlainFailure(result, /Timed out\./u);
    expect(proxy.tunnels).toBe(1);
    expect(result.log).not.toContain(proxy.authority);
    expect(outcomesOf(result)).toEqual(['failed']);
  });

  it.concurrent.for(['http://[', '://', 'socks5://127.0.0.1:1080', ' '])(
    'that has an address that is none (%j) is refused, and not passed by',
    async (url, { onTestFinished }) => {
      const { emulator, run } = await behindProxy(onTestFinished);
      const nodeArguments = preload(EVERY_NAME_IS_HERE, onTestFinished);
      const result = await run({}, { env: { HTTPS_PROXY: url }, nodeArguments });
      const { title, text } = REFUSALS['unusable-proxy'];
      expectRefused(result, emulator, `${text} ${NOTHING_SENT}`, title);
    },
  );
});

describe('credentials for a proxy', () => {
  const credentials = { user: 'us@er', password: 'p:/ss wörd' };

  it.concurrent('are decoded from its URL, and not shown', async ({ onTestFinished }) => {
    const { proxy, run } = await behindProxy(onTestFinished, { credentials });
    const url = withCredentials(proxy.url, credentials.user, credentials.password);
    const result = await run({}, { env: { HTTPS_PROXY: url }, debug: true });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.tunnels).toBe(1);
    expect(everythingSaid(result)).not.toMatch(/p:\/ss|p%3A%2Fss/u);
  });

  it.concurrent.for(['http', 'https'])(
    'that are wrong are final, and not shown (%s)',
    async (scheme, { onTestFinished }) => {
      const tls = await authority.issue({ hosts: ['127.0.0.1'] });
      const options = { credentials, ...(scheme === 'https' && { tls }) };
      const { emulator, proxy, run } = await behindProxy(onTestFinished, options);
      const url = withCredentials(proxy.url, 'user', 'a-wrong-password');
      const result = await run({}, { env: { HTTPS_PROXY: url }, debug: true });
      expectPlainFailure(result, `The proxy ${proxy.authority} did not open a connection`);
      expectPlainFailure(result, 'The proxy answered 407 Proxy Authentication Required.');
      expect(everythingSaid(result)).not.toContain('a-wrong-password');
      expect(result.outputs).toMatchObject({ status: '' });
      expect(proxy.connects).toHaveLength(1);
      expect(emulator.connections).toBe(0);
    },
  );

  it.concurrent('that are missing are final', async ({ onTestFinished }) => {
    const { proxy, run } = await behindProxy(onTestFinished, { credentials });
    const result = await run();
    expectPlainFailure(result, 'The proxy answered 407');
    expect(proxy.connects).toHaveLength(1);
  });
});

function withCredentials(url: string, user: string, password: string): string {
  return url.replace('//', `//${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

function everythingSaid({ stdout, summary, outputs }: StepResult): string {
  return JSON.stringify([stdout, summary, outputs]);
}

describe('without the proxy', () => {
  it.concurrent.for([
    ['NO_PROXY', TENANT],
    ['no_proxy', '.monocloud.test'],
    ['NO_PROXY', 'example.test, monocloud.test'],
  ] as const)('go domains that %s excepts as %s', async ([variable, value], { onTestFinished }) => {
    const { emulator, proxy, run } = await behindProxy(onTestFinished);
    const result = await run(
      { domain: `${TENANT}:${emulator.port}` },
      {
        env: { [variable]: value },
        nodeArguments: preload(EVERY_NAME_IS_HERE, onTestFinished),
      },
    );
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.connects).toEqual([]);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
  });

  it.concurrent('goes what is on the same machine', async ({ onTestFinished }) => {
    const tls = await authority.issue({ hosts: ['127.0.0.1'] });
    const { emulator, proxy, run } = await behindProxy(onTestFinished, {}, { tls });
    const result = await run({ domain: emulator.origin }, { env: { HTTP_PROXY: proxy.url } });
    expect(result.exitCode).toBe(0);
    expect(proxy.connects).toEqual([]);
  });
});
