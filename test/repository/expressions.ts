import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { isRecord } from '../../emulator/validation.ts';

/** What the expressions of a workflow speak of: texts, in mappings of any depth. */
export type Contexts = Readonly<Record<string, unknown>>;

/**
 * @returns the text with the value of each `${{ … }}` in its place
 * @throws Error for one that has no value: a typo, or something that the test does not give
 */
export function filled(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(?<expression>[^]+?)\}\}/gu, (_, expression: string) => {
    const value = evaluate(expression, contexts, false);
    if (value.kind === data.Kind.Null) throw new Error(`Nothing is known of${expression}`);
    return value.coerceString();
  });
}

/**
 * Whether an `if:` holds.
 *
 * @param failed whether something before it has failed, which only some conditions overlook
 */
export function isTrue(condition: string, contexts: Contexts, failed: boolean): boolean {
  const inner = condition.replace(/^\$\{\{([^]+)\}\}$/u, '$1');
  const asksForStatus = /\b(?:always|success|failure|cancelled)\(/u.test(inner);
  const whole = asksForStatus ? `!!(${inner})` : `success() && !!(${inner})`;
  return evaluate(whole, contexts, failed).coerceString() === 'true';
}

/** GitHub's own library reads the expression. */
function evaluate(expression: string, contexts: Contexts, failed: boolean): data.ExpressionData {
  const states = { always: true, success: !failed, failure: failed, cancelled: false };
  const functions = Object.entries(states).map(([name, state]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(state),
  }));
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const byName = new Map(functions.map((one) => [one.name, one]));
  return new Evaluator(parsed, dictionaryOf(contexts), byName).evaluate();
}

function dictionaryOf(contexts: Contexts): data.Dictionary {
  const pairs = Object.entries(contexts).map(([key, value]) => ({
    key,
    value: isRecord(value) ? dictionaryOf(value) : new data.StringData(textOf(value)),
  }));
  return new data.Dictionary(...pairs);
}

/** A scalar of YAML as a workflow sees it. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`Not a text: ${JSON.stringify(value)}`);
}
