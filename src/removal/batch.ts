import type { ApiResponse } from '../monocloud/response.ts';
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
import { previewRemoval, removeUsername, type Decision } from './remove-username.ts';
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

/** What one user came to. */
interface Ended extends Decision {
  /** How often the removal (in a dry run, the reading) was sent. */
  readonly attempts: number;
}

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
 * goes alone, so that a bad key costs one request; then `concurrency` at a time. Where the API throttles
 * the first user, the others join in: alone, it would use up its retries while they wait. After a stop,
 * what is in flight ends and the rest is skipped.
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
  const cutOff = new AbortController();
  /** Not even a reading that would settle a removal is sent any more. */
  const endNow = (reason: StopReason | undefined): void => {
    stop.abort(reason);
    cutOff.abort(reason);
  };
  const endWhenCancelled = (): void => endNow(stopReasonOf(cancelled));
  if (cancelled.aborted) endWhenCancelled();
  cancelled.addEventListener('abort', endWhenCancelled, { once: true });

  const processUser = dryRun ? previewRemoval : removeUsername;
  const { promise: mayJoin, resolve: letOthersJoin } = Promise.withResolvers<void>();
  const classify = createClassifier();
  const shared = {
    ...settings,
    ...dependencies,
    rateLimiter: createRateLimiter({ ...settings, clock }),
    classify: (response: ApiResponse) => {
      const meaning = classify(response);
      if (meaning.slowsDown && !meaning.lost) letOthersJoin();
      return meaning;
    },
    stopped: stop.signal,
    cancelled: cutOff.signal,
  };
  let consecutiveFailures = 0;

  const endOf = async (userId: UserId): Promise<Ended> => {
    // Counted here, so that an error of the action itself does not take the number along.
    let attempts = 0;
    const ending = (outcome: NotDone): Ended => ({ outcome, attempts, meaning: undefined });
    if (stop.signal.aborted) return ending(notDone('skipped', { kind: 'not-sent' }));
    const sending = (): void => {
      attempts += 1;
    };
    try {
      const decision = await processUser(userId, { ...shared, sending });
      return { ...decision, attempts };
    } catch (error) {
      endNow('internal-error');
      const name = error instanceof Error ? error.name : typeof error;
      const ifSent = dryRun ? 'failed' : 'unconfirmed';
      return ending(notDone(attempts > 0 ? ifSent : 'skipped', { kind: 'internal-error', name }));
    }
  };

  const account = ({ outcome, meaning }: Decision): void => {
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
      if (lost === 'internal-error') endNow(lost);
      else if (lost !== undefined) stop.abort(lost);
    } catch {
      endNow('internal-error');
    }
    account(end);
  };

  const queue = userIds.entries();
  const processTheRest = async (): Promise<void> => {
    for (const [index, userId] of queue) await processOne(userId, index);
  };
  const joinIn = async (): Promise<void> => {
    await mayJoin;
    await processTheRest();
  };
  const [first] = userIds;
  if (first !== undefined) {
    queue.next();
    const others = Array.from({ length: concurrency - 1 }, joinIn);
    await processOne(first, 0);
    letOthersJoin();
    await Promise.all([processTheRest(), ...others]);
  }
  return stopReasonOf(stop.signal);
}
