import { expect } from 'vitest';
import { OUTCOMES, type OutcomeName, type StopReason } from '../../src/removal/outcome.ts';
import { OUTCOME_LABELS } from '../../src/report/messages.ts';
import { stopMessage } from '../../src/report/wording.ts';
import type { StepResult } from '../runner/run-action.ts';

/** The input `user-id` for the users `user-1` up to `user-{count}`. */
export function userIdLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `user-${index + 1}`).join('\n');
}

/** So many of the same. */
export function times<T>(count: number, value: T): readonly T[] {
  return Array.from({ length: count }, () => value);
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
