/** Requests a ms. An early refusal, when little was accepted, proves no lower rate than this. */
const LOWEST_FIRST_RATE = 10 / 1000;
/** Such a rate is a guess, so K is short: others may have used up the limit in that moment. */
const SHORTEST_K_PAUSES = 0.1;

/** Of the rate at which the API throttled, the part to go on with (RFC 9438: beta). */
const BETA = 0.95;
/** A rate that is throttled again is lowered to this part at most. */
const LOWEST_BETA = 0.5;
/**
 * Pauses until the rate is back where it was throttled (RFC 9438: K), at first and at most. Another
 * refusal costs another pause: the longer K is, the less often the limit is tried. K doubles where the
 * limit is found again where it was. It is halved where the API throttles sooner than that: others take
 * more of the limit, and may soon leave it.
 */
const FIRST_K_PAUSES = 5;
const MAX_K_PAUSES = 10;
/** ms after K in which the rate grows by as much as it was lowered (RFC 9438: what C stands for). */
const GROWTH_MS = 1000;

/**
 * The rate that an API can take, as far as its refusals tell. It is infinite before the first one.
 * Then it grows as that of CUBIC does (RFC 9438): hardly at all near the rate that was throttled, ever
 * faster beyond it, so that what others leave is soon used. A simple AIMD measured worse.
 */
export class CubicRate {
  /** Requests a ms at which the API throttled (RFC 9438: W_max), since when it grows, and K. */
  #throttledRate = Infinity;
  #growsSince = -Infinity;
  #kPauses = FIRST_K_PAUSES / 2;
  #kMs = 0;

  /** @returns requests a ms */
  at(time: number): number {
    const beyondKMs = time - this.#growsSince - this.#kMs;
    const growth =
      beyondKMs < 0 ? (1 + beyondKMs / this.#kMs) ** 3 - 1 : (beyondKMs / GROWTH_MS) ** 3;
    return this.#throttledRate * (1 + (1 - BETA) * growth);
  }

  /** The API throttled at `rate`, having accepted `accepted` on average, and then paused for `pauseMs`. */
  lower(rate: number, accepted: number, pauseMs: number, now: number): void {
    const isFirst = rate === Infinity;
    const isEarly = rate < this.#throttledRate;
    const isGuess = isFirst && accepted < LOWEST_FIRST_RATE;
    this.#throttledRate = isFirst
      ? Math.max(LOWEST_FIRST_RATE, accepted)
      : Math.min(rate, Math.max(rate * LOWEST_BETA, accepted));
    const kPauses = isGuess ? 0 : this.#kPauses * (isEarly ? 0.5 : 2);
    this.#kPauses = Math.min(MAX_K_PAUSES, Math.max(SHORTEST_K_PAUSES, kPauses));
    this.#kMs = this.#kPauses * pauseMs;
    this.growFrom(now);
  }

  /** Begins to grow again from where it was lowered to. */
  growFrom(now: number): void {
    this.#growsSince = now;
  }
}
