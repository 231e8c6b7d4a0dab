import type { StopCause } from './rules.ts';

/** Why no further user was sent. */
export type StopReason =
  StopCause | 'unwell' | 'wait-refused' | 'cancelled' | 'report-lost' | 'bug';

/** The one switch that ends a step's work early. The first reason stays. */
export class Stop {
  readonly #controller = new AbortController();
  #reason: StopReason | undefined;

  /** Aborted as soon as no further request may be sent. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get reason(): StopReason | undefined {
    return this.#reason;
  }

  /** Stops as soon as the signal is aborted, or now if it is already. */
  when(signal: AbortSignal, reason: StopReason): void {
    if (signal.aborted) this.now(reason);
    else signal.addEventListener('abort', () => this.now(reason), { once: true });
  }

  now(reason: StopReason): void {
    this.#reason ??= reason;
    this.#controller.abort();
  }
}
