import type { ApiResponse } from '../../src/monocloud/response.ts';
import { PROFILE, failure, status } from '../removal/scripted-api.ts';
import {
  causeAs,
  statusAs,
  taking,
  takingReadings,
  takingRemovals,
  withDependencies,
  withSettings,
  type WrongPolicy,
} from './wrong-policies.ts';

function isCause(response: ApiResponse, cause: string): boolean {
  return response.kind === 'no-response' && response.failure.cause === cause;
}

function isUnproven(response: ApiResponse): boolean {
  return response.kind === 'error' && response.status === 200;
}

/** Mistakes in single lines of the contract: what a response proves, and what follows from it. */
export const WRONG_DETAILS: readonly WrongPolicy[] = [
  {
    name: 'takes the answer to another request for a success',
    policy: takingRemovals((response) =>
      isCause(response, 'response-mismatch') ? PROFILE : response,
    ),
    violation: /is said to be removed, but there is username/u,
  },
  {
    name: 'takes it that a request did nothing whose answer was another’s',
    policy: takingRemovals((response) =>
      isCause(response, 'response-mismatch') ? failure('response-mismatch', false) : response,
    ),
    violation: /is said to be failed, but a response was lost/u,
  },
  {
    name: 'removes again after the answer to another request',
    policy: takingRemovals(causeAs('response-mismatch', 'connection-lost')),
    violation: /another attempt after response-mismatch/u,
  },
  {
    name: 'takes a reading that proves nothing for a proof',
    policy: takingReadings((response) => (isUnproven(response) ? PROFILE : response)),
    violation: /is said to be removed, but (?:there is username|no profile shows it)/u,
  },
  {
    name: 'takes a reading that proves nothing for a user that still has a username',
    policy: withDependencies(({ ended }) => ({
      ended: (result, index) =>
        ended(
          result.outcome === 'unconfirmed' && result.status === 200
            ? { ...result, outcome: 'failed' }
            : result,
          index,
        ),
    })),
    violation: /is said to be failed, but a response was lost/u,
  },
  {
    name: 'reads only once',
    policy: takingReadings((response) =>
      isCause(response, 'connection-lost') ? failure('not-http', true) : response,
    ),
    violation: /given up after 1 (?:readings|attempts) of/u,
  },
  {
    name: 'does not read where the last attempt was lost',
    policy: takingRemovals(statusAs([525, 599], 400)),
    violation: /is said to be failed, but a response was lost/u,
  },
  {
    name: 'does not retry what a gateway answers',
    policy: takingRemovals(statusAs([520, 521, 522, 523, 524, 530], 599)),
    violation: /given up after \d+ attempts of/u,
  },
  {
    name: 'retries every 5xx',
    policy: takingRemovals(statusAs([501, 525, 599], 500)),
    violation: /another attempt after (?:501|525|599)/u,
  },
  {
    name: 'forgets that a request was sent twice',
    policy: taking((response) => ({ ...response, sentTwice: false })),
    violation: /is said to be (?:failed|not-found), but a response was lost/u,
  },
  {
    name: 'does not slow down after 503',
    policy: taking(statusAs([503], 502)),
    violation: /too early, although everyone had to slow down/u,
  },
  {
    name: 'goes on although all users get 429',
    policy: taking(statusAs([429], 408)),
    violation: /a stop has no reason/u,
  },
  {
    name: 'waits ever longer while the API throttles',
    policy: taking((response) =>
      response.kind === 'error' && response.status === 429 && response.retryAfterMs !== undefined
        ? { ...response, retryAfterMs: response.retryAfterMs * 1.5 }
        : response,
    ),
    violation: /the API was asked again after \d+ ms/u,
  },
  {
    name: 'stops for a 403 of one user',
    policy: taking(statusAs([403], 401)),
    violation: /stopped without cause: key-rejected/u,
  },
  {
    name: 'goes on with a 403 before anything else',
    policy: taking(statusAs([403], 400)),
    violation: /was sent \d+ ms after the stop/u,
  },
  {
    name: 'gives up where the host is unknown for a moment',
    policy: taking(causeAs('unknown-host', 'proxy-refused')),
    violation: /given up after \d+ attempts of/u,
  },
  {
    name: 'goes on where the host was never known',
    policy: taking(causeAs('unknown-host', 'connection-refused')),
    violation: /another attempt after unknown-host/u,
  },
  {
    name: 'looks for users without a username although nobody asked for that',
    policy: withSettings(() => ({ ignoreNoUsername: true })),
    violation: /is said to be no-username, but nobody asked for that/u,
  },
  {
    name: 'does not look for users without a username although it is asked to',
    policy: withSettings(() => ({ ignoreNoUsername: false })),
    violation: /is said to be failed, but nothing went wrong and it is no-username/u,
  },
  {
    name: 'takes every 409 for a user without a username',
    policy: takingRemovals((response) =>
      response.kind === 'error' && response.status === 409 ? PROFILE : response,
    ),
    violation: /is said to be removed, but there is username/u,
  },
  {
    name: 'goes on after an error of its own in a request',
    policy: withDependencies(({ api }) => ({
      api: {
        removeUsername: (userId) => api.removeUsername(userId).catch(() => status(400)),
        readUser: (userId) => api.readUser(userId).catch(() => status(400)),
      },
    })),
    violation: /a request was sent after an error of the action itself/u,
  },
  {
    name: 'goes on after an error of its own in keeping a result',
    policy: withDependencies(({ ended }) => ({
      ended: (result, index) => {
        try {
          return ended(result, index);
        } catch {
          return undefined;
        }
      },
    })),
    violation: /a request was sent after an error of the action itself/u,
  },
  {
    name: 'says of a user that met an error of its own that nothing was done',
    policy: withDependencies(({ ended }) => ({
      ended: (result, index) =>
        ended(
          'cause' in result && result.cause.kind === 'internal-error'
            ? { ...result, outcome: 'failed' }
            : result,
          index,
        ),
    })),
    violation: /is said to be failed, but the action met an error of its own/u,
  },
];
