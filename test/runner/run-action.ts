import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { actionRoot, readActionDefinition } from './action-definition.ts';
import { cancelProcess, runnerEscalation, type Escalation } from './cancellation.ts';
import { coverageEnvironment } from './coverage.ts';
import { stepEnvironment } from './environment.ts';
import { createStepFolders, type StepFolders } from './step-folders.ts';
import { StepOutput, type StepProcess } from './step-output.ts';
import { stepResult, type StepResult } from './step-result.ts';

export type { Annotation } from './annotations.ts';
export type { LogCommand } from './step-log.ts';
export type { StepResult } from './step-result.ts';

export interface StepOptions {
  /** As in `with:`. The defaults come from `action.yml`; an explicit `''` stays one. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Added to the environment, which has nothing of the host's but what a program needs to run. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables of the runner to leave out, for tests of a broken one. */
  readonly unset?: readonly string[];
  /** What the workspace holds before the start, by path relative to it. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Step debugging. */
  readonly debug?: boolean;
  /** The values that the runner masks from the start. */
  readonly secrets?: readonly string[];
  /** The folder of another action of this repository, relative to it. */
  readonly action?: string;
  /** The script to start, relative to the action; without it, `main` of its `action.yml`. */
  readonly bundle?: string;
  /** For Node itself, before the script. */
  readonly nodeArguments?: readonly string[];
}

/** A step under way. */
export interface RunningStep {
  readonly pid: number;
  readonly finished: Promise<StepResult>;
  /** As the runner cancels: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
  readonly cancel: () => void;
  /** SIGKILL at once. */
  readonly kill: () => void;
  /** As when the runner itself is gone: nobody reads what the step writes any more. */
  readonly hangUp: () => void;
  /** Settles when the log, as a user sees it, matches; rejects when the step ends without that. */
  readonly waitForLog: (pattern: RegExp) => Promise<void>;
}

/** The Node that `using: node24` means: the one under way, or the one that npm installed. */
function node24(): string {
  const isNode24 = process.versions.node.startsWith('24.');
  return isNode24 ? process.execPath : join(actionRoot, 'node_modules', '.bin', 'node');
}

function startProcess(options: StepOptions): { child: StepProcess; folders: StepFolders } {
  const definition = readActionDefinition(options.action);
  const script = resolve(actionRoot, options.action ?? '.', options.bundle ?? definition.main);
  if (!existsSync(script)) throw new Error(`There is no ${script}: build it first`);
  const folders = createStepFolders(options.files ?? {});
  try {
    const environment = stepEnvironment({
      inputs: options.inputs,
      definitions: definition.inputs,
      folders,
      debug: options.debug ?? false,
      env: { ...coverageEnvironment(), ...options.env },
      unset: options.unset ?? [],
    });
    const child = spawn(node24(), [...(options.nodeArguments ?? []), script], {
      cwd: folders.workspace,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, folders };
  } catch (error) {
    folders.dispose();
    throw error;
  }
}

/**
 * Starts the action as the runner does (actions/runner, NodeScriptActionHandler.cs).
 * @param escalation the waits of a cancellation, for tests that cannot wait as long as the runner.
 */
export function startStep(
  options: StepOptions,
  escalation: Escalation = runnerEscalation,
): RunningStep {
  const started = performance.now();
  const { child, folders } = startProcess(options);
  const output = new StepOutput(child, {
    debug: options.debug ?? false,
    secrets: options.secrets ?? [],
  });
  let cancelled = false;

  const finish = async (): Promise<StepResult> => {
    await once(child, 'close');
    const durationMs = performance.now() - started;
    output.end();
    const { exitCode, signalCode: signal } = child;
    return stepResult({ exitCode, signal, cancelled, durationMs, output, folders });
  };

  return {
    // Where nothing could be started, `finished` says why, and no signal may reach another process.
    pid: child.pid ?? Number.NaN,
    finished: finish(),
    cancel: () => {
      if (cancelled || child.exitCode !== null || child.signalCode !== null) return;
      cancelled = true;
      void cancelProcess(child, escalation);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    hangUp: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    waitForLog: (pattern) => output.waitForLog(pattern),
  };
}

/** Runs the action to its end. */
export async function runAction(options: StepOptions): Promise<StepResult> {
  const result = await startStep(options).finished;
  return result;
}
