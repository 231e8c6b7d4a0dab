import { setTimeout as delay } from 'node:timers/promises';

/** Time as the policy needs it, so that tests can compress it. */
export interface Clock {
  /** ms since the epoch; never goes backwards. */
  readonly now: () => number;
  /** Resolves after that many ms, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (ms: number, until: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  // Not `Date.now()`: a clock that is set back in the middle of a pause would end it too early.
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, until) =>
    delay(ms, undefined, { signal: until }).catch((error: unknown) => {
      if (!until.aborted) throw error;
    }),
};
