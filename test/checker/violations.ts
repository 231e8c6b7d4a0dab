import { accountViolations } from './rules-of-accounting.ts';
import { requestViolations } from './rules-of-requests.ts';
import { stopViolations } from './rules-of-stopping.ts';
import { truthViolations } from './rules-of-truth.ts';
import type { Trial } from './trial.ts';

/** What the policy did or said that it must not, one sentence each; empty when all is well. */
export function violationsOf(trial: Trial): readonly string[] {
  return [
    ...accountViolations(trial),
    ...truthViolations(trial),
    ...requestViolations(trial),
    ...stopViolations(trial),
  ];
}
