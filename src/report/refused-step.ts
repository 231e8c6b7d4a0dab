import * as core from '@actions/core';
import { Refusal } from '../refusal.ts';
import type { StepLog } from './log.ts';
import { STOPS, type Message } from './messages.ts';
import { outputsWithoutUsers, setOutputs } from './outputs.ts';
import { refusalMessage } from './refusal-wording.ts';
import type { Sanitizer } from './sanitize.ts';
import { errorName, internalErrorText } from './wording.ts';

/** Reports an error that ended the step before its users: one annotation, and every output. */
export function publishRefusal(
  error: unknown,
  { sanitizer, log }: { readonly sanitizer: Sanitizer; readonly log: StepLog },
): void {
  const message = messageOf(error);
  log.annotate('error', message);
  log.flush();
  setOutputs(outputsWithoutUsers(message.title, sanitizer.toLine(message.text)));
}

/**
 * Refuses a Node that is too old, with nothing that it might not know: the sanitizer for one needs
 * Node 20, and there is nothing from outside to sanitize.
 *
 * @param version as in `20.19.0`
 */
export function refuseOldNode(version: string): void {
  const { title, text } = refusalMessage({ kind: 'old-node', version });
  core.error(text, { title });
  setOutputs(outputsWithoutUsers(title, text));
}

/** @returns what is said of an error that nobody expected; its own text may quote anything */
export function internalErrorMessage(error: unknown): Message {
  return { title: STOPS['internal-error'].title, text: internalErrorText(errorName(error)) };
}

function messageOf(error: unknown): Message {
  if (error instanceof Refusal) return refusalMessage(error.reason);
  return internalErrorMessage(error);
}
