import * as core from '@actions/core';
import type { Cleaner } from './cleaner.ts';

/** What the user sees in the log and on the run's page. Whatever goes in comes out clean. */
export interface StepLog {
  readonly info: (text: string) => void;
  /** Shown only with step debugging on. */
  readonly debug: (text: string) => void;
  /** An annotation. @param title fixed words: the runner does not mask it */
  readonly annotate: (kind: AnnotationKind, title: string, message: string) => void;
  /** Says how many annotations there were no room for. */
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
  return {
    info: (text) => core.info(clean(text)),
    debug: (text) => core.debug(clean(text)),
    annotate: (kind, title, message) => {
      counts[kind] += 1;
      // The last place is kept for saying how many more there were.
      if (counts[kind] < MOST_ANNOTATIONS) {
        ANNOTATE[kind](clean(message, LONGEST_MESSAGE), { title });
      }
    },
    flush: () => {
      for (const kind of ['error', 'warning', 'notice'] as const) {
        const more = counts[kind] - MOST_ANNOTATIONS + 1;
        if (more > 0) {
          const message = `${more} more like these. The report has every user.`;
          ANNOTATE[kind](message, { title: 'More of the same' });
        }
      }
    },
  };
}
