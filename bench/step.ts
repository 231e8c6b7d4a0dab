import { join } from 'node:path';
import { actionRoot, readActionDefinition } from '../test/runner/action-definition.ts';
import { stepEnvironment } from '../test/runner/environment.ts';
import { createStepFolders } from '../test/runner/step-folders.ts';
import type { Command } from './processes.ts';

/** The built bundle, as the runner starts it. */
export const BUNDLE = join(actionRoot, readActionDefinition().main);

export interface StepSettings {
  readonly inputs: Readonly<Record<string, string>>;
  /** The script to start; by default that of the action. */
  readonly script?: string;
  readonly nodeArguments?: readonly string[];
  /** In the workspace, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly exitCode?: number;
}

/** The action as a process with folders of its own. */
export interface Step {
  readonly command: Command;
  /** Removes the folders. */
  readonly dispose: () => void;
}

/** A tenant that steps can be sent to. */
export interface Tenant {
  readonly origin: string;
  readonly apiKey: string;
  /** The path of the certificate to trust, where there is TLS. */
  readonly ca: string | undefined;
}

export function prepareStep({
  inputs,
  script = BUNDLE,
  nodeArguments = [],
  files = {},
  env = {},
  exitCode = 0,
}: StepSettings): Step {
  const folders = createStepFolders(files);
  return {
    command: {
      file: process.execPath,
      args: [...nodeArguments, script],
      env: stepEnvironment({
        inputs,
        definitions: readActionDefinition().inputs,
        folders,
        debug: false,
        env,
        unset: [],
      }),
      cwd: folders.workspace,
      exitCode,
    },
    dispose: folders.dispose,
  };
}

/** The variables with which Node trusts a tenant. */
export function trustIn({ ca }: Tenant): Readonly<Record<string, string>> {
  return ca === undefined ? {} : { NODE_EXTRA_CA_CERTS: ca };
}

/** A step that removes the usernames of a list of users. */
export function prepareListStep(
  tenant: Tenant,
  userIds: readonly string[],
  settings: StepSettings,
): Step {
  return prepareStep({
    ...settings,
    env: { ...trustIn(tenant), ...settings.env },
    inputs: {
      domain: tenant.origin,
      'api-key': tenant.apiKey,
      'user-id-file': 'users.txt',
      'max-users': String(userIds.length),
      ...settings.inputs,
    },
    files: { 'users.txt': userIds.join('\n') },
  });
}

/**
 * The ids that an emulator gives its users.
 *
 * @param first the number of the first one, from 1
 */
export function numberedUserIds(first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `user-${first + index}`);
}
