import { join } from 'node:path';
import { actionRoot, readActionDefinition } from '../test/runner/action-definition.ts';
import { stepEnvironment } from '../test/runner/environment.ts';
import { createStepFolders } from '../test/runner/step-folders.ts';
import type { Command } from './processes.ts';

/** The built bundle, as the runner starts it. */
export const BUNDLE = join(actionRoot, readActionDefinition().main);

export interface StepSettings {
  readonly inputs: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
  /** In the workspace, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly exitCode?: number;
}

/** The action as a process with folders of its own. */
export interface Step {
  readonly command: Command;
  /** Removes the folders. */
  readonly dispose: () => void;
}

export function prepareStep({
  inputs,
  nodeArguments = [],
  files = {},
  exitCode,
}: StepSettings): Step {
  const folders = createStepFolders(files);
  const env = stepEnvironment({
    inputs,
    definitions: readActionDefinition().inputs,
    folders,
    debug: false,
    env: {},
    unset: [],
  });
  return {
    command: {
      file: process.execPath,
      args: [...nodeArguments, BUNDLE],
      env,
      cwd: folders.workspace,
      ...(exitCode !== undefined && { exitCode }),
    },
    dispose: folders.dispose,
  };
}
