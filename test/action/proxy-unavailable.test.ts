import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import {
  makeCertificateAuthority,
  type CertificateAuthority,
} from '../../emulator/certificates.ts';
import type { EmulatorOptions } from '../../emulator/emulator.ts';
import { startProxy, type Proxy, type ProxyOptions } from '../../emulator/proxy.ts';
import type { StepOptions, StepResult } from '../runner/run-action.ts';
import { expectTrueAccount, outcomesOf, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { noNameIsKnown, preload } from './preload.ts';
import { methodsOf } from './requests.ts';
import { scenario, type Scenario } from './scenario.ts';

const TENANT = 'acme.us.monocloud.test';
const STATUSES = [429, 502, 503, 504] as const;

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await makeCertificateAuthority();
});

interface Behind extends Pick<Scenario, 'emulator'> {
  readonly proxy: Proxy;
  readonly runBehind: (
    inputs: StepOptions['inputs'],
    more?: Omit<StepOptions, 'inputs'>,
  ) => Promise<StepResult>;
}

/** A tenant that only a proxy knows the way to. */
async function behindProxy(
  hook: TestContext['onTestFinished'],
  proxyOptions: ProxyOptions,
  options: EmulatorOptions = {},
): Promise<Behind> {
  const tls = await authority.issue({ hosts: [TENANT] });
  const { emulator, run } = await scenario({ tls, ...options }, hook);
  const resolve: ProxyOptions['resolve'] = () => ({ host: '127.0.0.1', port: emulator.port });
  const proxy = await startProxy({ resolve, ...proxyOptions });
  hook(() => proxy.close());
  const env = { NODE_EXTRA_CA_CERTS: 'ca.pem', HTTPS_PROXY: proxy.url };
  const files = { 'ca.pem': authority.certificate };
  return {
    emulator,
    proxy,
    runBehind: async (inputs, more = {}) => {
      const result = await run(
        { domain: TENANT, ...inputs },
        { ...more, env: { ...env, ...more.env }, files },
      );
      return result;
    },
  };
}

describe('a proxy that cannot open a connection now and then', () => {
  it.concurrent.for(STATUSES)(
    'answers every fifth CONNECT with %i: retried, and nobody is read',
    async (status, { onTestFinished }) => {
      const statusFor = (number: number): number | undefined =>
        number % 5 === 0 ? status : undefined;
      // Each request needs a tunnel of its own.
      const options = { users: 30, closeKept: 'after-answer' } as const;
      const behind = await behindProxy(onTestFinished, { statusFor }, options);
      const { emulator, proxy, runBehind } = behind;
      const result = await runBehind({ 'user-id': userIdLines(30) });
      expect(result.conclusion).toBe('success');
      expect(outcomesOf(result)).toEqual(times(30, 'removed'));
      expect(proxy.connects.length - proxy.tunnels).toBeGreaterThanOrEqual(5);
      expect(emulator.requests.every(({ method }) => method === 'DELETE')).toBe(true);
      expectTrueAccount(result, emulator);
    },
  );

  it.concurrent.for(STATUSES)(
    'answers the first CONNECT with %i: retried',
    async (status, { onTestFinished }) => {
      const statusFor = (number: number): number | undefined => (number === 1 ? status : undefined);
      const { emulator, runBehind } = await behindProxy(onTestFinished, { statusFor });
      const result = await runBehind({ 'user-id': 'user-1' });
      expect(result.conclusion).toBe('success');
      expect(userRecords(result)).toMatchObject([{ outcome: 'removed', attempts: 2 }]);
      expect(methodsOf(emulator, 'user-1')).toEqual(['DELETE']);
    },
  );

  it.concurrent('answers always so: failed, with its name', async ({ onTestFinished }) => {
    const { emulator, proxy, runBehind } = await behindProxy(onTestFinished, {
      statusFor: () => 503,
    });
    const result = await runBehind({ 'user-id': 'user-1', retries: '1' });
    expect(result.conclusion).toBe('failure');
    expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: null, attempts: 2 }]);
    const [annotation] = result.annotations;
    expect(annotation?.message).toContain(`The proxy ${proxy.authority} could not open`);
    expect(annotation?.message).toContain('The proxy answered 503 Service Unavailable.');
    expect(proxy.connects).toHaveLength(2);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent('keeps its tunnels otherwise', async ({ onTestFinished }) => {
    const { proxy, runBehind } = await behindProxy(onTestFinished, {}, { users: 60 });
    const result = await runBehind({ 'user-id': userIdLines(60) });
    expect(result.conclusion).toBe('success');
    expect(proxy.connects.length).toBeLessThanOrEqual(4);
  });
});

describe('a proxy that refuses for good', () => {
  it.concurrent.for([400, 403, 407, 500])(
    'answers CONNECT with %i: final',
    async (status, { onTestFinished }) => {
      const { proxy, runBehind } = await behindProxy(onTestFinished, { statusFor: () => status });
      const result = await runBehind({ 'user-id': 'user-1' });
      expect(proxy.connects).toHaveLength(1);
      expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: null, attempts: 1 }]);
      expect(result.annotations[0]?.message).toContain(`The proxy ${proxy.authority} did not open`);
    },
  );
});

describe('a proxy that nobody knows', () => {
  it.concurrent('is named, and the domain is not blamed', async ({ onTestFinished }) => {
    const { emulator, runBehind } = await behindProxy(onTestFinished, {});
    const result = await runBehind(
      { 'user-id': 'user-1 user-2' },
      {
        env: { HTTPS_PROXY: 'http://proxy.example.test:3128' },
        nodeArguments: preload(noNameIsKnown('ENOTFOUND'), onTestFinished),
      },
    );
    expect(result.conclusion).toBe('failure');
    expect(outcomesOf(result)).toEqual(['failed', 'skipped']);
    const [annotation] = result.annotations;
    expect(annotation?.message).toContain('No proxy with the name proxy.example.test');
    expect(annotation?.message).not.toContain(TENANT);
    expect(annotation?.message).toContain('HTTPS_PROXY');
    expect(emulator.connections).toBe(0);
  });
});
