import type { Clock } from '../../src/removal/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock whose time passes only while everybody sleeps: all waits are kept, none takes long. */
export class VirtualClock implements Clock {
  readonly #latenessMs: () => number;
  #now = 0;
  #sleepers: Sleeper[] = [];

  /** @param latenessMs how late a timer fires; those of a busy machine are a little late */
  constructor(latenessMs: () => number = () => 0) {
    this.#latenessMs = latenessMs;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number, until: AbortSignal): Promise<void> => {
    if (until.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
      until.removeEventListener('abort', end);
      resolve();
    };
    const sleeper = { at: this.#now + ms + this.#latenessMs(), wake: end };
    this.#sleepers.push(sleeper);
    until.addEventListener('abort', end);
    setImmediate(() => this.#passTime());
    return promise;
  };

  #passTime(): void {
    const at = Math.min(...this.#sleepers.map((sleeper) => sleeper.at));
    const next = this.#sleepers.find((sleeper) => sleeper.at === at);
    if (next === undefined) return;
    this.#now = Math.max(this.#now, at);
    next.wake();
  }
}
