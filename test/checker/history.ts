import type { UserResult } from '../../src/removal/outcome.ts';

/** A moment: virtual time, and the place in the order of all that happened. */
export interface Moment {
  readonly time: number;
  readonly step: number;
}

/** What the client was told at the end of a request. */
export interface Reply {
  readonly at: Moment;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** Only after a 200 with a profile: whether it shows a username. */
  readonly shownUsername: boolean | undefined;
  /** The request may have taken effect without a word from the API on it: no answer, or 5xx. */
  readonly lost: boolean;
  /** No answer came, or a 5xx. */
  readonly unwell: boolean;
  /** 401, 402, 403, a redirect, a TLS error, an unknown host. */
  readonly stops: boolean;
  /** Virtual time before which the API wants no further request. */
  readonly notBefore: number | undefined;
}

export interface RequestRecord {
  readonly method: 'DELETE' | 'GET';
  readonly userId: string;
  readonly start: Moment;
  reply?: Reply;
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
  readonly #now: () => number;
  #steps = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  moment(): Moment {
    this.#steps += 1;
    return { time: this.#now(), step: this.#steps };
  }

  of(userId: string): readonly RequestRecord[] {
    return this.requests.filter((request) => request.userId === userId);
  }
}
