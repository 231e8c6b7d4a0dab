import {
  LineCounter,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';

export interface Finding {
  /** From 1. */
  readonly line: number;
  /** A sentence without a full stop. */
  readonly message: string;
}

/** What an action takes and gives. */
export interface ActionInterface {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The actions of this repository, by what a workflow in it writes for `uses`. */
export type LocalActions = Readonly<Record<string, ActionInterface>>;

const PINNED = /^[\w.-]+(?:\/[\w.-]+)+@[\da-f]{40}$/u;
const VERSION_COMMENT = /^ v\d+\.\d+\.\d+$/u;

/** The house rules for a workflow, which no tool checks. */
export function brokenRules(text: string, actions: LocalActions): readonly Finding[] {
  const lines = new LineCounter();
  const workflow = parseDocument(text, { lineCounter: lines }).contents;
  if (!isMap(workflow)) return [{ line: 1, message: 'A workflow is a mapping' }];
  const jobs = entriesOf(workflow.get('jobs'));
  const steps = jobs.flatMap(({ value }) => stepsOf(value));
  return [
    ...missing(workflow, 'The workflow', ['permissions', 'concurrency']),
    ...jobs.flatMap((job) => jobRules(job)),
    ...steps.flatMap((step) => [...stepRules(step), ...localInputs(step, actions)]),
    ...localOutputs(text, steps, actions),
  ]
    .map(({ at, message }) => ({ line: lines.linePos(at).line, message }))
    .toSorted((one, other) => one.line - other.line);
}

/** A finding by its offset in the text. */
interface Flaw {
  readonly at: number;
  readonly message: string;
}

interface Entry {
  readonly name: string;
  readonly key: Scalar;
  readonly value: unknown;
}

function missing(
  map: unknown,
  what: string,
  names: readonly string[],
  key: unknown = map,
): readonly Flaw[] {
  return names
    .filter((name) => !isMap(map) || !map.has(name))
    .map((name) => ({ at: offsetOf(key), message: `${what} has no \`${name}\`` }));
}

function jobRules({ name, key, value }: Entry): readonly Flaw[] {
  const what = `Job \`${name}\``;
  if (!isMap(value) || !value.has('uses')) {
    return missing(value, what, ['permissions', 'timeout-minutes'], key);
  }
  // The jobs of a workflow that is called have time limits of their own, and it takes none.
  return [...missing(value, what, ['permissions'], key), ...pinning(value.get('uses', true))];
}

function stepRules(step: YAMLMap): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const run = step.get('run', true);
  if (isScalar(run) && String(run.value).includes('${{')) {
    const message = 'An expression inside `run` becomes part of the script: pass it through `env`';
    flaws.push({ at: offsetOf(run), message });
  }
  const uses = step.get('uses', true);
  flaws.push(...pinning(uses));
  const isCheckout = isScalar(uses) && String(uses.value).startsWith('actions/checkout@');
  if (isCheckout && step.getIn(['with', 'persist-credentials']) !== false) {
    const message = 'The checkout leaves its credentials behind: set `persist-credentials: false`';
    flaws.push({ at: offsetOf(uses), message });
  }
  return flaws;
}

/** What a tag or branch names can be changed by others at any time; a commit cannot. */
function pinning(uses: unknown): readonly Flaw[] {
  if (!isScalar(uses)) return [];
  const what = String(uses.value);
  if (what.startsWith('./')) return [];
  if (!PINNED.test(what)) {
    return [{ at: offsetOf(uses), message: `\`${what}\` is not pinned to a full commit` }];
  }
  if (VERSION_COMMENT.test(uses.comment ?? '')) return [];
  const message = `\`${what}\` has no comment with its version, as in \`# v1.2.3\``;
  return [{ at: offsetOf(uses), message }];
}

/** The inputs that a step gives to an action of this repository. */
function localInputs(step: YAMLMap, actions: LocalActions): readonly Flaw[] {
  const action = localAction(step, actions);
  if (action === undefined) return [];
  return entriesOf(step.get('with'))
    .filter(({ name }) => !Object.hasOwn(action.inputs, name))
    .map(({ name, key }) => ({
      at: offsetOf(key),
      message: `The action has no input \`${name}\``,
    }));
}

/** The outputs of actions of this repository that a workflow reads. */
function localOutputs(
  text: string,
  steps: readonly YAMLMap[],
  actions: LocalActions,
): readonly Flaw[] {
  const byId = new Map(steps.map((step) => [step.get('id'), localAction(step, actions)]));
  return Array.from(text.matchAll(/\bsteps\.(?<id>[\w-]+)\.outputs\.(?<name>[\w-]+)/gu)).flatMap(
    ({ groups, index }) => {
      const { id, name = '' } = groups ?? {};
      const action = byId.get(id);
      if (action === undefined || Object.hasOwn(action.outputs, name)) return [];
      return [{ at: index, message: `The action has no output \`${name}\`` }];
    },
  );
}

function localAction(step: YAMLMap, actions: LocalActions): ActionInterface | undefined {
  const uses = step.get('uses');
  return Object.entries(actions).find(([name]) => name === uses)?.[1];
}

function stepsOf(job: unknown): readonly YAMLMap[] {
  const steps = isMap(job) ? job.get('steps') : undefined;
  return isSeq(steps) ? steps.items.filter((step) => isMap(step)) : [];
}

function entriesOf(map: unknown): readonly Entry[] {
  if (!isMap(map)) return [];
  return map.items.flatMap(({ key, value }) =>
    isScalar(key) ? [{ name: String(key.value), key, value }] : [],
  );
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
