import { describe, expect, it } from 'vitest';
import { outcomesOf } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { preload } from './preload.ts';
import { scenario } from './scenario.ts';

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
