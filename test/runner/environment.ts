import type { InputDefinition } from './action-definition.ts';
import type { StepFolders } from './step-folders.ts';

/**
 * What a program needs to run at all. Nothing else of the host comes in: no proxy, no CI variable,
 * no `NODE_OPTIONS`.
 */
const inherited = ['PATH', 'HOME', 'SystemRoot', 'USERPROFILE', 'TEMP', 'TMP'];

const runnerOs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'macOS',
  linux: 'Linux',
  win32: 'Windows',
};

export interface EnvironmentOptions {
  /** As in `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, InputDefinition>>;
  readonly folders: StepFolders;
  readonly debug: boolean;
  /** As in `env:`; wins over everything else. */
  readonly env: Readonly<Record<string, string>>;
  /** The names of runner variables to leave out. */
  readonly unset: readonly string[];
}

/**
 * The `INPUT_*` variables of a step: every declared input, with its default where the workflow says
 * nothing. An explicit empty string stays one. The names are made as in actions/runner, Handler.cs.
 * @throws Error for an input that is not declared: a test that misspells one proves nothing.
 */
export function inputVariables(
  inputs: Readonly<Record<string, string>>,
  definitions: Readonly<Record<string, InputDefinition>>,
): Record<string, string> {
  for (const name of Object.keys(inputs)) {
    if (!Object.hasOwn(definitions, name)) {
      throw new Error(`action.yml declares no input \`${name}\``);
    }
  }
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      inputs[name] ?? definition.default ?? '',
    ]),
  );
}

function runnerVariables(folders: StepFolders, debug: boolean): Record<string, string> {
  const { workspace, temp, toolCache, commandFiles } = folders;
  return {
    CI: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_ENV: commandFiles.env,
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_JOB: 'remove-username',
    GITHUB_OUTPUT: commandFiles.output,
    GITHUB_PATH: commandFiles.path,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'example/example',
    GITHUB_REPOSITORY_OWNER: 'example',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1658821493',
    GITHUB_RUN_NUMBER: '3',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_STATE: commandFiles.state,
    GITHUB_STEP_SUMMARY: commandFiles.summary,
    GITHUB_WORKFLOW: 'Remove username',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'stand-in',
    RUNNER_OS: runnerOs[process.platform] ?? process.platform,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: toolCache,
    ...(debug ? { RUNNER_DEBUG: '1' } : {}),
  };
}

/** The whole environment of a step's process. `GITHUB_ACTION_PATH` is not in it: JavaScript actions get none. */
export function stepEnvironment(options: EnvironmentOptions): Record<string, string> {
  const host = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const runner = Object.entries({
    ...runnerVariables(options.folders, options.debug),
    ...inputVariables(options.inputs, options.definitions),
  }).filter(([name]) => !options.unset.includes(name));
  return { ...Object.fromEntries(host), ...Object.fromEntries(runner), ...options.env };
}
