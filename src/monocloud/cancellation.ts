/**
 * An abort signal for many short requests. A signal keeps its listeners in a linked list, where one
 * that was removed still holds those that came after it: with a listener for each request, what
 * thousands of them had in hand would stay in memory. This one listens once, and keeps its own in an
 * array.
 */
export class Cancellation {
  readonly #signal: AbortSignal;
  readonly #listeners: (() => void)[] = [];

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      for (const listener of this.#listeners.splice(0)) listener();
    });
  }

  get isRequested(): boolean {
    return this.#signal.aborted;
  }

  /**
   * @param listener called should it be cancelled from now on
   * @returns a function that takes the listener away
   */
  listen(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      const index = this.#listeners.indexOf(listener);
      if (index !== -1) this.#listeners.splice(index, 1);
    };
  }
}
