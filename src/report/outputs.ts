import * as core from '@actions/core';
import type { UserId } from '../monocloud/user-id.ts';
import type { Cleaner } from './cleaner.ts';
import { LARGEST_OUTPUT, problemJson } from './problem-json.ts';
import type { StepLog } from './step-log.ts';
import type { Tally } from './tally.ts';

/** Every output of the step, as text without the key. All are set, whatever happened. */
export interface StepOutputs {
  readonly profile: string;
  readonly status: string;
  readonly problem: string;
  readonly results: string;
  readonly 'removed-count': string;
  readonly 'failed-count': string;
  readonly 'report-file': string;
}

export interface Ending {
  readonly userIds: readonly UserId[];
  readonly tally: Tally;
  /** The profile that came back, where there was one user and one came. */
  readonly profile: string | undefined;
  readonly reportFile: string;
}

/** The outputs of a step that got as far as its users. */
export function outputsOf(ending: Ending, cleaner: Cleaner, log: StepLog): StepOutputs {
  const { userIds, tally, profile, reportFile } = ending;
  const [failure] = tally.failures;
  const status = tally.users === 1 ? tally.entries[0]?.status : (failure?.status ?? null);
  const allDone = tally.users > 1 && failure === undefined;
  return {
    profile: fittingProfile(cleaner.redact(profile ?? ''), log),
    status: allDone ? '200' : String(status ?? ''),
    problem: failure === undefined ? '' : problemJson(failure.problem, cleaner),
    results: fittingResults(
      userIds.map((userId) => cleaner.redact(userId)),
      tally,
      log,
    ),
    'removed-count': String(tally.count('removed')),
    'failed-count': String(tally.failed),
    'report-file': reportFile,
  };
}

/** The outputs of a step that ended before any user was sent. */
export function outputsWithoutUsers(problem: string): StepOutputs {
  return {
    profile: '',
    status: '',
    problem,
    results: '[]',
    'removed-count': '0',
    'failed-count': '0',
    'report-file': '',
  };
}

/** @returns whether the runner's file took them all */
export function setOutputs(outputs: StepOutputs): boolean {
  // Without its file, `core.setOutput` would print them to the log, the profile among them.
  if ((process.env['GITHUB_OUTPUT'] ?? '') === '') return false;
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    return true;
  } catch {
    return false;
  }
}

function fittingProfile(profile: string, log: StepLog): string {
  if (Buffer.byteLength(profile) <= LARGEST_OUTPUT) return profile;
  log.annotate(
    'warning',
    'Profile too large for an output',
    'The profile is over 100 KiB, which a next step could not take, so the output `profile` is ' +
      'empty. The input `profiles-file` has it written to a file.',
  );
  return '';
}

function fittingResults(userIds: readonly string[], tally: Tally, log: StepLog): string {
  const parts: string[] = [];
  let bytes = '[]'.length - ','.length;
  for (const [index, userId] of userIds.entries()) {
    const part = JSON.stringify({ user_id: userId, ...tally.entries[index] });
    bytes += Buffer.byteLength(part) + ','.length;
    if (bytes > LARGEST_OUTPUT) {
      log.annotate(
        'notice',
        'Results too large for an output',
        'The results are over 100 KiB, so the output `results` is empty. See the report.',
      );
      return '';
    }
    parts.push(part);
  }
  return `[${parts.join(',')}]`;
}
