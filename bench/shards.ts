import { LIMITED_HEADER, limitedCells, runLimited, type LimitedRun } from './limited-run.ts';
import { median, ratio, table } from './table.ts';

const SHARDS = 4;
const TENANT = { perSecond: 50, users: 500 };
const ROUNDS = 3;

/**
 * One list in several processes that share the limit of a tenant, against one process. Goals: at most
 * 1.5 × the time of the one, and at most 1 in 10 requests refused.
 */
export async function benchShards(): Promise<string> {
  const parts = Array.from({ length: SHARDS }, (_, index) => ({ shard: `${index + 1}/${SHARDS}` }));
  const one: LimitedRun[] = [];
  const several: LimitedRun[] = [];
  while (one.length < ROUNDS) {
    one.push(await runLimited(TENANT, [{}]));
    several.push(await runLimited(TENANT, parts));
  }
  return table(
    `${TENANT.users} users of a tenant that allows ${TENANT.perSecond} requests a second ` +
      `(\`Retry-After: 1\` past it; medians of ${ROUNDS} rounds)`,
    ['', ...LIMITED_HEADER, 'to one'],
    [
      ['one process', ...limitedCells(TENANT, one), ''],
      [
        `${SHARDS} shards at once`,
        ...limitedCells(TENANT, several),
        ratio(msOf(several), msOf(one)),
      ],
    ],
  );
}

function msOf(runs: readonly LimitedRun[]): number {
  return median(runs.map(({ ms }) => ms));
}
