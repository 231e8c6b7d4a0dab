import * as core from '@actions/core';
import type { Cleaner } from './cleaner.ts';

/** What the user sees in the log and on the run's page. Whatever goes in comes out clean. */
export interface StepLog {
  readonly info: (text: string) => void;
  /** With step debugging on only. @param text not asked for otherwise: it is said of every try */
  readonly debug: (text: () => string) => void;
  /** An annotation. @param title fixed words: the runner does not mask it */
  readonly annotate: (kind: AnnotationKind, title: string, message: string) => void;
  /** Shows the last annotation that there is room for, or says how many more there were. */
  readonly flush: () => void;
}

export type AnnotationKind = 'error' | 'warning' | 'notice';

/** The runner keeps this many annotations of a kind and step, and drops the rest without a word. */
const MOST_ANNOTATIONS = 10;
/** UTF-16 units; the runner's limit is 4,096. */
const LONGEST_MESSAGE = 4000;

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice } as const;

export function createStepLog({ clean }: Cleaner): StepLog {
  const counts = { error: 0, warning: 0, notice: 0 };
  /** The tenth of each kind: whether there is room for it is known only at the end. */
  const held = new Map<AnnotationKind, () => void>();
  return {
    info: (text) => core.info(clean(text)),
    debug: (text) => {
      // `core.debug` would print it all the same, for the runner to drop.
      if (core.isDebug()) core.debug(clean(text()));
    },
    annotate: (kind, title, message) => {
      counts[kind] += 1;
      const show = (): void => ANNOTATE[kind](clean(message, LONGEST_MESSAGE), { title });
      if (counts[kind] < MOST_ANNOTATIONS) show();
      else if (counts[kind] === MOST_ANNOTATIONS) held.set(kind, show);
    },
    flush: () => {
      for (const kind of ['error', 'warning', 'notice'] as const) {
        const more = counts[kind] - MOST_ANNOTATIONS + 1;
        if (more > 1) {
          const message = `${more} more like these: the runner shows 10 of a kind. See the report.`;
          ANNOTATE[kind](message, { title: 'More of the same' });
        } else {
          held.get(kind)?.();
        }
        held.delete(kind);
      }
    },
  };
}
