import { expect } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import type { RecordedRequest } from '../../emulator/request-log.ts';
import { isJsonObject, parseJsonObject, type JsonObject } from '../../src/monocloud/json.ts';
import { OUTCOMES, type OutcomeName, type StopReason } from '../../src/removal/outcome.ts';
import { OUTCOME_LABELS } from '../../src/report/messages.ts';
import { stopMessage } from '../../src/report/wording.ts';
import type { StepResult } from '../runner/run-action.ts';

/** The input `user-id` for the users `user-1` up to `user-{count}`. */
export function userIdLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `user-${index + 1}`).join('\n');
}

/** Every record of a report, in the order written. @throws Error for a line that is no object */
export function reportLines(report: string): readonly JsonObject[] {
  if (report !== '' && !report.endsWith('\n')) throw new Error('The last line is cut off.');
  return report
    .split('\n')
    .slice(0, -1)
    .map((line) => objectFrom(line));
}

/** The records of users in a report, in the order in which they ended. */
export function userRecords(report: string): readonly JsonObject[] {
  return reportLines(report).filter(({ type }) => type === 'user');
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

/** Which users the emulator was asked about, in the order of arrival. */
export function requestedUsers({ requests }: Emulator): readonly string[] {
  return requests.map(({ path }) => decodeURIComponent(path.split('/')[3] ?? ''));
}

/** Only the removals, in the order of arrival: without those users that were read afterwards. */
export function removals({ requests }: Emulator): readonly RecordedRequest[] {
  return requests.filter(({ method }) => method === 'DELETE');
}

/** Expects an annotation with the reason why the step stopped, and how many users that left out. */
export function expectStopped(
  { annotations }: StepResult,
  reason: StopReason,
  skipped: number,
): void {
  const { title, text } = stopMessage(reason, skipped) ?? {};
  expect(annotations).toContainEqual({ kind: 'error', title, message: text });
}

/** Expects that the job summary has this number of users for each of these outcomes. */
export function expectInSummary(
  { summary }: StepResult,
  counts: Readonly<Partial<Record<OutcomeName, number>>>,
): void {
  for (const outcome of OUTCOMES.filter((name) => counts[name] !== undefined)) {
    const cells = `<td>${OUTCOME_LABELS[outcome]}</td><td>${counts[outcome]}</td>`;
    expect(summary).toContain(`<tr>${cells}</tr>`);
  }
}

/** So many of the same. */
export function times<T>(count: number, value: T): readonly T[] {
  return Array.from({ length: count }, () => value);
}

function objectFrom(line: string): JsonObject {
  const object = parseJsonObject(line);
  if (object === undefined) throw new Error(`Not a JSON object: ${line}`);
  return object;
}
