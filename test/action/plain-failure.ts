import { expect } from 'vitest';
import type { StepResult } from '../runner/run-action.ts';

/**
 * Expects that a step failed as a user of the action should see it: exit code 1, an error annotation
 * that says why, and no stack trace or warning of Node's.
 *
 * @param why what the annotation matches or, as text, has in it
 */
export function expectPlainFailure(result: StepResult, why: RegExp | string): void {
  expect(result.exitCode).toBe(1);
  const errors = result.annotations.filter(({ kind }) => kind === 'error');
  const messages = errors.map(({ message }) => message);
  expect(messages).toContainEqual(
    typeof why === 'string' ? expect.stringContaining(why) : expect.stringMatching(why),
  );
  expect(result.log).not.toMatch(/^\s+at /mu);
  expect(result.stderr).toBe('');
}
