/**
 * The grammar of log commands, after actions/runner, ActionCommand.cs. It is a grammar of one line,
 * whichever stream the line came from.
 */

/** The commands that the runner knows, from ActionCommandManager.cs. */
export const knownCommands: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

export interface ParsedCommand {
  /** `::` is `::name props::text`, `##[` is `##[name props]text`. */
  readonly form: '::' | '##[';
  /** In lower case: the runner compares names without regard to case. */
  readonly name: string;
  /** Unescaped; the keys as they were written. */
  readonly properties: Readonly<Record<string, string>>;
  /** Unescaped. */
  readonly text: string;
}

// In the runner's order: `%25` comes last, so that `%250A` becomes `%0A` and not a line feed.
const dataEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const propertyEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;
const oldFormEscapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const;

type Escapes = readonly (readonly [escape: string, character: string])[];

function unescape(value: string, escapes: Escapes): string {
  return escapes.reduce((text, [escape, character]) => text.replaceAll(escape, character), value);
}

// .NET's white space, which is not quite JavaScript's: U+0085 counts, U+FEFF does not.
const whiteSpace =
  '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const leadingWhiteSpace = new RegExp(`^${whiteSpace}+`, 'u');
const trailingWhiteSpace = new RegExp(`${whiteSpace}+$`, 'u');

/** .NET's `TrimStart()`. */
export function trimStart(value: string): string {
  return value.replace(leadingWhiteSpace, '');
}

/** .NET's `Trim()`. */
export function trim(value: string): string {
  return trimStart(value).replace(trailingWhiteSpace, '');
}

function parseProperties(list: string, separator: string, escapes: Escapes): [string, string][] {
  return list.split(separator).flatMap((property): [string, string][] => {
    // .NET's Split('=', 2, RemoveEmptyEntries) skips the equals signs before the name and all
    // between name and value, and a property without a value is none.
    const [, key, value] = /^=*([^=]+)=+([^=].*)$/su.exec(property) ?? [];
    return key === undefined || value === undefined ? [] : [[key, unescape(value, escapes)]];
  });
}

function splitName(info: string): { name: string; properties: string } {
  const space = info.indexOf(' ');
  return space === -1
    ? { name: info.toLowerCase(), properties: '' }
    : { name: info.slice(0, space).toLowerCase(), properties: info.slice(space + 1) };
}

function parseNewForm(line: string): ParsedCommand | undefined {
  const message = trimStart(line);
  if (!message.startsWith('::')) return undefined;
  const end = message.indexOf('::', 2);
  if (end === -1) return undefined;
  const { name, properties } = splitName(message.slice(2, end));
  return {
    form: '::',
    name,
    properties: Object.fromEntries(parseProperties(trim(properties), ',', propertyEscapes)),
    text: unescape(message.slice(end + 2), dataEscapes),
  };
}

function parseOldForm(line: string): ParsedCommand | undefined {
  const start = line.indexOf('##[');
  const end = start === -1 ? -1 : line.indexOf(']', start);
  if (end === -1) return undefined;
  const { name, properties } = splitName(line.slice(start + 3, end));
  return {
    form: '##[',
    name,
    properties: Object.fromEntries(parseProperties(properties, ';', oldFormEscapes)),
    text: unescape(line.slice(end + 1), oldFormEscapes),
  };
}

/**
 * What the runner takes a line for.
 * @param line without its line end.
 * @param isKnown whether a name is that of a command: one of `knownCommands`, or a token that resumes.
 * @returns the command that the runner would execute; where there is none, one that has the form of a
 * command under a name that the runner does not know; otherwise nothing.
 */
export function parseLogCommand(
  line: string,
  isKnown: (name: string) => boolean = (name) => knownCommands.has(name),
): ParsedCommand | undefined {
  const newForm = parseNewForm(line);
  if (newForm !== undefined && isKnown(newForm.name)) return newForm;
  const oldForm = parseOldForm(line);
  if (oldForm !== undefined && isKnown(oldForm.name)) return oldForm;
  return newForm ?? oldForm;
}

/** A property by its name, which the runner looks up without regard to case; `''` without one. */
export function propertyOf(command: ParsedCommand, name: string): string {
  const found = Object.entries(command.properties).findLast(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  );
  return found?.[1] ?? '';
}
