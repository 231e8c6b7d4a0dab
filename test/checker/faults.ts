import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { Random } from './random.ts';

/** What goes wrong with one request. */
export type Fault =
  /** No answer. */
  | {
      readonly kind: 'failure';
      readonly cause: FailureCause;
      /** Whether the request got there. */
      readonly reached: boolean;
      readonly takesEffect: boolean;
    }
  /** Another answer than the right one. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter: RetryAfter | undefined;
      readonly takesEffect: boolean;
    }
  /** Gets there late, and with `answered: false` nothing ever comes back. */
  | { readonly kind: 'slow'; readonly delay: number; readonly answered: boolean };

/** How long the API asks to wait, and how it says so. */
export interface RetryAfter {
  readonly seconds: number;
  readonly form: 'seconds' | 'date' | 'unreadable';
}

/** ms: the time that one try has. */
export const TIMEOUT = 5000;

const FINAL = [400, 409, 501] as const;
const STOPPING = [302, 401, 402, 403] as const;
const LOST = [500, 502, 503, 504] as const;

/**
 * One fault of the many that a network and an API have in store.
 *
 * @param outage only those that say that the API is down
 */
export function drawFault(random: Random, outage: boolean): Fault {
  const takesEffect = random.chance(0.5);
  const kind = random.between(1, outage ? 52 : 100);
  if (kind <= 14) return failure('connection-reset', true, takesEffect);
  if (kind <= 24) return failure('body-broke-off', true, takesEffect);
  if (kind <= 32) return failure('connection-refused', false, false);
  if (kind <= 52) return answer(random.pick(LOST), takesEffect, drawRetryAfter(random, 0.3));
  if (kind <= 66) return answer(429, false, drawRetryAfter(random, 0.7));
  if (kind <= 72) return answer(408, false, drawRetryAfter(random, 0.3));
  if (kind <= 80) return answer(random.pick(FINAL), false);
  if (kind <= 84) return answer(204, takesEffect);
  if (kind <= 97) {
    return { kind: 'slow', delay: random.between(0, 2 * TIMEOUT), answered: random.chance(0.7) };
  }
  return random.chance(0.7)
    ? answer(random.pick(STOPPING), false)
    : failure(random.pick(['tls', 'unknown-host']), false, false);
}

function failure(cause: FailureCause, reached: boolean, takesEffect: boolean): Fault {
  return { kind: 'failure', cause, reached, takesEffect };
}

function answer(status: number, takesEffect: boolean, retryAfter?: RetryAfter): Fault {
  return { kind: 'answer', status, retryAfter, takesEffect };
}

function drawRetryAfter(random: Random, probability: number): RetryAfter | undefined {
  if (!random.chance(probability)) return undefined;
  const seconds = random.chance(0.05) ? 500 : random.between(1, 20);
  return { seconds, form: random.pick(['seconds', 'seconds', 'date', 'unreadable']) };
}
