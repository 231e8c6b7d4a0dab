import { describe, expect, it } from 'vitest';
import { FAILURES } from '../../src/report/messages.ts';
import { fill } from '../../src/report/text.ts';
import { outcomesOf, resultsOf, resultsOfOne } from './evidence.ts';
import { expectStopped, times, userIdLines } from './many-users.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { noNameIsKnown, preload } from './preload.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { CLOSED_PORT } from './this-machine.ts';

/** A name server that knows no name for a while, from its so many-th question on. */
function failsFrom(question: number, forMs: number): string {
  return `
import dns from 'node:dns';
let asked = 0;
let until = Infinity;
dns.lookup = (host, options, callback) => setImmediate(() => {
  asked += 1;
  if (asked === ${question}) until = performance.now() + ${forMs};
  if (asked >= ${question} && performance.now() < until) {
    const error = new Error('getaddrinfo ENOTFOUND ' + host);
    callback(Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo' }));
  } else if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
});
`;
}

describe('a server that cannot be reached', () => {
  it.concurrent('refuses connections: retried', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain: CLOSED_PORT.origin, retries: '1' });
    expectPlainFailure(result, /could not be reached.*ECONNREFUSED\. Gave up after 2 attempts\.$/u);
    expect(result.log).toMatch(
      /^User user-1: No connection\. Trying again in .+ \(attempt 2 of 2\)\.$/mu,
    );
    expect(result.outputs).toMatchObject({ status: '', results: resultsOfOne('failed', null, 2) });
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
    expect(resultsOf(result)).toMatchObject([
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
    expect(resultsOf(result)).toMatchObject([{ outcome: 'failed' }]);
  });
});

describe('a host that is not known', () => {
  it.concurrent.for([300, 1500])(
    'for %i ms in mid-batch: retried, since something had answered',
    async (forMs, { onTestFinished }) => {
      // Each request needs a connection of its own.
      const { emulator, run } = await scenario(
        { users: 20, closeKept: 'after-answer' },
        onTestFinished,
      );
      const inputs = { domain: `http://localhost:${emulator.port}`, 'user-id': userIdLines(20) };
      const nodeArguments = preload(failsFrom(8, forMs), onTestFinished);
      const result = await run({ ...inputs, retries: '5' }, { nodeArguments });
      expect(result.conclusion).toBe('success');
      expect(outcomesOf(result)).toEqual(times(20, 'removed'));
      expect(result.log).toMatch(/: Unknown host\. Trying again in /u);
    },
  );

  it.concurrent('for good in mid-batch: ten users in a row stop it', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario(
      { users: 30, closeKept: 'after-answer' },
      onTestFinished,
    );
    const inputs = { domain: `http://localhost:${emulator.port}`, 'user-id': userIdLines(30) };
    const nodeArguments = preload(failsFrom(5, 600_000), onTestFinished);
    const result = await run({ ...inputs, retries: '0', concurrency: '1' }, { nodeArguments });
    const outcomes = outcomesOf(result);
    expect(outcomes.slice(0, 4)).toEqual(times(4, 'removed'));
    // The one in between may have gone out on the connection that was just being closed.
    expect(outcomes[4]).toMatch(/^(?:failed|unconfirmed)$/u);
    expect(outcomes.slice(5)).toEqual([...times(9, 'failed'), ...times(16, 'skipped')]);
    expect(result.annotations.at(-1)?.message).toContain('10 users in a row');
  });
});
