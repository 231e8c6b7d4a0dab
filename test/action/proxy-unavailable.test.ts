import { describe, expect, it } from 'vitest';
import { authority, behindProxy, TENANT } from './behind-proxy.ts';
import { expectTrueAccount, outcomesOf, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { HAS_A_LAST_WORD, LAST_WORD, noNameIsKnown, preload } from './preload.ts';
import { methodsOf } from './requests.ts';
import { CLOSED_PORT } from './this-machine.ts';

const STATUSES = [429, 502, 503, 504] as const;

describe('a proxy that cannot open a connection now and then', () => {
  it.concurrent.for(STATUSES)(
    'answers every fifth CONNECT with %i: retried, and nobody is read',
    async (status, { onTestFinished }) => {
      const statusFor = (number: number): number | undefined =>
        number % 5 === 0 ? status : undefined;
      // Each request needs a tunnel of its own.
      const options = { users: 30, closeKept: 'after-answer' } as const;
      const { emulator, proxy, run } = await behindProxy(onTestFinished, { statusFor }, options);
      const result = await run({ 'user-id': userIdLines(30) });
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
      const { emulator, proxy, run } = await behindProxy(onTestFinished, { statusFor });
      const result = await run();
      expect(result.conclusion).toBe('success');
      expect(userRecords(result)).toMatchObject([{ outcome: 'removed', attempts: 2 }]);
      expect(proxy.connects).toHaveLength(2);
      expect(methodsOf(emulator)).toEqual(['DELETE']);
    },
  );

  it.concurrent('answers always so: the last word is that of the proxy', async (context) => {
    const { emulator, proxy, run } = await behindProxy(context.onTestFinished, {
      statusFor: () => 503,
    });
    const result = await run({ retries: '1' });
    expectPlainFailure(result, `The proxy ${proxy.authority} could not open a connection`);
    expectPlainFailure(result, /The proxy answered 503 Service Unavailable\. .*after 2 attempts/u);
    expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: null, attempts: 2 }]);
    expect(proxy.connects).toHaveLength(2);
    expect(emulator.connections).toBe(0);
  });
});

describe('a proxy that refuses for good', () => {
  it.concurrent.for([
    [400, 'Bad Request'],
    [403, 'Forbidden'],
    [407, 'Proxy Authentication Required'],
    [500, 'Internal Server Error'],
  ] as const)('answers CONNECT with %i: final', async ([status, reason], { onTestFinished }) => {
    const behind = await behindProxy(onTestFinished, { statusFor: () => status });
    const result = await behind.run();
    const who = `User user-1: Proxy refused. The proxy ${behind.proxy.authority} did not open`;
    expectPlainFailure(result, who);
    expectPlainFailure(result, `The proxy answered ${status} ${reason}.`);
    expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: null, attempts: 1 }]);
    expect(behind.proxy.connects).toHaveLength(1);
    expect(behind.emulator.connections).toBe(0);
  });

  it.concurrent('answers something that is not HTTP: final', async ({ onTestFinished }) => {
    const { emulator, proxy, run } = await behindProxy(onTestFinished, { behave: 'garbage' });
    const result = await run();
    expectPlainFailure(
      result,
      `User user-1: Not HTTP. What the proxy ${proxy.authority} sent is not HTTP`,
    );
    expect(proxy.connects).toHaveLength(1);
    expect(emulator.connections).toBe(0);
    expect(outcomesOf(result)).toEqual(['failed']);
  });
});

describe('a proxy that does not do its work', () => {
  it.concurrent('drops the connection: retried', async ({ onTestFinished }) => {
    const { proxy, run } = await behindProxy(onTestFinished, { behave: 'drop' });
    const result = await run({ retries: '1' });
    expectPlainFailure(result, `The connection to the proxy ${proxy.authority} ended`);
    expectPlainFailure(result, /ECONNRESET.*after 2 attempts/u);
    expect(proxy.connects).toHaveLength(2);
    expect(outcomesOf(result)).toEqual(['failed']);
  });

  it.concurrent.for(['http', 'https'])(
    'never answers CONNECT: the deadline holds (%s)',
    async (scheme, { onTestFinished }) => {
      const tls = await authority.issue({ hosts: ['127.0.0.1'] });
      const options = { behave: 'stall', ...(scheme === 'https' && { tls }) } as const;
      const { proxy, run } = await behindProxy(onTestFinished, options);
      const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
      const result = await run({ retries: '1', timeout: '1' }, { nodeArguments });
      expectPlainFailure(result, `The proxy ${proxy.authority} did not answer within the time`);
      expectPlainFailure(result, /after 2 attempts/u);
      expect(result.log).toContain(LAST_WORD);
      expect(result.durationMs).toBeLessThan(8000);
      expect(proxy.connects).toHaveLength(2);
      expect(outcomesOf(result)).toEqual(['failed']);
    },
  );

  it.concurrent('never answers CONNECT: cancelling ends it', async ({ onTestFinished }) => {
    const { proxy, start } = await behindProxy(onTestFinished, { behave: 'stall' });
    const step = start({}, { nodeArguments: preload(HAS_A_LAST_WORD, onTestFinished) });
    await proxy.waitForConnects(1);
    const cancelledAt = performance.now();
    step.cancel();
    const result = await step.finished;
    expect(performance.now() - cancelledAt).toBeLessThan(5000);
    expect(result).toMatchObject({ exitCode: 1, stderr: '' });
    expect(result.log).toContain(LAST_WORD);
    expect(result.outputs['failed-count']).toBe('1');
  });

  it.concurrent('is not running: retried', async ({ onTestFinished }) => {
    const { emulator, run } = await behindProxy(onTestFinished);
    const env = { HTTPS_PROXY: CLOSED_PORT.origin };
    const result = await run({ retries: '1' }, { env });
    expectPlainFailure(result, `The proxy ${CLOSED_PORT.authority} could not be reached`);
    expectPlainFailure(result, /ECONNREFUSED.*after 2 attempts/u);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent.for([
    [
      'ENOTFOUND',
      ['failed', 'skipped'],
      'No proxy with the name proxy.monocloud.test:3128 is known. Check HTTPS_PROXY',
    ],
    ['EAI_AGAIN', ['failed', 'failed'], 'no answer about the proxy proxy.monocloud.test:3128'],
  ] as const)('has a name that is not found (%s)', async ([code, outcomes, why], context) => {
    const { emulator, run } = await behindProxy(context.onTestFinished);
    const result = await run(
      { 'user-id': 'user-1\nuser-2', retries: '0' },
      {
        env: { HTTPS_PROXY: 'http://proxy.monocloud.test:3128' },
        nodeArguments: preload(noNameIsKnown(code), context.onTestFinished),
      },
    );
    expectPlainFailure(result, why);
    expect(result.annotations[0]?.message).not.toContain(TENANT);
    expect(emulator.connections).toBe(0);
    expect(outcomesOf(result)).toEqual(outcomes);
  });
});
