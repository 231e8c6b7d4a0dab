import * as core from '@actions/core';
import { ApiKey } from '../monocloud/api-key.ts';
import { NOTES, type Message } from './messages.ts';
import { createSanitizer, type Sanitizer } from './sanitize.ts';
import { fill } from './text.ts';

/** What the user sees in the log and on the run's page. Whatever goes in comes out sanitized. */
export interface StepLog {
  readonly info: (text: string) => void;
  /** With step debugging on only. @param text not called otherwise: it is made for every attempt */
  readonly debug: (text: () => string) => void;
  readonly annotate: (kind: AnnotationKind, message: Message) => void;
  /** Shows the last annotation that there is room for, or says how many more there were. */
  readonly flush: () => void;
}

export type AnnotationKind = 'error' | 'warning' | 'notice';

/** The runner keeps this many annotations of a kind and step, and drops the rest silently. */
const MAX_ANNOTATIONS = 10;
/** UTF-16 units; the runner's limit is 4,096. */
const MAX_MESSAGE_LENGTH = 4000;

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice } as const;

/**
 * Has the runner mask the key, before anything that could show it is printed.
 *
 * @param raw the input as it came: a key that turns out to be unusable is a secret, too
 */
export function maskApiKey(raw: string): void {
  for (const line of raw.split(/[\r\n]+/u)) if (line.trim() !== '') core.setSecret(line.trim());
}

/** @returns what keeps the key out of everything that the runner does not mask */
export function sanitizerFor(raw: string): Sanitizer {
  const apiKey = ApiKey.check(raw);
  return createSanitizer(apiKey instanceof ApiKey ? apiKey : undefined);
}

export function createStepLog({ toLine }: Sanitizer): StepLog {
  const counts = { error: 0, warning: 0, notice: 0 };
  /** The tenth of each kind: whether there is room for it is known only at the end. */
  const held = new Map<AnnotationKind, () => void>();
  return {
    info: (text) => core.info(toLine(text)),
    debug: (text) => {
      // `core.debug` would print it in any case, for the runner to drop.
      if (core.isDebug()) core.debug(toLine(text()));
    },
    annotate: (kind, { title, text }) => {
      counts[kind] += 1;
      const show = (): void => ANNOTATE[kind](toLine(text, MAX_MESSAGE_LENGTH), { title });
      if (counts[kind] < MAX_ANNOTATIONS) show();
      else if (counts[kind] === MAX_ANNOTATIONS) held.set(kind, show);
    },
    flush: () => {
      for (const kind of ['error', 'warning', 'notice'] as const) {
        const more = counts[kind] - MAX_ANNOTATIONS + 1;
        if (more > 1) {
          const { title, text } = NOTES.moreMessages;
          ANNOTATE[kind](fill(text, { count: more }), { title });
        } else {
          held.get(kind)?.();
        }
        held.delete(kind);
      }
    },
  };
}
