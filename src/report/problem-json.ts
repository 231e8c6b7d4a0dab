import type { ProblemDetails } from '../monocloud/problem-details.ts';
import type { Cleaner } from './cleaner.ts';

/** bytes: a next step cannot take much more than this through its environment (100 KiB). */
export const LARGEST_OUTPUT = 102_400;

/** UTF-16 units of a title or detail that stands in for a problem too large for an output. */
const LONGEST_TEXT = 1000;

/**
 * Problem details as JSON without the key: what the API sent, or, where it sent none or that is too
 * large for an output, an object of what is known (`title`, `detail`, `status`).
 */
export function problemJson(problem: ProblemDetails, { redact, clean }: Cleaner): string {
  const { sent, title, detail, status } = problem;
  const asSent = sent === undefined ? undefined : redact(sent);
  if (asSent !== undefined && Buffer.byteLength(asSent) <= LARGEST_OUTPUT) return asSent;
  return JSON.stringify({
    title: clean(title, LONGEST_TEXT),
    detail: detail === undefined ? undefined : clean(detail, LONGEST_TEXT),
    status,
  });
}
