import type { ProfileResponse } from '../monocloud/response.ts';
import type { UserId } from '../monocloud/user-id.ts';
import type { UsersApi } from '../monocloud/users-api.ts';
import { notDone, type NotDone, type Outcome } from './outcome.ts';
import { attemptRepeatedly, type AttemptDependencies, type Attempts } from './retry.ts';
import type { Meaning } from './rules.ts';

/** What one user came to, and what that means for the others. */
export interface Ended {
  readonly outcome: Outcome;
  /** How often the removal (in a dry run, the reading) was sent. */
  readonly attempts: number;
  /** Of the response that decided; undefined where there was none. */
  readonly meaning: Meaning | undefined;
}

export interface UserDependencies extends AttemptDependencies {
  readonly api: UsersApi;
  /** `on-no-username: ignore` */
  readonly ignoreNoUsername: boolean;
}

/** Sees one user through: removes the username, or in a dry run reads what would happen. */
export type ProcessUser = (userId: UserId, dependencies: UserDependencies) => Promise<Ended>;

/** Removes the username of one user, or finds out why that could not be done. */
export const removeUsername: ProcessUser = async (userId, dependencies) => {
  const { api } = dependencies;
  const attempts = await attemptRepeatedly(userId, api.removeUsername, 'attempt', dependencies);
  const outcome = await decide(userId, attempts, dependencies);
  return { outcome, attempts: attempts.count, meaning: attempts.last?.meaning };
};

/** In place of a removal in a dry run: only reads the user. */
export const previewRemoval: ProcessUser = async (userId, dependencies) => {
  const { api } = dependencies;
  const attempts = await attemptRepeatedly(userId, api.readUser, 'attempt', dependencies);
  return {
    outcome: previewOf(attempts),
    attempts: attempts.count,
    meaning: attempts.last?.meaning,
  };
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
): Outcome | Promise<Outcome> {
  const { last, lost, retryAfterTooLongMs } = attempts;
  if (last === undefined) return notDone('skipped', { kind: 'not-sent' }, retryAfterTooLongMs);
  const { response, meaning } = last;
  if (response.kind === 'profile') {
    const { status, profile } = response;
    return { outcome: 'removed', status, profile, confirmedByRead: false };
  }
  const asAnswered = notDone(
    meaning.notFound ? 'not-found' : 'failed',
    response,
    retryAfterTooLongMs,
  );
  if (dependencies.cancelled.aborted && (response.kind === 'no-response' || meaning.retried)) {
    return { ...asAnswered, outcome: 'unconfirmed' };
  }
  // As soon as no attempt is left: the last one failed to say, or looks like one that came too late.
  const noneLeft = meaning.retried || meaning.lost;
  if (lost && (meaning.mayMeanAlreadyRemoved || noneLeft)) {
    return settleByReading(userId, asAnswered, dependencies);
  }
  if (lost) return { ...asAnswered, outcome: 'unconfirmed' };
  if (meaning.mayMeanAlreadyRemoved && dependencies.ignoreNoUsername) {
    return lookForNoUsername(userId, asAnswered, dependencies);
  }
  return asAnswered;
}

/**
 * The response of an attempt was lost, so the removal may have happened. DELETE is idempotent in what
 * it does, not in what it answers (RFC 9110 §9.2.2), so the user is read.
 */
async function settleByReading(
  userId: UserId,
  asAnswered: NotDone,
  dependencies: UserDependencies,
): Promise<Outcome> {
  const { last } = await read(userId, dependencies);
  if (last === undefined) return { ...asAnswered, outcome: 'unconfirmed' };
  const { response, meaning } = last;
  if (response.kind !== 'profile') {
    return notDone(meaning.notFound ? 'not-found' : 'unconfirmed', response);
  }
  const { status, profile } = response;
  if (profile.hasUsername) return { ...asAnswered, outcome: 'failed' };
  return { outcome: 'removed', status, profile, confirmedByRead: true };
}

/** The API refused, which may be because there is no username. Only a reading can say so. */
async function lookForNoUsername(
  userId: UserId,
  asAnswered: NotDone,
  dependencies: UserDependencies,
): Promise<Outcome> {
  const response = (await read(userId, dependencies)).last?.response;
  if (response?.kind !== 'profile' || response.profile.hasUsername) return asAnswered;
  return foundIn(response, 'no-username');
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
