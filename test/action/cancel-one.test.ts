import { describe, expect, it } from 'vitest';
import { NOT_DONE_TITLES, OUTCOME_LABELS, RESULTS, STOPS } from '../../src/report/messages.ts';
import { outcomesOf, reportOf, resultsOfOne } from './evidence.ts';
import { HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { ONE_USER, scenario } from './scenario.ts';

const FIVE_SECONDS = 5000;

describe('cancelling', () => {
  it.concurrent.for(['headers', 'body'] as const)(
    'a request in flight leaves the user unconfirmed, in the %s',
    async (where, { onTestFinished }) => {
      const { emulator, start } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'stall', where, apply: true });
      const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
      const step = start(ONE_USER, { nodeArguments });
      await emulator.waitForRequests(1);
      const cancelledAt = performance.now();
      step.cancel();
      const result = await step.finished;
      expect(performance.now() - cancelledAt).toBeLessThan(FIVE_SECONDS);
      expect(result).toMatchObject({ exitCode: 1, conclusion: 'cancelled', stderr: '' });
      expect(emulator.requests).toHaveLength(1);
      expect(result.outputs).toMatchObject({
        results: resultsOfOne('unconfirmed', null),
        'removed-count': '0',
        'failed-count': '1',
      });
      expect(reportOf(result)).toMatchObject([
        { type: 'run' },
        { type: 'user', outcome: 'unconfirmed' },
        { type: 'end', outcomes: { unconfirmed: 1 }, stopped: 'cancelled' },
      ]);
      expect(result.annotations.map(({ title }) => title)).toEqual([
        NOT_DONE_TITLES.unconfirmed,
        STOPS.cancelled.title,
      ]);
      expect(result.summary).toContain(OUTCOME_LABELS.unconfirmed);
      expect(result.summary).toContain(STOPS.cancelled.text);
      const lastLine = RESULTS.unconfirmed.replace('{user}', 'user-1');
      expect(result.log.endsWith(`\n${lastLine}\n${LAST_WORD}`)).toBe(true);
    },
  );

  it.concurrent('a wait that the API asked for is not waited out', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 60 }, { next: Infinity });
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const step = start({ 'user-id': 'user-1\nuser-2' }, { nodeArguments });
    await step.waitForLog(/Trying again in/u);
    const cancelledAt = performance.now();
    step.cancel();
    const result = await step.finished;
    expect(performance.now() - cancelledAt).toBeLessThan(FIVE_SECONDS);
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain(LAST_WORD);
    expect(emulator.requests).toHaveLength(1);
    expect(outcomesOf(result)).toEqual(['unconfirmed', 'skipped']);
  });

  it.skipIf(process.platform === 'win32')(
    'by SIGTERM alone ends the step as well (Windows has no SIGTERM)',
    { concurrent: true },
    async ({ onTestFinished }) => {
      const { emulator, start } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'stall', where: 'headers' });
      const step = start({ 'user-id': 'user-1\nuser-2' });
      await emulator.waitForRequests(1);
      process.kill(step.pid, 'SIGTERM');
      const result = await step.finished;
      expect(result).toMatchObject({ exitCode: 1, signal: null });
      expect(result.outputs['failed-count']).toBe('2');
    },
  );
});
