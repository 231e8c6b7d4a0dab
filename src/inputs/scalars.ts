import { inputError, quoted } from '../user-error.ts';
import { DEFAULTS, type DefaultedInput, type RawInputs } from './raw-inputs.ts';

/** @returns a whole number within the range, both ends included */
export function wholeNumber(
  inputs: RawInputs,
  name: DefaultedInput,
  lowest: number,
  highest = Number.MAX_SAFE_INTEGER,
): number {
  const text = inputs(name);
  const value = /^\d+$/u.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= highest) return value;
  const range = highest === Number.MAX_SAFE_INTEGER ? `${lowest} up` : `${lowest} to ${highest}`;
  throw wrongValue(name, text, `a whole number from ${range}`);
}

/** The booleans of YAML 1.2 and no others: `yes` and `1` are somebody's mistake. */
export function yamlBoolean(inputs: RawInputs, name: DefaultedInput): boolean {
  const text = inputs(name);
  if (/^(?:true|True|TRUE)$/u.test(text)) return true;
  if (/^(?:false|False|FALSE)$/u.test(text)) return false;
  throw wrongValue(name, text, '`true` or `false`');
}

/** @returns which of two words was given */
export function oneOf<T extends string>(
  inputs: RawInputs,
  name: DefaultedInput,
  choices: readonly [T, T],
): T {
  const text = inputs(name);
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw wrongValue(name, text, choices.map((one) => `\`${one}\``).join(' or '));
}

function wrongValue(name: DefaultedInput, text: string, right: string): Error {
  if (text === '') {
    return inputError(
      name,
      'is empty',
      `Give ${right}, or leave the input out for \`${DEFAULTS[name]}\`. If it comes from a ` +
        'variable, check that the variable is set.',
    );
  }
  return inputError(name, `is ${quoted(text)}`, `It takes ${right}.`);
}
