import { describe, expect, it } from 'vitest';
import {
  expectTrueAccount,
  outcomesOf,
  reportOf,
  reportText,
  resultsOf,
  userRecords,
} from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { preload } from './preload.ts';
import { scenario } from './scenario.ts';

/** Runs code when the so many-th response has arrived; ahead of it comes what has to be there. */
function afterResponses(count: number, code: string, ahead = ''): string {
  return `
import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
let responses = 0;
let isDue = false;
${ahead}
syncBuiltinESMExports();
subscribe('http.client.response.finish', () => {
  responses += 1;
  if (responses !== ${count}) return;
  isDue = true;
  ${code}
});
`;
}

const THROWS_WHEN_WRITING = `
const { appendFileSync } = fs;
fs.appendFileSync = (...given) => {
  if (isDue && typeof given[0] === 'number') throw new TypeError('of a test');
  return appendFileSync(...given);
};
`;

const THROWS_WHEN_LOGGING = `
const write = process.stdout.write;
process.stdout.write = function (...given) {
  if (isDue && String(given[0]).includes('attempt')) {
    isDue = false;
    throw new TypeError('of a test');
  }
  return write.apply(this, given);
};
`;

const IN_A_TIMER = afterResponses(12, `setTimeout(() => { throw new Error('of a test'); }, 0);`);
const IN_A_PROMISE = afterResponses(12, `Promise.reject(new Error('of a test'));`);

const ERRORS: readonly (readonly [name: string, source: string])[] = [
  ['in a timer', IN_A_TIMER],
  ['in a promise that nobody awaits', IN_A_PROMISE],
  ['in appendFileSync', afterResponses(12, '', THROWS_WHEN_WRITING)],
  ['in process.stdout.write', afterResponses(12, '', THROWS_WHEN_LOGGING)],
];

/** Breaks what makes the records of the report, from the second one on. */
const WITHOUT_RECORDS = `
const { toISOString } = Date.prototype;
let calls = 0;
Date.prototype.toISOString = function () {
  calls += 1;
  if (calls > 1) throw new TypeError('of a test');
  return toISOString.call(this);
};
`;

describe('an error that nobody expected, while the step reports', () => {
  it.concurrent('leaves outputs with true counts', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const nodeArguments = preload(WITHOUT_RECORDS, onTestFinished);
    const result = await run({ 'user-id': userIdLines(3) }, { nodeArguments });
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' });
    expect(emulator.requests).toHaveLength(1);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: '',
      'removed-count': '1',
      'failed-count': '2',
    });
    expect(result.outputs['problem']).toContain('(TypeError)');
    expect(result.annotations.map(({ title }) => title)).toContain('Internal error');
    expect(result.stdout).not.toContain('of a test');
  });
});

describe('an error that nobody expected, in mid-batch', () => {
  it.concurrent.for(ERRORS)(
    '%s: nothing more is sent, and what is reported is true',
    async ([, source], { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 60, latency: 20 }, onTestFinished);
      const nodeArguments = preload(source, onTestFinished);
      const more = { nodeArguments, debug: true };
      const result = await run({ 'user-id': userIdLines(60) }, more);
      expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' });
      expect(result.annotations.map((one) => one.title)).toContain('Internal error');
      expect(`${result.stdout}${result.summaryFile}`).not.toContain('of a test');
      expect(result.log).not.toMatch(/^\s+at /mu);

      // Those in flight, and one more each that was about to go; not the fifty to come.
      expect(emulator.requests.length).toBeLessThanOrEqual(12 + 8);
      const results = resultsOf(result);
      const removed = results.filter(({ outcome }) => outcome === 'removed').length;
      expect(removed).toBeGreaterThanOrEqual(8);
      expect(result.outputs).toMatchObject({
        'removed-count': String(removed),
        'failed-count': String(60 - removed),
      });
      for (const { user_id: id, outcome, attempts } of results) {
        const hasUsername = emulator.users.hasUsername(String(id));
        if (outcome === 'removed') expect(hasUsername).toBe(false);
        if (outcome === 'skipped') expect([hasUsername, attempts]).toEqual([true, 0]);
        else expect(attempts).toBeGreaterThan(0);
      }
      const without = emulator.users.counts().withoutUsername;
      const unconfirmed = results.filter(({ outcome }) => outcome === 'unconfirmed');
      expect(removed).toBeLessThanOrEqual(without);
      expect(removed + unconfirmed.length).toBeGreaterThanOrEqual(without);
    },
  );

  it.concurrent('leaves nothing unconfirmed in a dry run', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 40, latency: 20 }, onTestFinished);
    const nodeArguments = preload(afterResponses(12, '', THROWS_WHEN_LOGGING), onTestFinished);
    const inputs = { 'user-id': userIdLines(40), 'dry-run': 'true' };
    const result = await run(inputs, { nodeArguments, debug: true });
    expect(result.conclusion).toBe('failure');
    const broken = userRecords(result).filter(({ problem }) =>
      JSON.stringify(problem ?? '').includes('(TypeError)'),
    );
    expect(broken).toMatchObject([{ outcome: 'failed', status: null, attempts: 1 }]);
    expect(outcomesOf(result)).not.toContain('unconfirmed');
    expect(emulator.users.counts().withoutUsername).toBe(0);
  });

  it.concurrent('leaves a report that a next run can go on from', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 40, latency: 20 }, onTestFinished);
    const nodeArguments = preload(IN_A_TIMER, onTestFinished);
    const first = await run({ 'user-id': userIdLines(40) }, { nodeArguments });
    expectTrueAccount(first, emulator);
    expect(userRecords(first)).toHaveLength(40);
    expect(reportOf(first).at(-1)).toMatchObject({ type: 'end', stopped: 'internal-error' });

    const inputs = { 'user-id-file': 'report.jsonl', 'on-no-username': 'ignore' };
    const second = await run(inputs, { files: { 'report.jsonl': reportText(first) } });
    expect(second.conclusion).toBe('success');
    expect(emulator.users.counts().withUsername).toBe(0);
  });
});
