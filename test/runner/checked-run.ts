import { onTestFinished, type TestContext } from 'vitest';
import type { Escalation } from './cancellation.ts';
import { expectNoLeak, type Exceptions, type Secrets } from './leaks.ts';
import { startStep, type RunningStep, type StepOptions, type StepResult } from './run-action.ts';

export interface CheckOptions extends Exceptions {
  /** The waits of a cancellation; those of the runner by default. */
  readonly escalation?: Escalation;
  /**
   * The hook of the test's own context. A concurrent test has to give it: the general one may
   * belong to another test by then, whose end would kill this step.
   */
  readonly onTestFinished?: TestContext['onTestFinished'];
}

// The file that the workflow asked for may hold what it is for.
function exceptionsOf(check: CheckOptions, inputs: StepOptions['inputs']): Exceptions {
  const { outputs = [], files = [] } = check;
  const profilesFile = inputs['profiles-file']?.trim() ?? '';
  return { outputs, files: profilesFile === '' ? files : [...files, profilesFile] };
}

/**
 * Starts the action for a test: `finished` rejects when the step leaked something. When the test
 * ends, the step is killed where it still runs, and its folders go.
 */
export function checkedStart(
  options: StepOptions,
  secrets: Secrets,
  check: CheckOptions = {},
): RunningStep {
  const step = startStep(options, check.escalation);
  const atEnd = check.onTestFinished ?? onTestFinished;
  atEnd(async () => {
    step.kill();
    const result = await step.finished;
    result.dispose();
  });
  const checkResult = async (): Promise<StepResult> => {
    const result = await step.finished;
    expectNoLeak(result, secrets, exceptionsOf(check, options.inputs));
    return result;
  };
  return { ...step, finished: checkResult() };
}

/** Runs the action to its end for a test, which fails when the step leaked something. */
export async function checkedRun(
  options: StepOptions,
  secrets: Secrets,
  check: CheckOptions = {},
): Promise<StepResult> {
  const result = await checkedStart(options, secrets, check).finished;
  return result;
}
