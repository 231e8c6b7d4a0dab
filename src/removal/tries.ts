import type { Answer } from '../monocloud/answer.ts';
import type { UserId } from '../monocloud/user-id.ts';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Leave, Pace } from './pace.ts';
import { ruleFor, waitAskedBy } from './rules.ts';

/** How often and when one user is tried. */
export interface TryPolicy {
  /** Further tries after the first. */
  readonly retries: number;
  readonly pace: Pace;
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** No further try is begun. What is under way ends by itself. */
  readonly stopped: AbortSignal;
  /** The step was cancelled: what is under way is cut off, too. */
  readonly cancelled: AbortSignal;
  readonly observer: TryObserver;
}

/** What is told while the tries go on. */
export interface TryObserver {
  /** Each try, with the ms it took. */
  readonly tried: (userId: UserId, attempt: number, answer: Answer, took: number) => void;
  /** The reading that settles a lost answer, with the ms it took. */
  readonly read: (userId: UserId, answer: Answer, took: number) => void;
  /** Before a further try. @param wait ms until then, at least */
  readonly retrying: (userId: UserId, attempt: number, answer: Answer, wait: number) => void;
}

/** How the tries ended. */
export interface Tries {
  /** How many were sent. */
  readonly attempts: number;
  /** The last answer; undefined where none was sent. */
  readonly last: Answer | undefined;
  /** One of them may have taken effect without our hearing of it (5xx included). */
  readonly lost: boolean;
  /** One of them may have arrived and nothing at all came back. */
  readonly unanswered: boolean;
  /** ms: a further try was due, but the API asked for this wait, longer than is accepted. */
  readonly refusedWait?: number;
}

/** Asks MonoCloud for something of one user, in one request. */
export type Ask = (userId: UserId) => Promise<Answer>;

/** Asks once, and says to the pace that the request has ended, whatever came of it. */
export async function askWithin(leave: Leave, ask: Ask, userId: UserId): Promise<Answer> {
  try {
    const answer = await ask(userId);
    leave(ruleFor(answer).throttled === true, waitAskedBy(answer));
    return answer;
  } catch (error) {
    leave(false, undefined);
    throw error;
  }
}

/** Asks until the answer is final, the tries are used up, or the step is stopped. */
export async function tryRepeatedly(userId: UserId, ask: Ask, policy: TryPolicy): Promise<Tries> {
  const { pace, clock, random, retries, stopped, observer } = policy;
  const isStopped = (): boolean => stopped.aborted;
  let tries: Tries = { attempts: 0, last: undefined, lost: false, unanswered: false };
  for (;;) {
    const admission = await pace.enter(stopped);
    if (admission.kind === 'aborted') return tries;
    if (admission.kind === 'refused') return { ...tries, refusedWait: admission.wait };
    if (isStopped()) {
      // Stopped in the moment between the two: still nothing may be sent.
      admission.leave(false, undefined);
      return tries;
    }

    const sentAt = clock.now();
    const answer = await askWithin(admission.leave, ask, userId);
    const rule = ruleFor(answer);
    const attempts = tries.attempts + 1;
    observer.tried(userId, attempts, answer, clock.now() - sentAt);

    const lost = rule.lost === true;
    tries = {
      attempts,
      last: answer,
      lost: tries.lost || lost,
      unanswered: tries.unanswered || (lost && answer.kind === 'no answer'),
    };
    if (!rule.retried || attempts > retries || isStopped()) return tries;

    const refusedWait = pace.refusedWait();
    if (refusedWait !== undefined) return { ...tries, refusedWait };

    const retryAfter = waitAskedBy(answer);
    const wait = retryAfter ?? backoff(attempts, random);
    observer.retrying(userId, attempts, answer, wait);
    // What the API asked for is waited out in the pace, by everyone.
    if (retryAfter === undefined) await clock.sleep(wait, stopped);
  }
}
