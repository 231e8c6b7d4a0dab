import type { RequestRecord, Verdict } from './history.ts';
import type { Plan } from './plan.ts';
import { isDoubtful, mayPass } from './rules-of-requests.ts';
import type { Trial } from './trial.ts';

/** What was said of each user is what the model knows, or at least what could be known. */
export function truthViolations({ plan, history }: Trial): readonly string[] {
  return history.verdicts.flatMap((verdict) => {
    const { userId, outcome } = verdict.result;
    const isCancelled = (history.cancelled?.step ?? Infinity) < verdict.at.step;
    const wrong = falsehood(verdict, history.of(userId), plan, isCancelled);
    return wrong === undefined ? [] : [`${userId} is said to be ${outcome}, but ${wrong}`];
  });
}

/** @returns completes "The user is said to be …, but …"; undefined where it is true */
function falsehood(
  { result, truth }: Verdict,
  sent: readonly RequestRecord[],
  plan: Plan,
  isCancelled: boolean,
): string | undefined {
  const replies = sent.flatMap(({ reply }) => reply ?? []);
  const reads = sent.filter(({ method }) => method === 'GET');
  const unanswered = sent.some(({ reply }) => reply?.status === undefined && reply?.lost === true);
  const isUnsettled =
    !plan.dryRun &&
    isDoubtful(sent.at(-1)) &&
    reads.length === 0 &&
    replies.some(({ lost }) => lost);
  const proven = replies.some(({ shownUsername }) => shownUsername === true);
  if (plan.faultRate === 0 && plan.cancelAt === undefined) {
    const right = outcomeWithoutFaults(plan, result.userId);
    return result.outcome === right ? undefined : `nothing went wrong and it is ${right}`;
  }
  switch (result.outcome) {
    case 'removed':
      if (truth !== 'no username') return `there is ${truth}`;
      if (result.confirmedByRead !== reads.length > 0) return 'it is not said how that is known';
      return replies.at(-1)?.shownUsername === false ? undefined : 'no profile shows it';
    case 'would-remove':
      return truth === 'username' ? undefined : `there is ${truth}`;
    case 'no-username':
      return truth === 'no username' ? undefined : `there is ${truth}`;
    case 'not-found':
      if (isUnsettled) return 'that was left in doubt';
      return truth === 'missing' ? undefined : 'the user exists';
    case 'failed':
      if (isUnsettled) return 'that was left in doubt';
      if (!plan.dryRun && isCancelled && mayPass(replies.at(-1))) return 'it was under way';
      if (plan.dryRun || proven || !unanswered) return undefined;
      return 'a removal got no answer and may have worked';
    case 'unconfirmed':
      // Cancelled between two tries, a user was under way as well.
      if (isCancelled || replies.some(({ lost }) => lost)) return undefined;
      return 'every request was answered';
    case 'skipped':
      return undefined;
  }
}

function outcomeWithoutFaults(
  { users, dryRun }: Plan,
  userId: string,
): Verdict['result']['outcome'] {
  switch (users.get(userId)) {
    case 'has a username':
      return dryRun ? 'would-remove' : 'removed';
    case 'has no username':
      return dryRun ? 'no-username' : 'failed';
    case 'is missing':
    case undefined:
      return 'not-found';
  }
}
