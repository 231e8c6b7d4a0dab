import { describe, expect, it } from 'vitest';
import { FAILURES } from '../../src/report/messages.ts';
import { fill } from '../../src/report/text.ts';
import { resultsOf, resultsOfOne } from './evidence.ts';
import { expectStopped } from './many-users.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { noNameIsKnown, preload } from './preload.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { CLOSED_PORT } from './this-machine.ts';

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
