import type { Answer, ErrorAnswer } from '../monocloud/answer.ts';
import type { UserId } from '../monocloud/user-id.ts';
import type { UsersApi } from '../monocloud/users-api.ts';
import { skipped, type NotDone, type Outcome, type UserResult } from './outcome.ts';
import { ruleFor } from './rules.ts';
import { askWithin, tryRepeatedly, type Tries, type TryPolicy } from './tries.ts';

/** Removes the username of one user, or finds out why that could not be done. */
export async function removeUsername(
  userId: UserId,
  api: UsersApi,
  policy: TryPolicy,
): Promise<UserResult> {
  const tries = await tryRepeatedly(userId, api.removeUsername, policy);
  return { userId, attempts: tries.attempts, ...(await decide(tries, userId, api, policy)) };
}

function decide(
  tries: Tries,
  userId: UserId,
  api: UsersApi,
  policy: TryPolicy,
): Outcome | Promise<Outcome> {
  const { last } = tries;
  if (last === undefined) return skipped(tries.refusedWait);
  if (last.kind === 'profile') {
    const { status, profile } = last;
    return { outcome: 'removed', status, profile, confirmedByRead: false };
  }
  const cutShort = last.kind === 'no answer' || ruleFor(last).retried === true;
  if (policy.cancelled.aborted && cutShort) return notDone('unconfirmed', last, tries);
  if (last.kind === 'error' && tries.lost && ruleFor(last).doubtful) {
    return settleByReading(last, userId, api, policy);
  }
  if (tries.unanswered) return notDone('unconfirmed', last, tries);
  return notDone(isNotFound(last) ? 'not-found' : 'failed', last, tries);
}

/**
 * A try was lost, and a later one met what a removal that has already happened looks like. DELETE
 * is idempotent in what it does, not in what it answers (RFC 9110 §9.2.2), so the user is asked.
 */
async function settleByReading(
  later: ErrorAnswer,
  userId: UserId,
  api: UsersApi,
  { pace, clock, cancelled, observer }: TryPolicy,
): Promise<Outcome> {
  // Not held up by a stop: what is under way ends, and a reading changes nothing.
  const admission = await pace.enter(cancelled);
  if (admission.kind !== 'go') return notDone('unconfirmed', later);
  const sentAt = clock.now();
  const read = await askWithin(admission.leave, api.readUser, userId);
  observer.read(userId, read, clock.now() - sentAt);
  if (read.kind !== 'profile') {
    return notDone(isNotFound(read) ? 'not-found' : 'unconfirmed', read);
  }
  const { status, profile } = read;
  if (profile.hasUsername) return notDone('failed', later);
  return { outcome: 'removed', status, profile, confirmedByRead: true };
}

/** In place of a removal in a dry run: only reads the user. */
export async function previewRemoval(
  userId: UserId,
  api: UsersApi,
  policy: TryPolicy,
): Promise<UserResult> {
  const tries = await tryRepeatedly(userId, api.readUser, policy);
  const { attempts, last } = tries;
  if (last === undefined) return { userId, ...skipped(tries.refusedWait) };
  if (last.kind === 'profile') {
    const { status, profile } = last;
    const outcome = profile.hasUsername ? 'would-remove' : 'no-username';
    return { userId, attempts, outcome, status, profile };
  }
  return { userId, attempts, ...notDone(isNotFound(last) ? 'not-found' : 'failed', last, tries) };
}

function isNotFound(answer: Answer): boolean {
  return answer.kind === 'error' && answer.status === 404 && answer.whole;
}

type Failed = Exclude<Answer, { readonly kind: 'profile' }>;

function notDone(outcome: NotDone['outcome'], answer: Failed, tries?: Tries): NotDone {
  return {
    outcome,
    status: answer.kind === 'error' ? answer.status : null,
    problem: answer.problem,
    rule: ruleFor(answer),
    ...(tries?.refusedWait !== undefined && { refusedWait: tries.refusedWait }),
  };
}
