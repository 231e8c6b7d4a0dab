import { describe, expect, it } from 'vitest';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('an API that can take only so much', () => {
  it.concurrent(
    'gets 503 for more than two at once, without `Retry-After`: all are done',
    async ({ onTestFinished }) => {
      const maxInFlight = { limit: 2 };
      const options = { users: 120, latency: 20, maxInFlight };
      const { emulator, run } = await scenario(options, onTestFinished);
      const inputs = { 'user-id': userIdLines(120), 'max-users': '120', concurrency: '4' };
      const result = await run(inputs);
      expect(result.conclusion).toBe('success');
      expect(result.outputs).toMatchObject({ 'removed-count': '120', 'failed-count': '0' });
      expect(emulator.counts.throttled).toBeGreaterThan(0);
      expect(emulator.counts.throttled).toBeLessThan(40);
    },
    120_000,
  );

  it.concurrent.for([20, 50, 200])(
    'refuses what is past %i a second: at most one request in ten',
    { timeout: 60_000 },
    async (perSecond, { onTestFinished }) => {
      const users = perSecond * 5;
      const options = { users, rateLimit: { perSecond, retryAfter: 1 } };
      const { emulator, run } = await scenario(options, onTestFinished);
      const inputs = { 'user-id': userIdLines(users), 'max-users': String(users) };
      const result = await run(inputs);
      expect(result.conclusion).toBe('success');
      expect(emulator.counts.throttled).toBeLessThanOrEqual(users / 10);
    },
  );
});
