import { execFile } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { isRecord } from '../../emulator/validation.ts';
import { readActionDefinition } from '../runner/action-definition.ts';
import { parseOutputFile } from '../runner/output-file.ts';
import { runAction, type StepOptions } from '../runner/run-action.ts';
import { filled, isTrue, textOf, type Contexts } from './expressions.ts';

/** What surrounds a workflow: what its expressions speak of, and the machine that it runs on. */
export interface WorkflowOptions {
  readonly contexts: Readonly<Record<'secrets' | 'vars' | 'inputs', Texts>>;
  /** The files of the repository, by path; `actions/checkout` brings them. */
  readonly repository: Texts;
  /** Added to the environment of every step, as on a self-hosted runner. */
  readonly env: Texts;
  /** A folder of the test's own, absolute and empty. */
  readonly folder: string;
}

export type Texts = Readonly<Record<string, string>>;

/** A step that was run or skipped. */
export interface RanStep {
  readonly job: string;
  /** Its `id`, its `name` or what it uses. */
  readonly name: string;
  readonly outcome: Outcome | 'skipped';
  readonly log: string;
}

type Outcome = 'success' | 'failure';

export interface RanWorkflow {
  readonly conclusion: Outcome;
  readonly steps: readonly RanStep[];
  /** Text of a file in an artifact. */
  readonly artifact: (name: string, file: string) => string;
}

/** A job in the middle of its steps. Paths are absolute. */
interface Job {
  readonly options: WorkflowOptions;
  readonly artifacts: string;
  readonly workspace: string;
  readonly temp: string;
  /** Run at its end. */
  readonly cleanUps: (() => Promise<void>)[];
}

interface StepEnd {
  readonly outcome: Outcome;
  readonly outputs: Texts;
  readonly log: string;
}

export const OWN_ACTION = 'your-org/monocloud-remove-username';
/** GitHub takes Git's own bash on Windows; the first one in the path may be another. */
export const BASH =
  process.platform === 'win32' ? String.raw`C:\Program Files\Git\bin\bash.exe` : 'bash';

const JOB_KEYS = 'name needs if runs-on timeout-minutes environment permissions strategy steps';
const STEP_KEYS = 'id name if uses with env run continue-on-error';

/**
 * Runs the YAML of a document: a workflow, or a list of steps. A step of this repository's actions
 * starts their bundle, `run` starts bash, and GitHub's own actions are played by copying files. What
 * it does not know is an error: an example that cannot be run can't stay.
 */
export async function runWorkflow(yaml: unknown, options: WorkflowOptions): Promise<RanWorkflow> {
  const jobs = Array.isArray(yaml) ? { example: { steps: yaml } } : record(record(yaml)['jobs']);
  const artifacts = join(options.folder, 'artifacts');
  const steps: RanStep[] = [];
  const needs: Record<string, { readonly result: Outcome | 'skipped' }> = {};
  for (const [name, value] of Object.entries(jobs)) {
    const job = record(value, JOB_KEYS);
    const contexts = { ...options.contexts, needs };
    const before = [job['needs'] ?? []].flat().map((need) => needs[textOf(need)]);
    const hasFailed = before.some((need) => need?.result !== 'success');
    const result = { failed: false };
    const isDue = isTrue(textOf(job['if'] ?? true), contexts, hasFailed);
    for (const part of isDue ? partsOf(job) : []) {
      const ran = await runJob(name, job, { ...contexts, ...part }, { artifacts, options });
      steps.push(...ran.steps);
      result.failed ||= ran.failed;
    }
    needs[name] = { result: isDue ? outcomeOf(!result.failed) : 'skipped' };
  }
  return {
    conclusion: outcomeOf(Object.values(needs).every(({ result }) => result !== 'failure')),
    steps,
    artifact: (name, file) => readFileSync(join(artifacts, name, file), 'utf8'),
  };
}

/** The contexts of each of the jobs that a matrix of one list makes. */
function partsOf(job: Contexts): readonly Contexts[] {
  const { matrix = { only: [''] } } = record(job['strategy'] ?? {});
  const [[key, values] = ['', undefined], ...more] = Object.entries(record(matrix));
  if (!Array.isArray(values) || more.length > 0) throw new Error('Not a matrix of one list');
  return values.map((value, index) => ({
    matrix: { [key]: textOf(value) },
    strategy: { 'job-index': String(index) },
  }));
}

