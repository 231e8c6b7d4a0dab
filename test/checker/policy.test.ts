import { describe, expect, it } from 'vitest';
import { planFrom } from './plan.ts';
import { seedsUpTo } from './random.ts';
import { runTrial } from './trial.ts';
import { violationsOf } from './violations.ts';

const SEEDS = Number(process.env['CHECKER_SEEDS'] ?? 15_000);
/** A single seed to replay, where one is asked for. */
const replayed = process.env['CHECKER_SEED'];

/** @returns the first 5 seeds for which something is wrong, each with what that is */
async function findViolations(seeds: Iterable<number>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const seed of seeds) {
    const trial = await runTrial(planFrom(seed));
    const violations = violationsOf(trial);
    if (violations.length > 0) found.push(`CHECKER_SEED=${seed}: ${violations.join('; ')}`);
    if (found.length === 5) break;
  }
  return found;
}

describe('whatever a network and an API do', () => {
  it(
    replayed === undefined
      ? `the policy holds to the contract (${SEEDS} seeds)`
      : `seed ${replayed}`,
    { timeout: 60_000 },
    async () => {
      const seeds = replayed === undefined ? seedsUpTo(SEEDS) : [Number(replayed)];
      expect(await findViolations(seeds)).toEqual([]);
    },
  );
});
