import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { ApiResponse } from '../../src/monocloud/response.ts';
import type { UserId } from '../../src/monocloud/user-id.ts';
import type { UsersApi } from '../../src/monocloud/users-api.ts';
import {
  processUsers,
  type BatchDependencies,
  type BatchSettings,
} from '../../src/removal/batch.ts';
import { isNotDone, notDone, type UserResult } from '../../src/removal/outcome.ts';
import { PROFILE } from '../removal/scripted-api.ts';
import type { Policy } from './trial.ts';

/** The policy with one mistake in it, and what the checker says of that. */
export interface WrongPolicy {
  readonly name: string;
  readonly policy: Policy;
  readonly violation: RegExp;
}

type Change = (response: ApiResponse, userId: UserId) => ApiResponse;

export function withDependencies(
  change: (dependencies: BatchDependencies) => Partial<BatchDependencies>,
): Policy {
  return (settings, dependencies) =>
    processUsers(settings, { ...dependencies, ...change(dependencies) });
}

function withApi(change: (api: UsersApi) => Partial<UsersApi>): Policy {
  return withDependencies(({ api }) => ({ api: { ...api, ...change(api) } }));
}

/** Takes the responses to removals for others than they are. */
export function takingRemovals(change: Change): Policy {
  return withApi(({ removeUsername }) => ({
    removeUsername: async (userId) => change(await removeUsername(userId), userId),
  }));
}

/** Takes the responses to readings for others than they are. */
export function takingReadings(change: Change): Policy {
  return withApi(({ readUser }) => ({
    readUser: async (userId) => change(await readUser(userId), userId),
  }));
}

/** Takes all responses for others than they are. */
export function taking(change: Change): Policy {
  return withApi(({ removeUsername, readUser }) => ({
    removeUsername: async (userId) => change(await removeUsername(userId), userId),
    readUser: async (userId) => change(await readUser(userId), userId),
  }));
}

export function withSettings(change: (settings: BatchSettings) => Partial<BatchSettings>): Policy {
  return (settings, dependencies) =>
    processUsers({ ...settings, ...change(settings) }, dependencies);
}

/** Takes one status for another. */
export function statusAs(codes: readonly number[], code: number): Change {
  return (response) =>
    response.kind === 'error' && codes.includes(response.status)
      ? { ...response, status: code }
      : response;
}

/** Takes one cause for another. */
export function causeAs(cause: FailureCause, other: FailureCause): Change {
  return (response) =>
    response.kind === 'no-response' && response.failure.cause === cause
      ? { ...response, failure: { ...response.failure, cause: other } }
      : response;
}

/** Takes it that a 404, 409 or 422 after a lost response means that the first attempt worked. */
function optimistic(): Change {
  const lost = new Set<string>();
  return (response, userId) => {
    if (response.kind === 'no-response') lost.add(userId);
    const mayBeRemoved = response.kind === 'error' && [404, 409, 422].includes(response.status);
    return mayBeRemoved && lost.has(userId) ? PROFILE : response;
  };
}

function asFailed(result: UserResult): UserResult {
  if (!isNotDone(result) || result.outcome !== 'unconfirmed') return result;
  const { userId, attempts, cause } = result;
  return { userId, attempts, ...notDone('failed', cause) };
}

export const WRONG_POLICIES: readonly WrongPolicy[] = [
  {
    name: 'takes a 404 after a lost response for a success',
    policy: takingRemovals(optimistic()),
    violation: /is said to be removed, but there is (?:missing|username)/u,
  },
  {
    name: 'takes a lost response for a success',
    policy: takingRemovals((response) => (response.kind === 'no-response' ? PROFILE : response)),
    violation: /is said to be removed, but there is username/u,
  },
  {
    name: 'takes every error for a missing user',
    policy: taking(statusAs([400], 404)),
    violation: /is said to be not-found, but the user exists/u,
  },
  {
    name: 'calls what is not known failed',
    policy: withDependencies(({ ended }) => ({
      ended: (result, index) => ended(asFailed(result), index),
    })),
    violation: /is said to be failed, but a response was lost/u,
  },
  {
    name: 'goes on when it is cancelled',
    policy: withDependencies(() => ({ cancelled: new AbortController().signal })),
    violation: /was sent \d+ ms after the stop.*sent after the cancelling/u,
  },
  {
    name: 'goes on with a key that was rejected',
    policy: taking(statusAs([401], 400)),
    violation: /was sent \d+ ms after the stop/u,
  },
  {
    name: 'goes on when the API is down',
    policy: taking((response) =>
      response.kind === 'error' && response.status >= 500
        ? { ...response, status: 408, sentTwice: true }
        : response,
    ),
    violation: /a stop has no reason/u,
  },
  {
    name: 'does not wait as it is asked to',
    policy: taking((response) =>
      response.kind === 'error' ? { ...response, retryAfterMs: undefined } : response,
    ),
    violation: /ms too early, before the time that the API gave/u,
  },
  {
    name: 'comes back a little early',
    policy: taking((response) =>
      response.kind === 'error' && response.retryAfterMs !== undefined
        ? { ...response, retryAfterMs: response.retryAfterMs - 1 }
        : response,
    ),
    violation: /was sent 1 ms too early, before the time that the API gave/u,
  },
  {
    name: 'makes one more attempt than it may',
    policy: withSettings(({ retries }) => ({ retries: retries + 1 })),
    violation: /: \d+ attempts/u,
  },
  {
    name: 'makes one attempt fewer than it should',
    policy: withSettings(({ retries }) => ({ retries: Math.max(0, retries - 1) })),
    violation: /given up after \d+ attempts of \d+/u,
  },
  {
    name: 'has one more in flight than it may',
    policy: withSettings(({ concurrency }) => ({ concurrency: concurrency + 1 })),
    violation: /requests were in flight at once/u,
  },
  {
    name: 'stops before it has to',
    policy: taking(statusAs([400], 401)),
    violation: /stopped without cause: key-rejected/u,
  },
  {
    name: 'accepts any wait',
    policy: withSettings(() => ({ maxRetryWaitMs: Infinity })),
    violation: /was sent \d+ ms after the stop.*ended \d+ ms after the stop/u,
  },
  {
    name: 'reads before it removes',
    policy: withApi(({ removeUsername, readUser }) => ({
      removeUsername: async (userId) => {
        await readUser(userId);
        return removeUsername(userId);
      },
    })),
    violation: /read, and no response was lost.*removed again after the reading/u,
  },
  {
    name: 'forgets the users that failed',
    policy: withDependencies(({ ended }) => ({
      ended: (result, index) => (isNotDone(result) ? undefined : ended(result, index)),
    })),
    violation: /is accounted for 0 times.*all is said to be done/u,
  },
  {
    name: 'accounts for users in the order in which they ended',
    policy: withDependencies(({ ended }) => {
      let place = -1;
      return {
        ended: (result) => {
          place += 1;
          return ended(result, place);
        },
      };
    }),
    violation: /is accounted for in another's place/u,
  },
  {
    name: 'removes in a dry run',
    policy: withSettings(() => ({ dryRun: false })),
    violation: /a dry run removed/u,
  },
  {
    name: 'never comes to an end',
    policy: async (settings, dependencies) => {
      await processUsers(settings, dependencies);
      return new Promise(() => {});
    },
    violation: /the batch is stuck/u,
  },
];
