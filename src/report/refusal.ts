import { makeProblem } from '../monocloud/problem-details.ts';
import { UserError } from '../user-error.ts';
import { outputsWithoutUsers, setOutputs } from './outputs.ts';
import { problemJson } from './problem-json.ts';
import type { ReportTools } from './step-report.ts';

/** Tells of an error that ended the step before, or outside of, its users: one annotation. */
export function publishRefusal(error: unknown, { cleaner, log }: ReportTools): void {
  const { title, message } = error instanceof UserError ? error : unexpected(error);
  log.annotate('error', title, message);
  log.flush();
  setOutputs(outputsWithoutUsers(problemJson(makeProblem(title, message), cleaner)));
}

/** A bug. Its name and code only: a message may quote what the error came from. */
export function unexpected(error: unknown): UserError {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
  return new UserError(
    'Internal error',
    `The action met an error of its own making (${name}${code}). What was done until then is in ` +
      'the report. This is worth an issue in the repository of the action.',
  );
}
