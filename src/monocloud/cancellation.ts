/**
 * An abort signal for many short requests. A signal keeps its listeners in a linked list, where one
 * that was removed still holds those that came after it. With a listener of its own for each request
 * of 20,000 users, 100 MiB stayed in memory. This class listens once, and keeps the rest in a set.
 */
export class Cancellation {
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<() => void>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      for (const listener of this.#listeners) listener();
    });
  }

  get isRequested(): boolean {
    return this.#signal.aborted;
  }

  /**
   * @param listener called if the signal is aborted from now on
   * @returns a function that removes the listener
   */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
