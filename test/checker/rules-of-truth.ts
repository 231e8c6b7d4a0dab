import type { RequestRecord, Verdict } from './history.ts';
import { isWithoutFaults, type Plan } from './plan.ts';
import { anyLost, isReadingDue, sentFor } from './replies.ts';
import type { Trial } from './trial.ts';

/** What was said of each user is what the model knows, or at least what could be known. */
export function truthViolations({ plan, history, stopReason }: Trial): readonly string[] {
  return history.verdicts.flatMap((verdict) => {
    const { userId, outcome } = verdict.result;
    const isBefore = (moment = Infinity): boolean => moment < verdict.at.step;
    const isCancelled = isBefore(history.cancelled?.step);
    const context = {
      plan,
      requests: history.of(userId),
      isCancelled,
      isCutOff: isCancelled || isBefore(history.broken?.step),
      isStopped: stopReason !== undefined,
    };
    const wrong = falsehood(verdict, context);
    return wrong === undefined ? [] : [`${userId} is said to be ${outcome}, but ${wrong}`];
  });
}

interface Context {
  readonly plan: Plan;
  readonly requests: readonly RequestRecord[];
  readonly isCancelled: boolean;
  /** Nothing more may be sent. */
  readonly isCutOff: boolean;
  readonly isStopped: boolean;
}

/** @returns completes "The user is said to be …, but …"; undefined where it is true */
function falsehood({ result, truth }: Verdict, context: Context): string | undefined {
  const { plan, requests, isCancelled, isCutOff, isStopped } = context;
  if (isWithoutFaults(plan)) {
    const right = outcomeWithoutFaults(plan, result.userId);
    return result.outcome === right ? undefined : `nothing went wrong and it is ${right}`;
  }
  const sent = sentFor(requests, plan.dryRun);
  const last = requests.at(-1)?.reply;
  const mayPass = sent.attempts.at(-1)?.reply?.retried === true;
  const hasReadings = sent.readings.length > 0;
  const isLost = anyLost(sent);
  const threw = requests.some(({ threwAt }) => threwAt !== undefined);
  switch (result.outcome) {
    case 'removed':
      if (truth !== 'no username') return `there is ${truth}`;
      if (result.confirmedByRead !== hasReadings) return 'it is not said how that is known';
      return last?.shownUsername === false ? undefined : 'no profile shows it';
    case 'would-remove':
      return last?.shownUsername === true ? undefined : 'no profile shows it';
    case 'no-username':
      if (truth !== 'no username') return `there is ${truth}`;
      if (!plan.dryRun && !plan.ignoreNoUsername) return 'nobody asked for that';
      if (!plan.dryRun && isLost) return 'this step may have removed it';
      return last?.shownUsername === false ? undefined : 'no profile shows it';
    case 'not-found':
      if (isLost && last?.status !== 404) return 'a response was lost, and nothing settled it';
      if (isLost && !hasReadings) return 'a response was lost, and nothing settled it';
      return truth === 'missing' ? undefined : 'the user exists';
    case 'failed':
      if (threw && !plan.dryRun) return 'the action met an error of its own';
      if (!plan.dryRun && isCancelled && mayPass) return 'it was in flight';
      if (plan.dryRun || !isLost || last?.shownUsername === true) return undefined;
      return 'a response was lost, and nothing settled it';
    case 'unconfirmed':
      if (plan.dryRun) return 'nothing was to be removed';
      if (threw) return undefined;
      if (!isCutOff && !isLost) return 'no response was lost';
      if (hasReadings && last?.shownUsername !== undefined) return 'a reading settled it';
      if (hasReadings && last?.status === 404) return 'a reading settled it';
      // Cancelled between two attempts, a user was in flight as well.
      if (isCutOff || isStopped || hasReadings) return undefined;
      return isReadingDue(sent, plan.ignoreNoUsername) ? 'nobody read the user' : undefined;
    case 'skipped':
      return undefined;
  }
}

function outcomeWithoutFaults(
  { users, dryRun, ignoreNoUsername }: Plan,
  userId: string,
): Verdict['result']['outcome'] {
  switch (users.get(userId)) {
    case 'has a username':
      return dryRun ? 'would-remove' : 'removed';
    case 'has no username':
      return dryRun || ignoreNoUsername ? 'no-username' : 'failed';
    case 'is missing':
    case undefined:
      return 'not-found';
  }
}
