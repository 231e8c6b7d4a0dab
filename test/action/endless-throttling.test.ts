import { describe, expect, it } from 'vitest';
import { outcomesOf, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { gapsBetween } from './requests.ts';
import { scenario } from './scenario.ts';

const RETRY =
  /^User (?<user>\S+): 429.* Trying again in (?<seconds>[\d.]+) s \(attempt (?<attempt>\d+) /gmu;

// These take as long as they say.
const TIMEOUT_MS = 120_000;

describe('an API that answers nothing but 429', () => {
  it.concurrent(
    'comes to an end after ten users in a row, asked without long pauses',
    async ({ onTestFinished }) => {
      const unavailable = { retryAfter: 1 };
      const { emulator, run } = await scenario({ users: 20, unavailable }, onTestFinished);
      const result = await run({ 'user-id': userIdLines(20), retries: '2' });
      expect(result.conclusion).toBe('failure');
      expect(Math.max(...gapsBetween(emulator))).toBeLessThan(6000);
      // Never earlier than the API asked, once it has asked.
      expect(Math.min(...gapsBetween(emulator).slice(4))).toBeGreaterThan(990);
      const last = result.annotations.at(-1);
      expect(last?.title).toBe('Stopped early');
      expect(last?.message).toMatch(/^Stopped: 10 users in a row .* \d users? skipped\.$/u);
      const given = userRecords(result).filter(({ attempts }) => attempts === 3);
      expect(given.length).toBeGreaterThanOrEqual(10);
      expect(given.every(({ outcome, status }) => outcome === 'failed' && status === 429)).toBe(
        true,
      );
      expect(result.outputs).toMatchObject({ status: '429', 'failed-count': '20' });
    },
    TIMEOUT_MS,
  );

  it.concurrent(
    'is asked again soon after it accepts requests again',
    async ({ onTestFinished }) => {
      const unavailable = { forMs: 25_000, retryAfter: 1 };
      const { emulator, run } = await scenario({ users: 8, unavailable }, onTestFinished);
      const result = await run({ 'user-id': userIdLines(8), retries: '10' });
      expect(outcomesOf(result)).toEqual(times(8, 'removed'));
      const [first] = emulator.requests;
      const wellAt = (first?.at ?? NaN) + 25_000;
      const afterwards = emulator.requests.filter(({ at }) => at >= wellAt);
      // `Retry-After` and 2 s; and then nothing holds the others up.
      expect((afterwards[0]?.at ?? NaN) - wellAt).toBeLessThan(3000);
      expect((afterwards.at(-1)?.at ?? NaN) - wellAt).toBeLessThan(8000);
      expect(Math.max(...gapsBetween(emulator))).toBeLessThan(3000);
    },
    TIMEOUT_MS,
  );

  it.concurrent('says when the next request really goes', async ({ onTestFinished }) => {
    const unavailable = { forMs: 7000, retryAfter: 2 };
    const { emulator, run } = await scenario({ users: 3, unavailable }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(3), retries: '5' });
    expect(outcomesOf(result)).toEqual(times(3, 'removed'));
    const said = [...result.log.matchAll(RETRY)].map(({ groups }) => {
      const { user = '', seconds = '', attempt = '' } = groups ?? {};
      const sentAt = emulator.requests.filter(({ path }) => path.includes(`/${user}/`));
      const [last, next] = sentAt.slice(Number(attempt) - 2).map(({ at }) => at);
      return { at: next ?? NaN, wrongBy: Number(seconds) * 1000 - ((next ?? NaN) - (last ?? NaN)) };
    });
    // Once the API accepts requests again, they go sooner than it seemed.
    const wellAt = (emulator.requests[0]?.at ?? NaN) + 7000;
    const duringThrottling = said.filter(({ at }) => at < wellAt);
    expect(duringThrottling.length).toBeGreaterThan(0);
    for (const { wrongBy } of duringThrottling) expect(Math.abs(wrongBy)).toBeLessThan(1000);
  });
});
