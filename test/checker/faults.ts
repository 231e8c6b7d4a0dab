import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { Random } from './random.ts';

/** What goes wrong with one request. */
export type Fault =
  /** No response. */
  | {
      readonly kind: 'failure';
      readonly cause: FailureCause;
      /** Whether the request got there. */
      readonly reached: boolean;
      readonly takesEffect: boolean;
    }
  /** Another response than the right one. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: Body;
      readonly retryAfter: RetryAfter | undefined;
      readonly takesEffect: boolean;
    }
  /** Gets there late, and with `answered: false` nothing ever comes back. */
  | { readonly kind: 'slow'; readonly delayMs: number; readonly answered: boolean };

/** `other user`: a profile without a username, but not of the user that was asked for. */
export type Body = 'problem' | 'empty object' | 'other user';

/** How long the API asks to wait, and how it says so. */
export interface RetryAfter {
  readonly seconds: number;
  readonly form: 'seconds' | 'date' | 'unreadable';
}

/** ms that one attempt may take. */
export const TIMEOUT_MS = 5000;

const FINAL = [400, 409] as const;
const LOST = [500, 502, 503, 504, 520, 521, 522, 523, 524, 530] as const;
const LOST_AND_FINAL = [501, 525, 599] as const;
const STOPPING = [302, 401, 402] as const;

/**
 * One of the many faults of a network and an API.
 *
 * @param outage only those that say that the API is down
 */
export function drawFault(random: Random, outage: boolean): Fault {
  const takesEffect = random.chance(0.5);
  const kind = random.between(1, outage ? 48 : 100);
  if (kind <= 10) return failure('connection-lost', true, takesEffect);
  if (kind <= 18) return failure('response-incomplete', true, takesEffect);
  if (kind <= 24) {
    return failure(random.pick(['connection-refused', 'lookup-failed', 'proxy-unavailable']));
  }
  if (kind <= 42) return answer(random.pick(LOST), takesEffect, drawRetryAfter(random, 0.3));
  if (kind <= 48) return answer(random.pick(LOST_AND_FINAL), takesEffect);
  if (kind <= 60) return answer(429, false, drawRetryAfter(random, 0.7));
  if (kind <= 64) return answer(408, false, drawRetryAfter(random, 0.3));
  if (kind <= 68) return answer(random.pick(FINAL), false);
  if (kind <= 71) return answer(403, false);
  if (kind <= 74) return answer(204, takesEffect);
  if (kind <= 80) {
    const body = random.pick(['empty object', 'other user'] as const);
    return { ...answer(200, takesEffect), body };
  }
  if (kind <= 84) return failure('unknown-host');
  if (kind <= 97) {
    return {
      kind: 'slow',
      delayMs: random.between(0, 2 * TIMEOUT_MS),
      answered: random.chance(0.7),
    };
  }
  return random.chance(0.7) ? answer(random.pick(STOPPING), false) : failure('tls');
}

function failure(cause: FailureCause, reached = false, takesEffect = false): Fault {
  return { kind: 'failure', cause, reached, takesEffect };
}

function answer(
  status: number,
  takesEffect: boolean,
  retryAfter?: RetryAfter,
): Extract<Fault, { kind: 'answer' }> {
  return { kind: 'answer', status, body: 'problem', retryAfter, takesEffect };
}

function drawRetryAfter(random: Random, probability: number): RetryAfter | undefined {
  if (!random.chance(probability)) return undefined;
  const seconds = random.chance(0.05) ? 500 : random.between(1, 20);
  return { seconds, form: random.pick(['seconds', 'seconds', 'date', 'unreadable']) };
}
