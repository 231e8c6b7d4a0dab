import { expect } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import { isJsonObject, parseJsonObject, type JsonObject } from '../../src/monocloud/json.ts';
import type { StepResult } from '../runner/run-action.ts';

/** The report of a step, wherever it is. */
export function reportText(result: StepResult): string {
  return result.file(result.outputs['report-file'] ?? '');
}

/** Every record of a report, in the order written. @throws Error for a line that is no object */
export function reportLines(report: string): readonly JsonObject[] {
  if (report !== '' && !report.endsWith('\n')) throw new Error('The last line is cut off.');
  return report
    .split('\n')
    .slice(0, -1)
    .map((line) => objectFrom(line));
}

/** The records of a step's report. */
export function reportOf(result: StepResult): readonly JsonObject[] {
  return reportLines(reportText(result));
}

/** Those of its users, in the order in which they ended. */
export function userRecords(result: StepResult): readonly JsonObject[] {
  return reportOf(result).filter(({ type }) => type === 'user');
}

/** The output `results`. @throws Error where it is not an array of objects */
export function resultsOf({ outputs }: StepResult): readonly JsonObject[] {
  const value: unknown = JSON.parse(outputs['results'] ?? '');
  if (!Array.isArray(value)) throw new TypeError('The results are no array.');
  const entries: readonly unknown[] = value;
  return entries.map((entry) => {
    if (!isJsonObject(entry)) throw new TypeError('A result is no object.');
    return entry;
  });
}

/** The outcomes of the output `results`, in its order. */
export function outcomesOf(result: StepResult): readonly unknown[] {
  return resultsOf(result).map(({ outcome }) => outcome);
}

/** The output `results` of a step with the user `user-1` alone. */
export function resultsOfOne(outcome: string, status: number | null, attempts = 1): string {
  return JSON.stringify([{ user_id: 'user-1', outcome, status, attempts }]);
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
  const results = resultsOf(result);
  const shown = records.map(({ user_id, outcome, status, attempts }) => ({
    user_id,
    outcome,
    status,
    attempts,
  }));
  expect(results).toHaveLength(shown.length);
  expect(results).toEqual(expect.arrayContaining(shown));
}

function objectFrom(line: string): JsonObject {
  const object = parseJsonObject(line);
  if (object === undefined) throw new Error(`Not a JSON object: ${line}`);
  return object;
}
