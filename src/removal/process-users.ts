import type { UserId } from '../monocloud/user-id.ts';
import type { UsersApi } from '../monocloud/users-api.ts';
import { runBatch } from './batch.ts';
import type { Clock } from './clock.ts';
import type { UserResult } from './outcome.ts';
import { createPace } from './pace.ts';
import { previewRemoval, removeUsername } from './remove-username.ts';
import { Stop, type StopReason } from './stop.ts';
import type { TryObserver } from './tries.ts';

/** What of the settings the policy needs. */
export interface RemovalSettings {
  /** Each once, in the order given. */
  readonly userIds: readonly UserId[];
  /** Only read the users. */
  readonly dryRun: boolean;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Further tries for one user. */
  readonly retries: number;
  /** ms */
  readonly maxRetryWait: number;
}

/** The world around the policy. */
export interface Surroundings {
  readonly api: UsersApi;
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Aborted when the step is cancelled. */
  readonly cancelled: AbortSignal;
  readonly observer: TryObserver;
  /**
   * Keeps what became of a user. Work that cannot be accounted for is not gone on with: what this
   * throws stops the batch.
   */
  readonly ended: (result: UserResult, index: number) => void;
}

/**
 * Removes the usernames of all users, or in a dry run says what would happen.
 *
 * @returns why it stopped early, if it did; `ended` was called once for every user either way
 */
export async function processUsers(
  settings: RemovalSettings,
  surroundings: Surroundings,
): Promise<StopReason | undefined> {
  const { userIds, dryRun, concurrency, retries } = settings;
  const { api, clock, random, cancelled, observer, ended } = surroundings;
  const stop = new Stop();
  stop.when(cancelled, 'cancelled');
  const pace = createPace({ ...settings, clock });
  const policy = { retries, pace, clock, random, stopped: stop.signal, cancelled, observer };
  const processUser = dryRun ? previewRemoval : removeUsername;
  await runBatch({
    userIds,
    concurrency,
    stop,
    process: (userId) => processUser(userId, api, policy),
    ended: (result, index) => {
      try {
        ended(result, index);
      } catch {
        stop.now('report-lost');
      }
    },
  });
  return stop.reason;
}
