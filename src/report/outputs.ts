import * as core from '@actions/core';
import { statSync } from 'node:fs';
import type { UserId } from '../monocloud/user-id.ts';
import type { NotDone } from '../removal/outcome.ts';
import type { StepLog } from './log.ts';
import { NOTES } from './messages.ts';
import type { Sanitizer } from './sanitize.ts';
import type { Tally } from './tally.ts';
import { madeProblem } from './wording.ts';

/** The outputs of the step that are set at its end, as text without the key. */
export interface StepOutputs {
  readonly profile: string;
  readonly status: string;
  readonly problem: string;
  readonly results: string;
  readonly 'removed-count': string;
  readonly 'failed-count': string;
}

/** A problem in the terms of RFC 9457, of the action's own making. */
export interface MadeProblem {
  readonly title: string;
  readonly detail: string;
}

export interface OutputContent {
  readonly userIds: readonly UserId[];
  readonly tally: Tally;
  /** The profile that came back, where there was one user and one came. */
  readonly profile: string | undefined;
  /** Why the step fails although every user is done; undefined where it does not. */
  readonly problem: MadeProblem | undefined;
}

/** bytes: a next step cannot take much more than this through its environment (100 KiB). */
const MAX_OUTPUT_BYTES = 102_400;

/** UTF-16 units of a title or detail that stands in for a problem too large for an output. */
const MAX_TEXT_LENGTH = 1000;

/** The outputs of a step that got as far as its users. */
export function outputsOf(content: OutputContent, sanitizer: Sanitizer, log: StepLog): StepOutputs {
  const { userIds, tally, profile, problem } = content;
  const [failure] = tally.failures;
  const fallback = problem === undefined ? '' : madeProblemJson(problem, sanitizer);
  const redactedIds = userIds.map((userId) => sanitizer.redact(userId));
  return {
    profile: fittingProfile(sanitizer.redact(profile ?? ''), log),
    status: statusOf(tally),
    problem: failure === undefined ? fallback : problemJson(failure, sanitizer),
    results: fittingResults(redactedIds, tally, log),
    'removed-count': String(tally.count('removed')),
    // A failed step never says 0: a next step may ask for that alone.
    'failed-count': tally.failed === 0 && problem !== undefined ? '' : String(tally.failed),
  };
}

/** The outputs of a step that ended before it could know what became of its users. */
export function outputsWithoutUsers(
  title: string,
  detail: string,
): StepOutputs & { readonly 'report-file': string } {
  return {
    profile: '',
    status: '',
    problem: JSON.stringify({ title, detail }),
    results: '[]',
    'removed-count': '0',
    'failed-count': '',
    'report-file': '',
  };
}

/** The outputs of a step in which an error got in the way of better ones: the counts are true. */
export function outputsOfCounts(tally: Tally, title: string, detail: string): StepOutputs {
  return {
    profile: '',
    status: '',
    problem: JSON.stringify({ title, detail }),
    results: '',
    'removed-count': String(tally.count('removed')),
    'failed-count': tally.failed === 0 ? '' : String(tally.failed),
  };
}

/** @returns whether the runner's file took them all */
export function setOutputs(
  outputs: Readonly<Partial<StepOutputs & { readonly 'report-file': string }>>,
): boolean {
  const file = process.env['GITHUB_OUTPUT'] ?? '';
  // Without its file, `core.setOutput` would print them to the log, the profile among them.
  if (file === '') return false;
  try {
    if (!isRegularFile(file)) return false;
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    return true;
  } catch {
    return false;
  }
}

/**
 * @returns whether one of the runner's files is a regular file. Opening a pipe that nobody reads would
 *   wait for ever.
 */
export function isRegularFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Problem details as JSON without the key: what was sent, or, where nothing was or that is too large
 * for an output, an object of what is known (`title`, `detail`, `status`).
 */
export function problemJson({ cause, status }: NotDone, sanitizer: Sanitizer): string {
  const problem =
    cause.kind === 'error' && cause.reason.kind === 'problem' ? cause.reason.problem : undefined;
  const asSent = problem === undefined ? undefined : sanitizer.redact(problem.sent);
  if (asSent !== undefined && Buffer.byteLength(asSent) <= MAX_OUTPUT_BYTES) return asSent;
  const made = madeProblem(cause);
  const known = { title: problem?.title ?? made.title, detail: problem?.detail ?? made.detail };
  return madeProblemJson(known, sanitizer, status);
}

function madeProblemJson(
  { title, detail }: MadeProblem,
  { toLine }: Sanitizer,
  status?: number | null,
): string {
  return JSON.stringify({
    title: toLine(title, MAX_TEXT_LENGTH),
    detail: toLine(detail, MAX_TEXT_LENGTH),
    ...(typeof status === 'number' && { status }),
  });
}

function statusOf(tally: Tally): string {
  const [failure] = tally.failures;
  if (failure !== undefined) return String(failure.status ?? '');
  if (tally.users === 1) return String(tally.entries[0]?.status ?? '');
  return tally.users > 1 && tally.failed === 0 ? '200' : '';
}

function fittingProfile(profile: string, log: StepLog): string {
  if (Buffer.byteLength(profile) <= MAX_OUTPUT_BYTES) return profile;
  log.annotate('warning', NOTES.profileTooLarge);
  return '';
}

function fittingResults(userIds: readonly string[], tally: Tally, log: StepLog): string {
  const parts: string[] = [];
  let bytes = '[]'.length - ','.length;
  for (const [index, userId] of userIds.entries()) {
    const part = JSON.stringify({ user_id: userId, ...tally.entries[index] });
    bytes += Buffer.byteLength(part) + ','.length;
    if (bytes > MAX_OUTPUT_BYTES) {
      log.annotate('notice', NOTES.resultsTooLarge);
      return '';
    }
    parts.push(part);
  }
  return `[${parts.join(',')}]`;
}
