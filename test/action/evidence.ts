import { expect } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import type { RecordedRequest } from '../../emulator/request-log.ts';
import type { JsonObject } from '../../src/monocloud/json.ts';
import type { StepResult } from '../runner/run-action.ts';
import { reportLines } from './many-users.ts';
import { expectRefused } from './refused-step.ts';

/** The requests in the order of arrival, as in `DELETE user-1`. */
export function requestsTo({ requests }: Emulator): readonly string[] {
  return requests.map((request) => `${request.method} ${userOf(request)}`);
}

/** The methods of the requests for one user, in the order of arrival. */
export function methodsFor(user: string, { requests }: Emulator): readonly string[] {
  return requests.filter((request) => userOf(request) === user).map(({ method }) => method);
}

/** ms between each request and the next one. */
export function gapsBetween({ requests }: Emulator): readonly number[] {
  return requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? at));
}

/** ms from the first request to the last one. */
export function spanOf({ requests }: Emulator): number {
  return (requests.at(-1)?.at ?? NaN) - (requests[0]?.at ?? NaN);
}

/** The records of a step's report. */
export function reportOf(result: StepResult): readonly JsonObject[] {
  return reportLines(result.file(result.outputs['report-file'] ?? ''));
}

/** Those of its users, in the order in which they ended. */
export function userRecords(result: StepResult): readonly JsonObject[] {
  return reportOf(result).filter(({ type }) => type === 'user');
}

/**
 * Expects that everything that a step said about its users is the same and true: the outputs count
 * what the report and the results list, and who is called `removed` has no username.
 */
export function expectTrueAccount(result: StepResult, emulator: Emulator): void {
  const records = userRecords(result);
  const removed = records.filter(({ outcome }) => outcome === 'removed');
  for (const { user_id: id } of removed) {
    expect(emulator.users.hasUsername(String(id)), String(id)).toBe(false);
  }
  expect(result.outputs['removed-count']).toBe(String(removed.length));
  const results: unknown = JSON.parse(result.outputs['results'] ?? '');
  const shown = records.map(({ user_id, outcome, status, attempts }) => ({
    user_id,
    outcome,
    status,
    attempts,
  }));
  expect(results).toHaveLength(shown.length);
  expect(results).toEqual(expect.arrayContaining(shown));
}

/** Expects a refusal whose annotation matches. @param title of the annotation */
export function expectRefusedFor(
  result: StepResult,
  emulator: Emulator,
  why: RegExp,
  title?: string,
): void {
  const message = result.annotations[0]?.message ?? '';
  expect(message).toMatch(why);
  expectRefused(result, emulator, message, title);
}

function userOf({ path }: RecordedRequest): string {
  return decodeURIComponent(path.split('/')[3] ?? '');
}
