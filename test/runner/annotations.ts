export type AnnotationKind = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly kind: AnnotationKind;
  /** Not masked: the runner masks the message only. `''` without one. */
  readonly title: string;
  /** Masked, and cut off at 4,096 characters. */
  readonly message: string;
}

// Both limits are those of actions/runner, ExecutionContext.cs.
const maxCountPerKind = 10;
const maxMessageLength = 4096;

/** The annotations of one step, with the runner's limits. */
export class Annotations {
  readonly #kept: Annotation[] = [];
  #dropped = 0;

  get kept(): readonly Annotation[] {
    return this.#kept;
  }

  /** How many were over the limit of their kind. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @returns the message as the log shows it: cut off, and shown even when the annotation is dropped. */
  add({ kind, title, message }: Annotation): string {
    const shown = message.slice(0, maxMessageLength);
    if (this.#kept.filter((annotation) => annotation.kind === kind).length < maxCountPerKind) {
      this.#kept.push({ kind, title, message: shown });
    } else {
      this.#dropped += 1;
    }
    return shown;
  }
}
