import type { Answer } from '../../src/monocloud/answer.ts';
import type { UsersApi } from '../../src/monocloud/users-api.ts';
import { isNotDone } from '../../src/removal/outcome.ts';
import { processUsers, type Surroundings } from '../../src/removal/process-users.ts';
import type { Policy } from './trial.ts';

/** The policy with one mistake in it, and what the checker says of that. */
interface WrongPolicy {
  readonly name: string;
  readonly policy: Policy;
  readonly violation: RegExp;
}

const GONE: Answer = {
  kind: 'profile',
  status: 200,
  profile: { text: '{}', userId: undefined, hasUsername: false },
};

/** The API as a wrong policy takes it. */
function withAnswers(change: (answer: Answer) => Answer): Policy {
  return (settings, surroundings) => {
    const { api } = surroundings;
    return processUsers(settings, {
      ...surroundings,
      api: {
        ...api,
        removeUsername: async (userId) => change(await api.removeUsername(userId)),
        readUser: async (userId) => change(await api.readUser(userId)),
      },
    });
  };
}

function withSurroundings(change: (surroundings: Surroundings) => Partial<Surroundings>): Policy {
  return (settings, surroundings) =>
    processUsers(settings, { ...surroundings, ...change(surroundings) });
}

/** Takes it that a 404, 409 or 422 after a lost answer means that the first try worked. */
function optimistic(api: UsersApi): UsersApi {
  const lost = new Set<string>();
  return {
    ...api,
    removeUsername: async (userId) => {
      const answer = await api.removeUsername(userId);
      if (answer.kind === 'no answer') lost.add(userId);
      const doubtful = answer.kind === 'error' && [404, 409, 422].includes(answer.status);
      return doubtful && lost.has(userId) ? GONE : answer;
    },
  };
}

/** Reads before it removes. */
function readingFirst(api: UsersApi): UsersApi {
  return {
    ...api,
    removeUsername: async (userId) => {
      await api.readUser(userId);
      return api.removeUsername(userId);
    },
  };
}

export const WRONG_POLICIES: readonly WrongPolicy[] = [
  {
    name: 'takes a 404 after a lost answer for a success',
    policy: withSurroundings(({ api }) => ({ api: optimistic(api) })),
    violation: /is said to be removed, but there is (?:missing|username)/u,
  },
  {
    name: 'takes a lost answer for a success',
    policy: withAnswers((answer) => (answer.kind === 'no answer' ? GONE : answer)),
    violation: /is said to be removed, but there is username/u,
  },
  {
    name: 'takes every error for a missing user',
    policy: withAnswers((answer) =>
      answer.kind === 'error' && answer.status === 400 ? { ...answer, status: 404 } : answer,
    ),
    violation: /is said to be not-found, but the user exists/u,
  },
  {
    name: 'calls what got no answer failed',
    policy: withSurroundings(({ ended }) => ({
      ended: (result, index) =>
        ended(result.outcome === 'unconfirmed' ? { ...result, outcome: 'failed' } : result, index),
    })),
    violation: /is said to be failed, but a removal got no answer/u,
  },
  {
    name: 'goes on when it is cancelled',
    policy: withSurroundings(() => ({ cancelled: new AbortController().signal })),
    violation: /was written \d+ ms after the stop.*sent after the cancelling/u,
  },
  {
    name: 'goes on with a key that was rejected',
    policy: withAnswers((answer) =>
      answer.kind === 'error' && answer.status === 401 ? { ...answer, status: 400 } : answer,
    ),
    violation: /was written \d+ ms after the stop/u,
  },
  {
    name: 'goes on when the API is down',
    policy: withAnswers((answer) =>
      answer.kind === 'error' && answer.status >= 500 ? { ...answer, status: 408 } : answer,
    ),
    violation: /a stop is not told of/u,
  },
  {
    name: 'does not wait as it is asked to',
    policy: withAnswers((answer) =>
      answer.kind === 'error' ? { ...answer, retryAfter: undefined } : answer,
    ),
    violation: /ms before the time that the API gave/u,
  },
  {
    name: 'comes back a little early',
    policy: withAnswers((answer) =>
      answer.kind === 'error' && answer.retryAfter !== undefined
        ? { ...answer, retryAfter: answer.retryAfter - 1 }
        : answer,
    ),
    violation: /asked for 1 ms before the time that the API gave/u,
  },
  {
    name: 'tries once more than it may',
    policy: (settings, surroundings) =>
      processUsers({ ...settings, retries: settings.retries + 1 }, surroundings),
    violation: /: \d+ tries/u,
  },
  {
    name: 'has one more under way than it may',
    policy: (settings, surroundings) =>
      processUsers({ ...settings, concurrency: settings.concurrency + 1 }, surroundings),
    violation: /requests were under way at once/u,
  },
  {
    name: 'stops before it has to',
    policy: withAnswers((answer) =>
      answer.kind === 'error' && answer.status === 400 ? { ...answer, status: 403 } : answer,
    ),
    violation: /stopped without cause: key-rejected/u,
  },
  {
    name: 'accepts any wait',
    policy: (settings, surroundings) =>
      processUsers({ ...settings, maxRetryWait: Infinity }, surroundings),
    violation: /was written \d+ ms after the stop.*ended \d+ ms after the stop/u,
  },
  {
    name: 'reads without need',
    policy: withSurroundings(({ api }) => ({ api: readingFirst(api) })),
    violation: /read, and no answer was lost/u,
  },
  {
    name: 'forgets the users that failed',
    policy: withSurroundings(({ ended }) => ({
      ended: (result, index) => {
        if (!isNotDone(result)) ended(result, index);
      },
    })),
    violation: /is accounted for 0 times.*all is said to be done/u,
  },
  {
    name: 'accounts for users in the order in which they ended',
    policy: withSurroundings(({ ended }) => {
      let place = 0;
      return {
        ended: (result) => {
          ended(result, place);
          place += 1;
        },
      };
    }),
    violation: /is accounted for in another's place/u,
  },
  {
    name: 'writes in a dry run',
    policy: (settings, surroundings) => processUsers({ ...settings, dryRun: false }, surroundings),
    violation: /a dry run wrote/u,
  },
  {
    name: 'never comes to an end',
    policy: async (settings, surroundings) => {
      await processUsers(settings, surroundings);
      return new Promise(() => {});
    },
    violation: /the batch is stuck/u,
  },
];
