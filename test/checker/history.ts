import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { UserResult } from '../../src/removal/outcome.ts';

/** A moment: virtual time, and the place in the order of all that happened. */
export interface Moment {
  /** ms */
  readonly time: number;
  readonly step: number;
}

/** How a request ended for the client, and what the contract says of that. */
export interface Reply {
  readonly at: Moment;
  /** Undefined where no response came. */
  readonly status: number | undefined;
  /** Undefined where a response came. */
  readonly cause: FailureCause | undefined;
  /** Only after a 200 with the profile of the user that was asked for: whether it shows a username. */
  readonly shownUsername: boolean | undefined;
  /** It may have taken effect, and no word on that came back. */
  readonly lost: boolean;
  /** May pass. */
  readonly retried: boolean;
  /** Counts towards the ten in a row. */
  readonly outage: boolean;
  /** Means the same for every user. */
  readonly stops: boolean;
  /** The API asks everyone to slow down, and does not say for how long. */
  readonly slowsDown: boolean;
  /** ms: virtual time before which the API wants no further request */
  readonly notBefore: number | undefined;
}

export interface RequestRecord {
  readonly method: 'DELETE' | 'GET';
  readonly userId: string;
  readonly start: Moment;
  reply?: Reply;
  /** When the request met an error of the action itself. */
  threwAt?: Moment;
}

/** What the action said of one user. */
export interface Verdict {
  readonly index: number;
  readonly result: UserResult;
  readonly at: Moment;
  /** What the model knows at that moment. */
  readonly truth: 'username' | 'no username' | 'missing';
}

/** All that happened in one trial, in its order. */
export class History {
  readonly requests: RequestRecord[] = [];
  readonly verdicts: Verdict[] = [];
  cancelled: Moment | undefined;
  /** When the action met an error of its own. */
  broken: Moment | undefined;
  readonly #byUser = new Map<string, RequestRecord[]>();
  readonly #now: () => number;
  #steps = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  moment(): Moment {
    this.#steps += 1;
    return { time: this.#now(), step: this.#steps };
  }

  begin(method: RequestRecord['method'], userId: string): RequestRecord {
    const request: RequestRecord = { method, userId, start: this.moment() };
    this.requests.push(request);
    this.#byUser.set(userId, [...this.of(userId), request]);
    return request;
  }

  of(userId: string): readonly RequestRecord[] {
    return this.#byUser.get(userId) ?? [];
  }
}
