import { describe, expect, it } from 'vitest';
import { OUTCOMES, STOP_REASONS } from '../../src/removal/outcome.ts';
import { planFrom } from './plan.ts';
import { seedsUpTo } from './random.ts';
import { runTrial, type Policy } from './trial.ts';
import { violationsOf } from './violations.ts';
import { WRONG_DETAILS } from './wrong-details.ts';
import { WRONG_POLICIES } from './wrong-policies.ts';

/** @returns whether one of the seeds shows this mistake of a policy */
async function finds(violation: RegExp, policy: Policy): Promise<boolean> {
  for (const seed of seedsUpTo(1000)) {
    const trial = await runTrial(planFrom(seed), policy);
    if (violation.test(violationsOf(trial).join('; '))) return true;
  }
  return false;
}

describe('the checker', () => {
  it('takes the same way for the same seed', async () => {
    for (const seed of [7, 42, 1234]) {
      const [one, other] = [await runTrial(planFrom(seed)), await runTrial(planFrom(seed))];
      expect(one.history.requests).toEqual(other.history.requests);
      expect(one.history.verdicts).toEqual(other.history.verdicts);
    }
  });

  it('has seen every outcome and every reason to stop', async () => {
    const outcomes = new Set<string>();
    const reasons = new Set<string | undefined>();
    for (const seed of seedsUpTo(1000)) {
      const { history, stopReason } = await runTrial(planFrom(seed));
      for (const { result } of history.verdicts) {
        outcomes.add(result.outcome);
        if (result.outcome === 'removed' && result.confirmedByRead) outcomes.add('confirmed');
      }
      reasons.add(stopReason);
    }
    expect(outcomes).toEqual(new Set([...OUTCOMES, 'confirmed']));
    // Those that come from the world around the policy are not part of the model.
    const reachable = STOP_REASONS.filter(
      (reason) => reason !== 'log-closed' && reason !== 'report-lost',
    );
    expect(reasons).toEqual(new Set([undefined, ...reachable]));
  });

  it.each([...WRONG_POLICIES, ...WRONG_DETAILS])(
    'finds a policy that $name',
    async ({ policy, violation }) => {
      expect(await finds(violation, policy)).toBe(true);
    },
  );
});
