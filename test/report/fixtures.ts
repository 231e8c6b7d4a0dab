import { makeProblem, type ProblemDetails } from '../../src/monocloud/problem-details.ts';
import type { UserId } from '../../src/monocloud/user-id.ts';
import type { NotDone, UserResult } from '../../src/removal/outcome.ts';
import type { AnnotationKind, StepLog } from '../../src/report/step-log.ts';

export function removed(userId: UserId, text = '{}', confirmedByRead = false): UserResult {
  const profile = { text, userId: undefined, hasUsername: false };
  return { userId, outcome: 'removed', status: 200, attempts: 1, profile, confirmedByRead };
}

export function notDone(
  userId: UserId,
  outcome: NotDone['outcome'] = 'failed',
  problem: ProblemDetails = makeProblem('Title', 'Detail', 500),
): UserResult {
  return { userId, outcome, status: 500, attempts: 1, problem, rule: {} };
}

/** A log that keeps what it was told. */
export function keptLog(): StepLog & { readonly titles: readonly string[] } {
  const titles: string[] = [];
  return {
    titles,
    info: () => {},
    debug: () => {},
    annotate: (_: AnnotationKind, title) => {
      titles.push(title);
    },
    flush: () => {},
  };
}
