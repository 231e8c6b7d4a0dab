import { expect } from 'vitest';
import type { StepResult } from '../runner/run-action.ts';

const KIB = 1024;

/** Expects that nothing is more than the runner, GitHub's page or a next step can take. */
export function expectWithinLimits(result: StepResult): void {
  const outputs = Object.entries(result.outputs);
  for (const [name, value] of outputs) {
    expect(Buffer.byteLength(value), name).toBeLessThanOrEqual(100 * KIB);
  }
  const units = outputs.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  expect(units).toBeLessThan(400_000);
  expect(result.outputError).toBeUndefined();
  expect(Buffer.byteLength(result.summaryFile)).toBeLessThan(900 * KIB);
  expect(result.summary).not.toBe('');
  expect(result.annotationsDropped).toBe(0);
  for (const kind of ['error', 'warning', 'notice']) {
    const ofKind = result.annotations.filter((one) => one.kind === kind);
    expect(ofKind.length, kind).toBeLessThanOrEqual(10);
  }
  for (const { message } of result.annotations) expect(message.length).toBeLessThan(4096);
  expect(result.stdout.split('\n').length).toBeLessThan(200);
}
