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
 * told holds for everyone, and so does the rate that the API can take.
 */
export interface Pace {
  /** Waits until a request may go, or the signal is aborted. */
  readonly enter: (abort: AbortSignal) => Promise<Admission>;
  /** ms until the API is to be asked again, where that is longer than is accepted. */
  readonly refusedWait: () => number | undefined;
}

export interface PaceSettings {
  /** ms: the longest wait that is accepted when the API says when to come back. */
  readonly maxRetryWait: number;
  readonly clock: Clock;
}

/** ms: what a limit counts over, unless a longer `Retry-After` says otherwise. */
const WINDOW = 1000;
/** ms: what was accepted before counts half, so that the count speaks of what the API takes now. */
const MEMORY = 5000;
/** ms that everyone holds after a 429 that does not say how long. */
const HOLD = 500;
/** Of the rate at which the API refused, this part is gone on with. */
const START = 0.95;
/** ms until the rate is back where it was refused: at first, and at most after several refusals. */
const FIRST_PROBE = 2500;
const LONGEST_PROBE = 20_000;
/** A refusal that comes again lowers the rate to this part of it at most. */
const LARGEST_CUT = 0.5;
/** Requests a ms. One refusal early on, when little was sent, proves no lower rate than this. */
const LOWEST_GUESS = 10 / 1000;

/**
 * Goes as fast as the answers come, until the API refuses with a 429. What it accepted by then,
 * over the time that it asks to wait, is the rate that it can take (RFC 6585: so many requests in a
 * given time). From there on requests are spaced evenly, a little slower than that, and the rate
 * rises as that of CUBIC does (RFC 9438): hardly at all near the rate that was refused, ever faster
 * beyond it, so that a guess that was too low does not last; and the more often it was refused, the
 * more seldom more is asked for. Spacing keeps refusals few: a rate that is a little too high costs
 * one, where full concurrency would cost one for each user under way.
 */
export function createPace({ maxRetryWait, clock }: PaceSettings): Pace {
  /** Requests a ms that the API was found to take, since when it rises, and how fast (ms). */
  let limit = Infinity;
  let risingSince = -Infinity;
  let probe = FIRST_PROBE / 2;
  /** Accepted requests, and the time they are counted from. */
  let accepted = 0;
  let countedFrom = clock.now();
  /** A refusal that the limit does not know of yet. */
  let refusal: { readonly rate: number; readonly period: number } | undefined;
  let refusedAt = -Infinity;
  /** Nobody goes before the first; the second is when the spacing lets the next one go. */
  let resumeAt = -Infinity;
  let nextAt = -Infinity;

  const refusedWait = (): number | undefined => {
    const wait = resumeAt - clock.now();
    return wait > maxRetryWait ? wait : undefined;
  };

  const rateAt = (time: number): number =>
    limit * (START + (1 - START) * ((time - risingSince) / probe) ** 3);

  /** Only when the pause is over: by then those that were under way have been counted, too. */
  const learnFromRefusal = (now: number): void => {
    if (refusal === undefined) return;
    const { rate, period } = refusal;
    const measured = accepted / period;
    limit =
      rate === Infinity
        ? Math.max(LOWEST_GUESS, measured)
        : Math.min(rate, Math.max(rate * LARGEST_CUT, measured));
    risingSince = now;
    probe = Math.min(LONGEST_PROBE, probe * 2);
    refusal = undefined;
    accepted = 0;
    countedFrom = now;
  };

  const leaveFrom =
    (startedAt: number): Leave =>
    (slowDown, retryAfter) => {
      const now = clock.now();
      if (retryAfter !== undefined) resumeAt = Math.max(resumeAt, now + retryAfter);
      if (!slowDown) {
        accepted += 1;
        return;
      }
      if (retryAfter === undefined) nextAt = Math.max(nextAt, now + HOLD);
      // Those that were under way together were refused together: that is one refusal, not many.
      if (startedAt < refusedAt + WINDOW) return;
      refusal = {
        rate: rateAt(startedAt),
        period: Math.max(WINDOW, now - countedFrom, retryAfter ?? 0),
      };
      refusedAt = now;
    };

  const admit = (now: number): Admission => {
    if (now - countedFrom > MEMORY) {
      accepted /= 2;
      countedFrom = (countedFrom + now) / 2;
    }
    nextAt = Math.max(nextAt, now) + 1 / rateAt(now);
    return { kind: 'go', leave: leaveFrom(now) };
  };

  const enter = async (abort: AbortSignal): Promise<Admission> => {
    for (;;) {
      if (abort.aborted) return { kind: 'aborted' };
      const refused = refusedWait();
      if (refused !== undefined) return { kind: 'refused', wait: refused };
      const now = clock.now();
      if (now >= resumeAt) learnFromRefusal(now);
      const wait = Math.max(resumeAt, nextAt) - now;
      if (wait <= 0) return admit(now);
      await clock.sleep(wait, abort);
    }
  };

  return { enter, refusedWait };
}
