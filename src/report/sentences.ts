import { STATUS_CODES } from 'node:http';
import type { Answer } from '../monocloud/answer.ts';
import type { ProblemDetails } from '../monocloud/problem-details.ts';
import type { NotDone, UserResult } from '../removal/outcome.ts';
import { hintFor } from './hints.ts';
import type { Tally } from './tally.ts';

/** `1 user`, `2 users`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** ms in words: `40 ms`, `1.4 s`, `12 s`, `5 min`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return `${Math.round(ms)} ms`;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** `404 Not Found`. */
export function statusInWords(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

/** What came back for one try, in a few words. */
export function answerInWords(answer: Answer): string {
  return answer.kind === 'no answer' ? answer.problem.title : statusInWords(answer.status);
}

/** What the step came to, in one line without a full stop. */
export function headline(tally: Tally, dryRun: boolean): string {
  const users = count(tally.users, 'user');
  if (!dryRun) return `Username removed from ${tally.count('removed')} of ${users}`;
  return `Dry run: ${tally.count('would-remove')} of ${users} would lose the username`;
}

/** The title, where it says more than the status does, the detail and each validation error. */
export function problemInWords({ status, title, detail, errors }: ProblemDetails): string {
  const isReason = status !== undefined && title === STATUS_CODES[status];
  return [isReason ? undefined : title, detail, ...errors]
    .map((text) => sentence(text))
    .filter((text) => text !== '')
    .join(' ');
}

/** Why one user is not done, and what to do about it. */
export function notDoneInWords(result: UserResult & NotDone, maxRetryWait: number): string {
  const { userId, status, attempts, problem, refusedWait } = result;
  return [
    `User ${userId}:`,
    status === null ? '' : sentence(`MonoCloud answered ${statusInWords(status)}`),
    problemInWords(problem),
    refusedWait === undefined
      ? ''
      : `The API asked to wait ${Math.ceil(refusedWait / 1000)} s, and \`max-retry-wait\` allows ` +
        `${maxRetryWait / 1000} s, so it was not asked again.`,
    attempts > 1 ? `There were ${attempts} tries.` : '',
    hintFor(result) ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function sentence(text: string | undefined): string {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}
