import { expect, onTestFinished, type TestContext } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator/emulator.ts';
import { checkedStart, type CheckOptions } from '../runner/checked-run.ts';
import type { RunningStep, StepOptions, StepResult } from '../runner/run-action.ts';

type Hook = TestContext['onTestFinished'];

/** The inputs of a step with one user. */
export const ONE_USER = { 'user-id': 'user-1' };

/** A tenant with users, and the action run against it as a workflow would. */
export interface Scenario {
  readonly emulator: Emulator;
  /** Starts a step; `domain` and `api-key` are given unless the test gives others. */
  readonly start: (
    inputs: StepOptions['inputs'],
    more?: Omit<StepOptions, 'inputs'>,
    check?: CheckOptions,
  ) => RunningStep;
  /** The same, to its end. */
  readonly run: (
    inputs: StepOptions['inputs'],
    more?: Omit<StepOptions, 'inputs'>,
    check?: CheckOptions,
  ) => Promise<StepResult>;
}

export interface ScenarioOptions extends EmulatorOptions {
  /** Whose personal data is searched for in what the step wrote; all users by default. */
  readonly watched?: readonly string[];
}

/**
 * Starts a tenant, by default with the users `user-1`, `user-2` and `user-3`. It ends with the
 * test, and by then no step may have asked for the deletion of a whole user.
 *
 * @param hook a concurrent test's own `onTestFinished`
 */
export async function scenario(
  options: ScenarioOptions = {},
  hook: Hook = onTestFinished,
): Promise<Scenario> {
  const emulator = await startEmulator({ users: 3, ...options });
  hook(async () => {
    await emulator.close();
    expect(emulator.deletedUsers).toEqual([]);
  });
  const watched = options.watched ?? [...emulator.users.ids()].slice(0, 20);
  const personalData = watched.flatMap((id) => emulator.users.personalData(id));
  const start: Scenario['start'] = (inputs, more = {}, check = {}) =>
    checkedStart(
      {
        ...more,
        inputs: { domain: emulator.origin, 'api-key': emulator.apiKey, ...inputs },
      },
      { apiKey: emulator.apiKey, personalData },
      { onTestFinished: hook, ...check },
    );
  return {
    emulator,
    start,
    run: async (...given) => {
      const result = await start(...given).finished;
      return result;
    },
  };
}
