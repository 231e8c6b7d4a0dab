import type { ProfileResponse } from '../monocloud/response.ts';
import type { UserId } from '../monocloud/user-id.ts';
import type { UsersApi } from '../monocloud/users-api.ts';
import { notDone, type NotDone, type Outcome } from './outcome.ts';
import { attemptRepeatedly, type AttemptDependencies, type Attempts } from './retry.ts';
import type { Meaning } from './rules.ts';

/** What one user came to, and what that means for the others. */
export interface Decision {
  readonly outcome: Outcome;
  /** Of the response that decided; undefined where there was none. */
  readonly meaning: Meaning | undefined;
}

export interface UserDependencies extends AttemptDependencies {
  readonly api: UsersApi;
  /** `on-no-username: ignore` */
  readonly ignoreNoUsername: boolean;
}

/** Sees one user through: removes the username, or in a dry run reads what would happen. */
export type ProcessUser = (userId: UserId, dependencies: UserDependencies) => Promise<Decision>;

/** Removes the username of one user, or finds out why that could not be done. */
export const removeUsername: ProcessUser = async (userId, dependencies) => {
  const { api } = dependencies;
  const attempts = await attemptRepeatedly(userId, api.removeUsername, 'attempt', dependencies);
  return decide(userId, attempts, dependencies);
};

/** In place of a removal in a dry run: only reads the user. */
export const previewRemoval: ProcessUser = async (userId, dependencies) => {
  const { api } = dependencies;
  const attempts = await attemptRepeatedly(userId, api.readUser, 'attempt', dependencies);
  return { outcome: previewOf(attempts), meaning: attempts.last?.meaning };
};

function previewOf({ last, retryAfterTooLongMs }: Attempts): Outcome {
  if (last === undefined) return notDone('skipped', { kind: 'not-sent' }, retryAfterTooLongMs);
  const { response, meaning } = last;
  if (response.kind === 'profile') {
    return foundIn(response, response.profile.hasUsername ? 'would-remove' : 'no-username');
  }
  return notDone(meaning.notFound ? 'not-found' : 'failed', response, retryAfterTooLongMs);
}

function decide(
  userId: UserId,
  attempts: Attempts,
  dependencies: UserDependencies,
): Decision | Promise<Decision> {
  const { last, lost, retryAfterTooLongMs } = attempts;
  if (last === undefined) {
    const outcome = notDone('skipped', { kind: 'not-sent' }, retryAfterTooLongMs);
    return { outcome, meaning: undefined };
  }
  const { response, meaning } = last;
  if (response.kind === 'profile') {
    const { status, profile } = response;
    return { outcome: { outcome: 'removed', status, profile, confirmedByRead: false }, meaning };
  }
  const asAnswered = notDone(
    meaning.notFound ? 'not-found' : 'failed',
    response,
    retryAfterTooLongMs,
  );
  const unconfirmed: Decision = { outcome: { ...asAnswered, outcome: 'unconfirmed' }, meaning };
  if (dependencies.cancelled.aborted && (response.kind === 'no-response' || meaning.retried)) {
    return unconfirmed;
  }
  // As soon as no attempt is left: the last one failed to say, or looks like one that came too late.
  const noneLeft = meaning.retried || meaning.lost;
  if (lost && (meaning.mayMeanAlreadyRemoved || noneLeft)) {
    return settleByReading(userId, { outcome: asAnswered, meaning }, dependencies);
  }
  if (lost) return unconfirmed;
  if (meaning.mayMeanAlreadyRemoved && dependencies.ignoreNoUsername) {
    return lookForNoUsername(userId, { outcome: asAnswered, meaning }, dependencies);
  }
  return { outcome: asAnswered, meaning };
}

/**
 * The response of an attempt was lost, so the removal may have happened. DELETE is idempotent in what
 * it does, not in what it answers (RFC 9110 §9.2.2), so the user is read.
 */
async function settleByReading(
  userId: UserId,
  asAnswered: Decision & { readonly outcome: NotDone },
  dependencies: UserDependencies,
): Promise<Decision> {
  const { last, retryAfterTooLongMs } = await read(userId, dependencies);
  if (last === undefined) {
    const { cause } = asAnswered.outcome;
    const waitMs = retryAfterTooLongMs ?? asAnswered.outcome.retryAfterTooLongMs;
    return { ...asAnswered, outcome: notDone('unconfirmed', cause, waitMs) };
  }
  const { response, meaning } = last;
  if (response.kind !== 'profile') {
    const outcome = meaning.notFound ? 'not-found' : 'unconfirmed';
    return { outcome: notDone(outcome, response, retryAfterTooLongMs), meaning };
  }
  const { status, profile } = response;
  if (profile.hasUsername) {
    return { ...asAnswered, outcome: { ...asAnswered.outcome, outcome: 'failed' } };
  }
  return { outcome: { outcome: 'removed', status, profile, confirmedByRead: true }, meaning };
}

/** The API refused, which may be because there is no username. Only a reading can say so. */
async function lookForNoUsername(
  userId: UserId,
  asAnswered: Decision,
  dependencies: UserDependencies,
): Promise<Decision> {
  const { last } = await read(userId, dependencies);
  if (last?.response.kind === 'profile' && !last.response.profile.hasUsername) {
    return { outcome: foundIn(last.response, 'no-username'), meaning: last.meaning };
  }
  // What every other user would meet stops the batch, also where a reading met it.
  const { outcome, meaning } = asAnswered;
  return { outcome, meaning: last?.meaning.stops === undefined ? meaning : last.meaning };
}

function read(userId: UserId, dependencies: UserDependencies): Promise<Attempts> {
  return attemptRepeatedly(userId, dependencies.api.readUser, 'reading', dependencies);
}

function foundIn(
  { status, profile }: ProfileResponse,
  outcome: 'would-remove' | 'no-username',
): Outcome {
  return { outcome, status, profile };
}
