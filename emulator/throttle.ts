/** The rate an API allows. */
export interface RateLimit {
  /** Requests in a sliding window of one second. */
  perSecond: number;
  /** Seconds, or any text, in the `Retry-After` header of a 429. Default: no such header. */
  retryAfter?: number | string;
}

/** An API that serves nobody for a while. */
export interface Unavailable {
  /** Milliseconds from the first request that it turns away. Default: for ever. */
  forMs?: number;
  /** Default 429. */
  status?: number;
  /** As in `RateLimit`. */
  retryAfter?: number | string;
}

/** How many requests an API answers at once. */
export interface MaxInFlight {
  limit: number;
  /** Past the limit, default 503. */
  status?: number;
  /** As in `RateLimit`. */
  retryAfter?: number | string;
}

/** The limits of one API; what is missing or `null` does not limit. */
export interface Limits {
  rateLimit?: RateLimit | null;
  unavailable?: Unavailable | null;
  maxInFlight?: MaxInFlight | null;
}

/** How an emulator behaves until something else is asked for. */
export interface Settings extends Limits {
  /** Milliseconds before each answer, default 0. */
  latency?: number;
  /**
   * Closes kept connections without a word: right after each answer (`true` means that, too), or
   * when the next request arrives on one, before any byte of an answer; that request has no effect.
   * Default `false`.
   */
  closeKept?: boolean | 'after-answer' | 'on-next-request';
}

/** How a request past a limit is answered. */
export interface Throttled {
  status: number;
  retryAfter: number | string | undefined;
}

/** Holds requests to the limits. A throttled request counts towards no limit. */
export class Throttle {
  /** How many requests were within the limits, and how many were not. */
  readonly counts = { accepted: 0, throttled: 0 };
  #limits: Limits;
  #acceptedAt: number[] = [];
  #inFlight = 0;
  #unavailableSince: number | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Replaces the limits. The time of another `unavailable` begins with the next request. */
  limit(limits: Limits): void {
    if (limits.unavailable !== this.#limits.unavailable) this.#unavailableSince = undefined;
    this.#limits = limits;
  }

  /**
   * Decides about a request that arrived at `now` (ms).
   * @returns how to turn it away, or undefined when it is accepted; `release` is then to be called
   *   once, when it is over
   */
  acquire(now: number): Throttled | undefined {
    const throttled = this.#unavailable(now) ?? this.#tooManyInFlight() ?? this.#tooFast(now);
    if (throttled !== undefined) {
      this.counts.throttled += 1;
      return throttled;
    }
    this.counts.accepted += 1;
    this.#inFlight += 1;
    return undefined;
  }

  /** An accepted request is over. */
  release(): void {
    this.#inFlight -= 1;
  }

  #unavailable(now: number): Throttled | undefined {
    const { unavailable } = this.#limits;
    if (!unavailable) return undefined;
    const { forMs = Infinity, status = 429, retryAfter } = unavailable;
    this.#unavailableSince ??= now;
    return now - this.#unavailableSince < forMs ? { status, retryAfter } : undefined;
  }

  #tooManyInFlight(): Throttled | undefined {
    const { maxInFlight } = this.#limits;
    if (!maxInFlight || this.#inFlight < maxInFlight.limit) return undefined;
    return { status: maxInFlight.status ?? 503, retryAfter: maxInFlight.retryAfter };
  }

  #tooFast(now: number): Throttled | undefined {
    const { rateLimit } = this.#limits;
    if (!rateLimit) return undefined;
    this.#acceptedAt = this.#acceptedAt.filter((at) => now - at < 1000);
    if (this.#acceptedAt.length >= rateLimit.perSecond) {
      return { status: 429, retryAfter: rateLimit.retryAfter };
    }
    this.#acceptedAt.push(now);
    return undefined;
  }
}
