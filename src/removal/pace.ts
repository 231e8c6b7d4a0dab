import type { Clock } from './clock.ts';

/** Whether a request may go now. */
export type Admission =
  | { readonly kind: 'go'; readonly leave: Leave }
  | { readonly kind: 'aborted' }
  /** ms: the API asked for this wait, longer than is accepted. */
  | { readonly kind: 'refused'; readonly wait: number };

/**
 * Says that the request has ended.
 *
 * @param slowDown the API had too much (429)
 * @param retryAfter ms that the API asked to wait, where it did
 */
export type Leave = (slowDown: boolean, retryAfter: number | undefined) => void;

/**
 * When requests may go. There is one for all users of a step: a `Retry-After` that one of them was
 * told holds for everyone, and so does the number under way that the API can take.
 */
export interface Pace {
  /** Waits until a request may go, or the signal is aborted. */
  readonly enter: (abort: AbortSignal) => Promise<Admission>;
  /** ms until the API is to be asked again, where that is longer than is accepted. */
  readonly refusedWait: () => number | undefined;
}

export interface PaceSettings {
  /** The most requests under way at once. */
  readonly concurrency: number;
  /** ms: the longest wait that is accepted when the API says when to come back. */
  readonly maxRetryWait: number;
  readonly clock: Clock;
}

/** By this much the number under way grows with each answer that is not a 429. */
const RAISE = 0.005;
/** By this much it falls with a 429. */
const CUT = 0.5;
/** One request under way for this part of the time is the least. */
const LOWEST = 1 / 64;

/**
 * Additive increase, multiplicative decrease (as TCP does it): a 429 halves the number of requests
 * under way, every answer after it raises it a little, up to `concurrency`. Below one, the request
 * is followed by a rest, so that an API with a low limit is kept to as well.
 */
export function createPace({ concurrency, maxRetryWait, clock }: PaceSettings): Pace {
  let allowed = concurrency;
  let underWay = 0;
  let cutAt = -Infinity;
  let resumeAt = -Infinity;
  let restUntil = -Infinity;
  let wake = Promise.withResolvers<void>();

  const refusedWait = (): number | undefined => {
    const wait = resumeAt - clock.now();
    return wait > maxRetryWait ? wait : undefined;
  };

  const leaveFrom =
    (startedAt: number): Leave =>
    (slowDown, retryAfter) => {
      const now = clock.now();
      underWay -= 1;
      if (retryAfter !== undefined) resumeAt = Math.max(resumeAt, now + retryAfter);
      if (!slowDown) {
        allowed = Math.min(concurrency, allowed + RAISE);
      } else if (startedAt > cutAt) {
        // Those that were under way together were refused together: that is one cut, not many.
        allowed = Math.max(LOWEST, allowed * CUT);
        cutAt = now;
      }
      if (allowed < 1) restUntil = now + (now - startedAt) * (1 / allowed - 1);
      wake.resolve();
      wake = Promise.withResolvers<void>();
    };

  const enter = async (abort: AbortSignal): Promise<Admission> => {
    const aborted = Promise.withResolvers<void>();
    const onAbort = (): void => aborted.resolve();
    abort.addEventListener('abort', onAbort, { once: true });
    try {
      for (;;) {
        if (abort.aborted) return { kind: 'aborted' };
        const refused = refusedWait();
        if (refused !== undefined) return { kind: 'refused', wait: refused };
        const wait = Math.max(resumeAt, restUntil) - clock.now();
        if (wait > 0) {
          await clock.sleep(wait, abort);
        } else if (underWay < Math.max(1, Math.floor(allowed))) {
          underWay += 1;
          return { kind: 'go', leave: leaveFrom(clock.now()) };
        } else {
          await Promise.race([wake.promise, aborted.promise]);
        }
      }
    } finally {
      abort.removeEventListener('abort', onAbort);
    }
  };

  return { enter, refusedWait };
}
