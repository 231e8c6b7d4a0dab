/** Time as the policy needs it, so that tests can compress it. */
export interface Clock {
  /** ms since the epoch; never goes backwards. */
  readonly now: () => number;
  /** Resolves after that many ms, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (ms: number, until: AbortSignal) => Promise<void>;
}

// Not `Date.now()` alone: a clock that is set back in the middle of a pause would end it too early.
const startedAt = Date.now();
const [startSeconds, startNanoseconds] = process.hrtime();

export const systemClock: Clock = {
  now: () => {
    const [seconds, nanoseconds] = process.hrtime();
    return startedAt + (seconds - startSeconds) * 1000 + (nanoseconds - startNanoseconds) / 1e6;
  },
  sleep: (ms, until) =>
    new Promise((resolve) => {
      if (until.aborted) {
        resolve();
        return;
      }
      const end = (): void => {
        clearTimeout(timer);
        until.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      until.addEventListener('abort', end);
    }),
};
