import { isNotDone } from '../../src/removal/outcome.ts';
import { sentFor } from './replies.ts';
import type { Trial } from './trial.ts';

/** Every user is accounted for once, in its place, and the whole says no more than its parts. */
export function accountViolations({ plan, history, stopReason }: Trial): readonly string[] {
  const violations: string[] = [];
  const userIds = [...plan.users.keys()];
  if (stopReason === 'stuck') violations.push('the batch is stuck');

  for (const [index, userId] of userIds.entries()) {
    const verdicts = history.verdicts.filter(({ result }) => result.userId === userId);
    if (verdicts.length !== 1) {
      violations.push(`${userId} is accounted for ${verdicts.length} times`);
    }
    for (const verdict of verdicts) {
      if (verdict.index !== index) violations.push(`${userId} is accounted for in another's place`);
      const sent = history.of(userId);
      const { outcome, attempts } = verdict.result;
      const { length } = sentFor(sent, plan.dryRun).attempts;
      if (attempts !== length) {
        violations.push(`${userId} had ${length} attempts, not ${attempts}`);
      }
      if (outcome === 'skipped' && sent.length > 0) {
        violations.push(`${userId} was sent and skipped`);
      }
      if (outcome !== 'skipped' && sent.length === 0) violations.push(`${userId} was never sent`);
      if (outcome === 'skipped' && stopReason === undefined) {
        violations.push(`${userId} is skipped, and nothing stopped the batch`);
      }
    }
  }

  const allDone = history.verdicts.every(({ result }) => !isNotDone(result));
  if (allDone && stopReason === undefined && history.verdicts.length < userIds.length) {
    violations.push('all is said to be done, and a user is not accounted for');
  }
  return violations;
}
