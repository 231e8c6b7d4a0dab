import { expect, type TestContext } from 'vitest';
import { makeCertificateAuthority } from '../../emulator/certificates.ts';
import type { EmulatorOptions } from '../../emulator/emulator.ts';
import { startProxy, type Proxy, type ProxyOptions } from '../../emulator/proxy.ts';
import type { RunningStep, StepOptions, StepResult } from '../runner/run-action.ts';
import { scenario, type Scenario } from './scenario.ts';
import { trusting } from './trusting.ts';

/** The domain of the tenant, which nothing but the proxy knows the way to. */
export const TENANT = 'acme.us.monocloud.test';

/** The authority that the steps behind a proxy trust. */
export const authority = await makeCertificateAuthority();

export interface BehindProxy extends Pick<Scenario, 'emulator'> {
  readonly proxy: Proxy;
  /** Starts a step with one user, through the proxy unless `env` says otherwise. */
  readonly start: (
    inputs?: StepOptions['inputs'],
    more?: Pick<StepOptions, 'env' | 'nodeArguments' | 'debug'>,
  ) => RunningStep;
  /** The same, to its end. */
  readonly run: (...given: Parameters<BehindProxy['start']>) => Promise<StepResult>;
}

/** A tenant that only a proxy knows the way to. @param hook the test's own `onTestFinished` */
export async function behindProxy(
  hook: TestContext['onTestFinished'],
  proxyOptions: ProxyOptions = {},
  emulatorOptions: EmulatorOptions = {},
): Promise<BehindProxy> {
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
  const { env, files } = trusting(authority);
  const start: BehindProxy['start'] = (inputs = {}, more = {}) =>
    tenant.start(
      { domain: TENANT, 'user-id': 'user-1', ...inputs },
      { ...more, env: { ...env, HTTPS_PROXY: proxy.url, ...more.env }, files },
    );
  return {
    emulator: tenant.emulator,
    proxy,
    start,
    run: async (...given) => {
      const result = await start(...given).finished;
      return result;
    },
  };
}
