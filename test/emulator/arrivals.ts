/** Counts what arrives and lets others wait for it. */
export class Arrivals {
  #arrived = 0;
  #waiters: { count: number; resolve: () => void }[] = [];

  /** One more has arrived. */
  add(): void {
    this.#arrived += 1;
    this.#wake();
  }

  /** Resolves when `count` have arrived since the start. */
  async waitFor(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.push({ count, resolve });
    this.#wake();
    await promise;
  }

  #wake(): void {
    const due = this.#waiters.filter(({ count }) => this.#arrived >= count);
    this.#waiters = this.#waiters.filter(({ count }) => this.#arrived < count);
    for (const { resolve } of due) resolve();
  }
}
