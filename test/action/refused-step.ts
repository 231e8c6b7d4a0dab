import { expect } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import { REFUSALS } from '../../src/report/messages.ts';
import type { StepResult } from '../runner/run-action.ts';

/**
 * Expects that a step was refused before the first request: one annotation, every output set, no
 * file made or changed, and no stack trace.
 *
 * @param message of the annotation, whole
 * @param title of the annotation
 */
export function expectRefused(
  result: StepResult,
  emulator: Emulator,
  message: string,
  title = REFUSALS.input.title,
): void {
  expect(result.annotations).toEqual([{ kind: 'error', title, message }]);
  expect(result.exitCode).toBe(1);
  expect(emulator.connections).toBe(0);
  expect(result.log).toBe(`##[error]${message}\n`);
  expect(result.stderr).toBe('');
  expect(result.written).toEqual([]);
  expect(result.outputs).toEqual({
    profile: '',
    status: '',
    problem: JSON.stringify({ title, detail: message }),
    results: '[]',
    'removed-count': '0',
    'failed-count': '',
    'report-file': '',
  });
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

/** What an error in an input says: which input, what was wrong, what would be right. */
export function inputMessage(input: string, wrong: string, right: string): string {
  return `Input \`${input}\` ${wrong}. ${right} Nothing was sent.`;
}
