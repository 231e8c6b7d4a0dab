import {
  LIMITED_HEADER,
  limitedCells,
  runLimited,
  type LimitedRun,
  type LimitedTenant,
} from './limited-run.ts';
import { table } from './table.ts';

interface Case extends LimitedTenant {
  readonly concurrency: number;
}

const CONCURRENCIES = [4, 16];
const SLOW: readonly Case[] = CONCURRENCIES.flatMap((concurrency) =>
  [60, 200, 1000].map((users) => ({ perSecond: 20, users, concurrency })),
);
/** s: long enough that the first second, in which the limit is found, does not decide. */
const SECONDS = 9;
const FAST: readonly Case[] = [50, 200, 500].flatMap((perSecond) =>
  CONCURRENCIES.map((concurrency) => ({ perSecond, users: perSecond * SECONDS, concurrency })),
);
const ROUNDS = 3;

/**
 * A server that refuses what comes too fast: how long it takes, and how much is refused. Goals from 50
 * a second on: at most 1.3 × the ideal time, and at most 1 in 10 requests refused.
 */
export async function benchRateLimit(): Promise<string> {
  // All at once: twenty requests a second keep nobody busy.
  const slow = await Promise.all(SLOW.map(async (one) => rowOf(one, [await runCase(one)])));
  const fast: (readonly string[])[] = [];
  for (const one of FAST) {
    const runs: LimitedRun[] = [];
    while (runs.length < ROUNDS) runs.push(await runCase(one));
    fast.push(rowOf(one, runs));
  }
  return table(
    `A server that allows so many requests a second (\`Retry-After: 1\` past it; from 50 on ` +
      `medians of ${ROUNDS} rounds)`,
    ['', ...LIMITED_HEADER],
    [...slow, ...fast],
  );
}

function runCase(one: Case): Promise<LimitedRun> {
  return runLimited(one, [{ concurrency: String(one.concurrency) }]);
}

function rowOf(one: Case, runs: readonly LimitedRun[]): readonly string[] {
  const { perSecond, users, concurrency } = one;
  const what = `${perSecond} a second, ${users} users, ${concurrency} at once`;
  return [what, ...limitedCells(one, runs)];
}
