import type { UserId } from '../monocloud/user-id.ts';
import type { UsersApi } from '../monocloud/users-api.ts';
import type { Settings } from '../settings.ts';
import type { Clock } from './clock.ts';
import {
  isNotDone,
  notDone,
  stopReasonOf,
  type NotDone,
  type StopReason,
  type UserResult,
} from './outcome.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { previewRemoval, removeUsername, type Ended } from './remove-username.ts';
import type { AttemptObserver } from './retry.ts';
import { createClassifier } from './rules.ts';

/** This many users in a row that failed for want of an answer stop the batch (circuit breaker). */
const MAX_CONSECUTIVE_FAILURES = 10;

export type BatchSettings = Pick<
  Settings,
  | 'userIds'
  | 'dryRun'
  | 'ignoreNoUsername'
  | 'concurrency'
  | 'requestsPerSecond'
  | 'retries'
  | 'maxRetryWaitMs'
>;

export interface BatchDependencies {
  readonly api: UsersApi;
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Aborted when the step is to end early; the reason is the `StopReason`. */
  readonly cancelled: AbortSignal;
  readonly observer: AttemptObserver;
  /**
   * Keeps what became of a user; called once for every user, as each ends.
   *
   * @param index the user's place in `userIds`
   * @returns a reason where it could not be kept: the batch then stops
   */
  readonly ended: (result: UserResult, index: number) => StopReason | undefined;
}

/**
 * Removes the usernames of all users, or in a dry run finds out what would happen. The first user
 * goes alone, so that a bad key costs one request; then `concurrency` at a time. After a stop, what is
 * in flight ends and the rest is skipped.
 *
 * @returns why it stopped early, if it did. Never rejects: an error of the action itself stops it.
 */
export async function processUsers(
  settings: BatchSettings,
  dependencies: BatchDependencies,
): Promise<StopReason | undefined> {
  const { userIds, concurrency, dryRun } = settings;
  const { clock, cancelled, ended } = dependencies;
  const stop = new AbortController();
  const stopWhenCancelled = (): void => stop.abort(stopReasonOf(cancelled));
  if (cancelled.aborted) stopWhenCancelled();
  cancelled.addEventListener('abort', stopWhenCancelled, { once: true });

  const processUser = dryRun ? previewRemoval : removeUsername;
  const shared = {
    ...settings,
    ...dependencies,
    rateLimiter: createRateLimiter({ ...settings, clock }),
    classify: createClassifier(),
    stopped: stop.signal,
  };
  let consecutiveFailures = 0;

  const endOf = async (userId: UserId): Promise<Ended> => {
    if (stop.signal.aborted) return unsent(notDone('skipped', { kind: 'not-sent' }));
    try {
      return await processUser(userId, shared);
    } catch (error) {
      stop.abort('internal-error');
      const name = error instanceof Error ? error.name : typeof error;
      return unsent(notDone('unconfirmed', { kind: 'internal-error', name }));
    }
  };

  const account = ({ outcome, meaning }: Ended): void => {
    const isFailure = isNotDone(outcome) && meaning?.countsAsOutage === true;
    consecutiveFailures = isFailure ? consecutiveFailures + 1 : 0;
    if (!isNotDone(outcome)) return;
    if (meaning?.stops !== undefined) stop.abort(meaning.stops);
    if (outcome.retryAfterTooLongMs !== undefined) stop.abort('retry-after-too-long');
    if (consecutiveFailures === MAX_CONSECUTIVE_FAILURES) stop.abort('consecutive-failures');
  };

  const processOne = async (userId: UserId, index: number): Promise<void> => {
    const end = await endOf(userId);
    try {
      const lost = ended({ userId, attempts: end.attempts, ...end.outcome }, index);
      if (lost !== undefined) stop.abort(lost);
    } catch {
      stop.abort('internal-error');
    }
    account(end);
  };

  const queue = userIds.entries();
  const processTheRest = async (): Promise<void> => {
    for (const [index, userId] of queue) await processOne(userId, index);
  };
  const [first] = userIds;
  if (first !== undefined) {
    queue.next();
    await processOne(first, 0);
    await Promise.all(Array.from({ length: concurrency }, processTheRest));
  }
  return stopReasonOf(stop.signal);
}

/** Of a user about whom nothing is known to have been sent. */
function unsent(outcome: NotDone): Ended {
  return { outcome, attempts: 0, meaning: undefined };
}
