import { isJsonObject, parseJsonObject } from './json.ts';

/** What went wrong, in the terms of RFC 9457, as the server sent it. */
export interface ProblemDetails {
  readonly title: string | undefined;
  readonly detail: string | undefined;
  readonly errors: readonly ValidationError[];
  /** The JSON as it came. */
  readonly sent: string;
}

/** One error of a validation: MonoCloud's code or the field, and the message. */
export interface ValidationError {
  readonly label: string | undefined;
  readonly message: string | undefined;
}

/**
 * Reads the body of an error. Any JSON object is taken as the server's word; members of the wrong
 * type are ignored (RFC 9457 §3.1), and so is the `status` inside: the one of HTTP decides.
 *
 * @returns undefined where the text is no JSON object
 */
export function parseProblem(text: string): ProblemDetails | undefined {
  const object = parseJsonObject(text);
  if (object === undefined) return undefined;
  return {
    title: textOf(object['title']),
    detail: textOf(object['detail']),
    errors: validationErrors(object['errors']),
    sent: text.trim(),
  };
}

/** MonoCloud sends a list of `{code, description}`, or an object of field to messages. */
function validationErrors(errors: unknown): ValidationError[] {
  if (Array.isArray(errors)) {
    const list: readonly unknown[] = errors;
    return list.flatMap((entry) => {
      if (!isJsonObject(entry)) {
        return textsOf(entry).map((message) => ({ label: undefined, message }));
      }
      const label = textOf(entry['code']);
      const message = textOf(entry['description']);
      return label === undefined && message === undefined ? [] : [{ label, message }];
    });
  }
  if (!isJsonObject(errors)) return [];
  return Object.entries(errors).flatMap(([field, messages]) =>
    textsOf(messages).map((message) => ({ label: field === '' ? undefined : field, message })),
  );
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => textOf(one) ?? []);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
