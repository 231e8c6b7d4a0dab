import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { ApiResponse } from '../../src/monocloud/response.ts';
import type { Reply, RequestRecord } from './history.ts';

const RETRIED: ReadonlySet<number> = new Set([
  408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530,
]);
const RETRIED_CAUSES: ReadonlySet<FailureCause> = new Set<FailureCause>([
  'connection-refused',
  'connection-lost',
  'timed-out',
  'response-incomplete',
  'lookup-failed',
  'proxy-unavailable',
]);
const PROVES_NO_KEY: ReadonlySet<number> = new Set([401, 402, 403, 408, 429]);

/** The contract's table of answers once more, and what a step may remember of earlier ones. */
export class ReplyReader {
  #answered = false;
  #keyAccepted = false;

  /** @param notBefore ms: virtual time that the API asks to wait for */
  read(
    { method, userId }: RequestRecord,
    response: ApiResponse,
    notBefore: number | undefined,
    at: Reply['at'],
  ): Reply {
    const meaning =
      response.kind === 'no-response'
        ? this.#ofFailure(response.failure.cause)
        : this.#ofStatus(response.status);
    const isOwnProfile = response.kind === 'profile' && response.profile.userId === userId;
    const isLost =
      response.kind === 'no-response' ? response.failure.mayHaveReached : response.status >= 500;
    return {
      at,
      status: response.kind === 'no-response' ? undefined : response.status,
      cause: response.kind === 'no-response' ? response.failure.cause : undefined,
      shownUsername: isOwnProfile ? response.profile.hasUsername : undefined,
      lost: method === 'DELETE' && (isLost || response.sentTwice),
      ...meaning,
      slowsDown:
        notBefore === undefined &&
        response.kind === 'error' &&
        [429, 503].includes(response.status),
      notBefore: meaning.retried ? notBefore : undefined,
    };
  }

  #ofStatus(status: number): Pick<Reply, 'retried' | 'outage' | 'stops'> {
    const isRejected = status === 401 || status === 402 || (status === 403 && !this.#keyAccepted);
    this.#answered = true;
    this.#keyAccepted ||=
      status === 200 || (status >= 400 && status < 500 && !PROVES_NO_KEY.has(status));
    return {
      retried: RETRIED.has(status),
      outage: status >= 500 || status === 429 || status === 403,
      stops: isRejected || (status >= 300 && status < 400),
    };
  }

  #ofFailure(cause: FailureCause): Pick<Reply, 'retried' | 'outage' | 'stops'> {
    if (cause === 'unknown-host') {
      return { retried: this.#answered, outage: this.#answered, stops: !this.#answered };
    }
    return {
      retried: RETRIED_CAUSES.has(cause),
      outage: !['cancelled', 'tls', 'response-mismatch'].includes(cause),
      stops: cause === 'tls',
    };
  }
}

/** Looks like a removal that has already happened. */
export function mayMeanAlreadyRemoved(request: RequestRecord | undefined): boolean {
  return [404, 409, 422].includes(request?.reply?.status ?? 0);
}

/** What was sent for a user, as the action counts it. */
export interface Sent {
  /** Removals, in a dry run readings. */
  readonly attempts: readonly RequestRecord[];
  /** Readings that settle what became of a removal. */
  readonly readings: readonly RequestRecord[];
}

export function sentFor(requests: readonly RequestRecord[], dryRun: boolean): Sent {
  const attempts = requests.filter(({ method }) => method === (dryRun ? 'GET' : 'DELETE'));
  return { attempts, readings: requests.filter((request) => !attempts.includes(request)) };
}

export function anyLost({ attempts }: Sent): boolean {
  return attempts.some(({ reply }) => reply?.lost === true);
}

/** Whether the attempts left something open that a reading can settle. */
export function isReadingDue(sent: Sent, ignoreNoUsername: boolean): boolean {
  const last = sent.attempts.at(-1);
  if (last?.method !== 'DELETE') return false;
  const mayBeRemoved = mayMeanAlreadyRemoved(last);
  const noneLeft = last.reply?.retried === true || last.reply?.lost === true;
  return anyLost(sent) ? mayBeRemoved || noneLeft : mayBeRemoved && ignoreNoUsername;
}
