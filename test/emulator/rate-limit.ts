/** The rate an API allows. */
export interface RateLimit {
  perSecond: number;
  /** Seconds, as the `Retry-After` header of a refusal says. */
  retryAfter: number;
}

/** Counts requests in a sliding window of one second. Refused requests do not count. */
export class RateLimiter {
  readonly #limit: RateLimit;
  #allowedAt: number[] = [];

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** @returns the seconds to wait for when a request at `now` (ms) is one too many, or undefined. */
  refuse(now: number): number | undefined {
    this.#allowedAt = this.#allowedAt.filter((at) => now - at < 1000);
    if (this.#allowedAt.length >= this.#limit.perSecond) return this.#limit.retryAfter;
    this.#allowedAt.push(now);
    return undefined;
  }
}
