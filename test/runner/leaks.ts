import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { base64Forms } from './base64-forms.ts';
import { parseLogCommand } from './log-command.ts';
import { readingsOf } from './readings.ts';
import type { StepResult } from './step-result.ts';

export interface Secrets {
  readonly apiKey: string;
  /** What profiles say about people: names, addresses, telephone numbers. */
  readonly personalData: readonly string[];
}

/** Where personal data may be, besides the output `profile`. The key may be nowhere. */
export interface Exceptions {
  /** Names of outputs. */
  readonly outputs?: readonly string[];
  /** Files, absolute or relative to the workspace. */
  readonly files?: readonly string[];
}

interface Place {
  readonly name: string;
  readonly text: string;
  readonly mayHoldPersonalData?: boolean;
  /** True where the runner is asked to hide it. */
  readonly mayHoldKey?: boolean;
}

// Anything shorter would be found by chance.
const shortestSecret = 4;

function isMask(line: string): boolean {
  const command = parseLogCommand(line);
  return command?.name === 'add-mask';
}

function logPlaces(result: StepResult): Place[] {
  const lines = result.stdout.split(/\r\n|\n|\r/u);
  return [
    { name: 'stdout', text: lines.filter((line) => !isMask(line)).join('\n') },
    {
      name: 'an `add-mask` of stdout',
      text: lines.filter((line) => isMask(line)).join('\n'),
      mayHoldKey: true,
    },
    { name: 'stderr', text: result.stderr },
    { name: 'the log', text: result.log },
    // A command may hide a value from the raw streams by escaping it.
    ...result.commands
      .filter(({ name }) => name !== 'add-mask')
      .flatMap(({ name, text, properties }) =>
        [text, ...Object.values(properties)].map((part) => ({
          name: `the command \`${name}\``,
          text: part,
        })),
      ),
    { name: 'the summary', text: result.summaryFile },
  ];
}

function outputPlaces(result: StepResult, exceptions: readonly string[]): Place[] {
  return [
    ...Object.entries(result.outputs).map(([name, text]) => ({
      name: `the output \`${name}\``,
      text,
      mayHoldPersonalData: name === 'profile' || exceptions.includes(name),
    })),
    // Nothing of a malformed file may be left unread.
    ...(result.outputError === undefined
      ? []
      : [{ name: 'the output file', text: result.outputFile, mayHoldPersonalData: true }]),
  ];
}

function filePlaces(result: StepResult, exceptions: readonly string[]): Place[] {
  const allowed = new Set(exceptions.map((file) => resolve(result.workspace, file)));
  return result.written.flatMap((file) => {
    const inTemp = relative(result.temp, file);
    const name = inTemp.startsWith('..') ? relative(result.workspace, file) : inTemp;
    return [
      { name: 'the name of a file', text: name },
      {
        name: `the file ${name}`,
        text: readFileSync(file, 'utf8'),
        mayHoldPersonalData: allowed.has(file),
      },
    ];
  });
}

function leaksIn(place: Place, { apiKey, personalData }: Secrets): string[] {
  const readings = readingsOf(place.text);
  const leaks: string[] = [];
  const search = (what: string, value: string): void => {
    const found =
      readings.find(({ text }) => text.includes(value)) ??
      base64Forms(value).find(({ text }) => place.text.includes(text));
    if (found !== undefined) leaks.push(`${what} "${value}" is in ${place.name}, ${found.name}`);
  };
  if (place.mayHoldKey !== true) search('The API key', apiKey);
  if (place.mayHoldPersonalData !== true) {
    for (const value of personalData) search('Personal data', value);
  }
  return leaks;
}

/** Where the key or personal data got out, one sentence each; empty when all is well. */
export function findLeaks(
  result: StepResult,
  secrets: Secrets,
  { outputs = [], files = [] }: Exceptions = {},
): string[] {
  for (const value of [secrets.apiKey, ...secrets.personalData]) {
    if (value.length < shortestSecret)
      throw new Error(`"${value}" is too short to be searched for`);
  }
  const places = [
    ...logPlaces(result),
    ...outputPlaces(result, outputs),
    ...filePlaces(result, files),
  ];
  return places.flatMap((place) => leaksIn(place, secrets));
}

/**
 * Fails when the key is anywhere but in the `add-mask` lines of stdout, or personal data anywhere but
 * in the output `profile`; plain, in base64, or escaped for JSON, HTML or a URL. Searched are the
 * raw streams, the commands in them, the log, the summary, every output, and every file that the step made or changed.
 * @throws Error that says what was found where, and in which form.
 */
export function expectNoLeak(result: StepResult, secrets: Secrets, except: Exceptions = {}): void {
  const leaks = findLeaks(result, secrets, except);
  if (leaks.length > 0) throw new Error(`The step leaks:\n${leaks.join('\n')}`);
}
