import { describe, expect, it } from 'vitest';
import { FAILURES } from '../../src/report/messages.ts';
import { fill } from '../../src/report/text.ts';
import { expectStopped } from './many-users.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { noNameIsKnown, preload } from './preload.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { CLOSED_PORT, hasIpv6 } from './this-machine.ts';

describe('a server that cannot be reached', () => {
  it.concurrent('refuses connections: retried', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain: CLOSED_PORT.origin, retries: '1' });
    expectPlainFailure(result, /could not be reached.*ECONNREFUSED.*after 2 attempts/u);
    expect(result.log).toContain('Trying again');
    expect(JSON.parse(result.outputs['results'] ?? '')).toEqual([
      { user_id: 'user-1', outcome: 'failed', status: null, attempts: 2 },
    ]);
  });

  it.concurrent('has an unknown name: final, and the batch stops', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run(
      { 'user-id': 'user-1\nuser-2', domain: 'acme.us.monocloud.test' },
      { nodeArguments: preload(noNameIsKnown('ENOTFOUND'), onTestFinished) },
    );
    const host = 'acme.us.monocloud.test';
    expectPlainFailure(result, fill(FAILURES['unknown-host'].tenant, { host }));
    expectStopped(result, 'unknown-host', 1);
    expect(result.log).not.toContain('Trying again');
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([
      { outcome: 'failed', attempts: 1 },
      { outcome: 'skipped', attempts: 0 },
    ]);
  });

  it.concurrent('has a name server that is out of order: retried', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run(
      { ...ONE_USER, domain: 'acme.us.monocloud.test', retries: '1' },
      { nodeArguments: preload(noNameIsKnown('EAI_AGAIN'), onTestFinished) },
    );
    expectPlainFailure(result, /acme\.us\.monocloud\.test.*EAI_AGAIN.*after 2 attempts/u);
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([{ outcome: 'failed' }]);
  });
});

describe('the domain', () => {
  it.skipIf(!hasIpv6).concurrent(
    'may be the IPv6 loopback (where there is one)',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ host: '::1' }, onTestFinished);
      expect(emulator.origin).toBe(`http://[::1]:${emulator.port}`);
      const result = await run(ONE_USER);
      expect(result.exitCode).toBe(0);
      expect(emulator.users.hasUsername('user-1')).toBe(false);
      expect(emulator.requests[0]?.headers['host']).toBe(`[::1]:${emulator.port}`);
    },
  );

  it.concurrent.for(['localhost', 'LOCALHOST', '127.0.0.1'])(
    '%s is connected to as it is written',
    async (host, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, domain: ` HTTP://${host}:${emulator.port}/ ` });
      expect(result.exitCode).toBe(0);
      expect(emulator.requests[0]?.headers['host']).toBe(`${host.toLowerCase()}:${emulator.port}`);
    },
  );
});