async function runJob(
  name: string,
  { steps }: Contexts,
  contexts: Contexts,
  shared: Pick<Job, 'artifacts' | 'options'>,
): Promise<{ readonly steps: readonly RanStep[]; readonly failed: boolean }> {
  const index = textOf(record(contexts['strategy'])['job-index']);
  const root = join(shared.options.folder, `${name}-${index}`);
  const [workspace, temp] = [join(root, 'work'), join(root, 'temp')];
  for (const folder of [workspace, temp]) mkdirSync(folder, { recursive: true });
  const job: Job = { ...shared, workspace, temp, cleanUps: [] };
  const known: Record<string, Contexts> = {};
  const all = { ...contexts, steps: known, github: { workspace } };
  const ran: RanStep[] = [];
  let failed = false;
  if (!Array.isArray(steps)) throw new TypeError('A job without steps');
  try {
    for (const value of steps) {
      const step = record(value, STEP_KEYS);
      const isDue = isTrue(textOf(step['if'] ?? true), all, failed);
      const skipped = { outcome: 'skipped', outputs: {}, log: '' } as const;
      const { outcome, outputs, log } = isDue ? await runStep(step, all, job) : skipped;
      const title = textOf(step['id'] ?? step['name'] ?? step['uses'] ?? 'run');
      ran.push({ job: name, name: title, outcome, log });
      known[title] = { outcome, outputs };
      failed ||= outcome === 'failure' && step['continue-on-error'] !== true;
    }
  } finally {
    for (const cleanUp of job.cleanUps) await cleanUp();
  }
  return { steps: ran, failed };
}

function runStep(step: Contexts, contexts: Contexts, job: Job): Promise<StepEnd> {
  const texts = (value: unknown): Texts =>
    Object.fromEntries(
      Object.entries(record(value ?? {})).map(([name, text]) => [
        name,
        filled(textOf(text), contexts),
      ]),
    );
  const env = { ...job.options.env, ...texts(step['env']) };
  if (step['uses'] === undefined) return runScript(textOf(step['run']), env, job);
  const inputs = texts(step['with']);
  const [action = ''] = textOf(step['uses']).split('@');
  if (action === OWN_ACTION) return runOwnAction({ inputs, env }, job);
  if (action === `${OWN_ACTION}/emulator`) {
    return runOwnAction({ inputs, env, action: 'emulator' }, job);
  }
  return Promise.resolve(playAction(action, inputs, job));
}

async function runOwnAction(options: StepOptions, job: Job): Promise<StepEnd> {
  const { workspace, temp } = job;
  const env = { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp, ...options.env };
  const result = await runAction({ ...options, env });
  const { post } = readActionDefinition(options.action);
  const state = result.written.find((path) => path.includes('save_state_'));
  if (post !== undefined && state !== undefined) {
    const { outputs } = parseOutputFile(readFileSync(state, 'utf8'));
    const states = Object.entries(outputs).map(([name, text]) => [`STATE_${name}`, text] as const);
    job.cleanUps.push(async () => {
      const end = await runAction({ ...options, bundle: post, env: Object.fromEntries(states) });
      end.dispose();
    });
  }
  result.dispose();
  const { outputs, log } = result;
  return { outcome: outcomeOf(result.conclusion === 'success'), outputs, log };
}

/** As the runner does where no `shell` is given: `bash -e`, without `pipefail`. */
function runScript(script: string, env: Texts, { workspace, temp }: Job): Promise<StepEnd> {
  // A value from outside would become part of the script.
  if (script.includes('${{')) throw new Error(`An expression in a script: ${script}`);
  const [file, output] = [join(temp, 'script.sh'), join(temp, 'output')];
  writeFileSync(file, script);
  writeFileSync(output, '');
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const all = { PATH: path, HOME: temp, RUNNER_TEMP: temp, GITHUB_OUTPUT: output, ...env };
  return new Promise((settle) => {
    execFile(BASH, ['-e', file], { cwd: workspace, env: all }, (error, stdout, stderr) => {
      const { outputs } = parseOutputFile(readFileSync(output, 'utf8'));
      settle({ outcome: outcomeOf(error === null), outputs, log: stdout + stderr });
    });
  });
}

/** The actions that move files, as far as the documents use them. */
function playAction(
  action: string,
  inputs: Texts,
  { options, artifacts, workspace }: Job,
): StepEnd {
  const { name = '', path = '', pattern = name } = inputs;
  const done = { outcome: 'success', outputs: {}, log: '' } as const;
  switch (action) {
    case 'actions/checkout':
      for (const [file, text] of Object.entries(options.repository)) {
        writeFileSync(join(workspace, file), text);
      }
      return done;
    case 'actions/upload-artifact': {
      if (/[":<>|*?\r\n\\/]/u.test(name)) throw new Error(`No artifact can be named ${name}`);
      const file = resolve(workspace, path);
      // Where it is missing, the real one warns.
      if (existsSync(file)) cpSync(file, join(artifacts, name, basename(file)));
      return done;
    }
    case 'actions/download-artifact': {
      const found = globSync(pattern, { cwd: artifacts });
      for (const one of found) cpSync(join(artifacts, one), workspace, { recursive: true });
      return { ...done, outcome: outcomeOf(found.length > 0) };
    }
    default:
      throw new Error(`No test can play ${action}`);
  }
}

function outcomeOf(succeeded: boolean): Outcome {
  return succeeded ? 'success' : 'failure';
}

/** @param keys those that it may have, where not all are known */
function record(value: unknown, keys?: string): Contexts {
  if (!isRecord(value)) throw new TypeError(`Not a mapping: ${JSON.stringify(value)}`);
  const unknown = Object.keys(value).find((key) => keys?.split(' ').includes(key) === false);
  if (unknown !== undefined) throw new Error(`No test can play the key ${unknown}`);
  return value;
}
