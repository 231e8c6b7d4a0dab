import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The folder that holds `action.yml`, absolute. */
export const actionRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface InputDefinition {
  readonly description: string;
  readonly required: boolean;
  /** Absent where `action.yml` gives none: the step then sees an empty string. */
  readonly default?: string;
}

export interface OutputDefinition {
  readonly description: string;
}

/** What `action.yml` says, in its own order. */
export interface ActionDefinition {
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly inputs: Readonly<Record<string, InputDefinition>>;
  readonly outputs: Readonly<Record<string, OutputDefinition>>;
  /** The Node version, as in `node24`. */
  readonly using: string;
  /** The script that a step starts, relative to the action's folder. */
  readonly main: string;
  /** The script that runs at the end of the job, likewise. */
  readonly post?: string;
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapping(value: unknown, where: string): Mapping {
  if (!isMapping(value)) throw new TypeError(`action.yml: ${where} must be a mapping`);
  return value;
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`action.yml: ${where} must be text`);
  }
  return value;
}

function mapEntries<T>(
  entries: Mapping,
  where: string,
  convert: (entry: Mapping, where: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const place = `${where}.${name}`;
      return [name, convert(mapping(entry, place), place)];
    }),
  );
}

function inputDefinition(entry: Mapping, where: string): InputDefinition {
  const { required = false, default: value } = entry;
  if (typeof required !== 'boolean') {
    throw new TypeError(`action.yml: ${where}.required must be true or false`);
  }
  const input = { description: text(entry['description'], `${where}.description`), required };
  return value === undefined ? input : { ...input, default: text(value, `${where}.default`) };
}

function outputDefinition(entry: Mapping, where: string): OutputDefinition {
  return { description: text(entry['description'], `${where}.description`) };
}

/**
 * Reads the text of an `action.yml`.
 * @throws TypeError that names the place, when a part is missing or of the wrong type.
 */
export function parseActionDefinition(source: string): ActionDefinition {
  const document = mapping(parse(source), 'the document');
  const runs = mapping(document['runs'], 'runs');
  const { post } = runs;
  return {
    name: text(document['name'], 'name'),
    description: text(document['description'], 'description'),
    author: text(document['author'], 'author'),
    inputs: mapEntries(mapping(document['inputs'] ?? {}, 'inputs'), 'inputs', inputDefinition),
    outputs: mapEntries(mapping(document['outputs'] ?? {}, 'outputs'), 'outputs', outputDefinition),
    using: text(runs['using'], 'runs.using'),
    main: text(runs['main'], 'runs.main'),
    ...(post === undefined ? {} : { post: text(post, 'runs.post') }),
  };
}

/**
 * An `action.yml` of this repository.
 *
 * @param folder where it is, relative to the repository
 */
export function readActionDefinition(folder = '.'): ActionDefinition {
  return parseActionDefinition(readFileSync(join(actionRoot, folder, 'action.yml'), 'utf8'));
}
