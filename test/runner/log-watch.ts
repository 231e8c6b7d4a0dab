interface Waiter {
  readonly pattern: RegExp;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** Lets a test wait until a growing log shows something. */
export class LogWatch {
  readonly #log: () => string;
  #waiters: Waiter[] = [];
  #ended = false;

  constructor(log: () => string) {
    this.#log = log;
  }

  /** Settles when the log matches; rejects when it has ended without doing so. */
  async until(pattern: RegExp): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#waiters.push({ pattern, resolve, reject });
      this.update();
    });
  }

  /** To be called whenever the log has grown. */
  update(): void {
    if (this.#waiters.length === 0) return;
    const log = this.#log();
    const waiting: Waiter[] = [];
    for (const waiter of this.#waiters) {
      // `search`, unlike `test`, takes no notice of where a global pattern matched last.
      if (log.search(waiter.pattern) !== -1) waiter.resolve();
      else if (this.#ended) {
        waiter.reject(
          new Error(`The step ended, and its log never matched ${waiter.pattern}:\n${log}`),
        );
      } else waiting.push(waiter);
    }
    this.#waiters = waiting;
  }

  end(): void {
    this.#ended = true;
    this.update();
  }
}
