import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Annotation } from './step-log.ts';
import { parseOutputFile } from './output-file.ts';
import type { StepFolders } from './step-folders.ts';
import type { LogCommand, StepLog } from './step-log.ts';
import type { StepOutput } from './step-output.ts';

/** Everything that a workflow, its author and its next steps get to see of a step. */
export interface StepResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What the runner concludes: a malformed output file or a failed command fails at exit code 0 too. */
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly outputs: Readonly<Record<string, string>>;
  /** The raw text of the `GITHUB_OUTPUT` file. */
  readonly outputFile: string;
  /** Why the output file fails the step. */
  readonly outputError?: string;
  /** Why commands in the log failed the step. */
  readonly commandErrors: readonly string[];
  /** As a user sees it: commands executed, secrets masked, `debug` only with debugging on. */
  readonly log: string;
  /** Raw. */
  readonly stdout: string;
  /** Raw. */
  readonly stderr: string;
  /** Every line of both streams that has the form of a command, also of a name that the runner does not know. */
  readonly commands: readonly LogCommand[];
  readonly annotations: readonly Annotation[];
  /** How many annotations were over the limit of their kind. */
  readonly annotationsDropped: number;
  /** As a user sees it, masked; `''` when it was over 1 MiB. */
  readonly summary: string;
  readonly summaryDropped: boolean;
  /** The raw text of the `GITHUB_STEP_SUMMARY` file. */
  readonly summaryFile: string;
  /** What the runner hides, each line of a longer value among it. */
  readonly masks: readonly string[];
  /** Kept until `dispose()`, like `temp`. */
  readonly workspace: string;
  readonly temp: string;
  /** The absolute paths of the files in `workspace` and `temp` that the step made or changed. */
  readonly written: readonly string[];
  readonly durationMs: number;
  /** The text of a file, by its absolute path or relative to the workspace. */
  readonly file: (path: string) => string;
  /** Removes the folders of the step. */
  readonly dispose: () => void;
}

/** How a step ended, and what it left behind. */
export interface StepEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly cancelled: boolean;
  readonly durationMs: number;
  readonly output: StepOutput;
  readonly folders: StepFolders;
}

// actions/runner, FileCommandManager.cs (CreateStepSummaryCommand): counted in bytes.
const summaryLimit = 1024 * 1024;

// As .NET reads text: a byte order mark goes, what is not UTF-8 becomes U+FFFD.
function readText(file: string): string {
  return existsSync(file) ? new TextDecoder().decode(readFileSync(file)) : '';
}

function readSummary(
  file: string,
  log: StepLog,
): Pick<StepResult, 'summary' | 'summaryDropped' | 'summaryFile'> {
  const summaryFile = readText(file);
  const summaryDropped = existsSync(file) && statSync(file).size > summaryLimit;
  // The runner masks line by line.
  const summary = summaryFile
    .split(/\r\n|\n|\r/u)
    .map((line) => log.mask(line))
    .join('\n');
  return { summary: summaryDropped ? '' : summary, summaryDropped, summaryFile };
}

function conclude(end: StepEnd, failed: boolean): StepResult['conclusion'] {
  if (end.cancelled) return 'cancelled';
  return end.exitCode === 0 && !failed ? 'success' : 'failure';
}

/** Puts together what the runner makes of a step that has ended. */
export function stepResult(end: StepEnd): StepResult {
  const { exitCode, signal, durationMs, folders } = end;
  const { log, stdout, stderr } = end.output;
  const { workspace, temp, commandFiles } = folders;
  const outputFile = readText(commandFiles.output);
  const { outputs, error: outputError } = parseOutputFile(outputFile);
  return {
    exitCode,
    signal,
    conclusion: conclude(end, outputError !== undefined || log.failures.length > 0),
    outputs: { ...Object.fromEntries(log.outputs), ...outputs },
    outputFile,
    ...(outputError === undefined ? {} : { outputError }),
    commandErrors: log.failures,
    log: log.text,
    stdout,
    stderr,
    commands: log.commands,
    annotations: log.annotations,
    annotationsDropped: log.annotationsDropped,
    ...readSummary(commandFiles.summary, log),
    masks: log.masks,
    workspace,
    temp,
    written: folders
      .written()
      .filter((file) => file !== commandFiles.output && file !== commandFiles.summary),
    durationMs,
    file: (path) => readFileSync(resolve(workspace, path), 'utf8'),
    dispose: () => {
      folders.dispose();
    },
  };
}
