import { STATUS_CODES } from 'node:http';
import { isJsonObject, parseJsonObject } from './json.ts';

/** What went wrong, in the terms of RFC 9457: as the API told it, or made of what is known. */
export interface ProblemDetails {
  readonly title: string;
  readonly detail: string | undefined;
  readonly status: number | undefined;
  /** Each validation error as one line, `field or code: message`. */
  readonly errors: readonly string[];
  /** The JSON as the API sent it; undefined where the problem is one of this action's making. */
  readonly sent: string | undefined;
}

/** A problem of this action's own making. */
export function makeProblem(title: string, detail: string, status?: number): ProblemDetails {
  return { title, detail, status, errors: [], sent: undefined };
}

/**
 * Reads the body of an error. Any JSON object is taken as the API's word; members of the wrong type
 * are ignored (RFC 9457 §3.1), and so is the `status` inside: the one of HTTP decides.
 *
 * @param text the body, or undefined where it could not be read
 */
export function parseProblem(status: number, text: string | undefined): ProblemDetails {
  const reason = STATUS_CODES[status] ?? 'Unknown status';
  const object = text === undefined ? undefined : parseJsonObject(text);
  if (text === undefined || object === undefined) {
    return makeProblem(reason, `The API answered ${status} without problem details.`, status);
  }
  return {
    title: textOf(object['title']) ?? reason,
    detail: textOf(object['detail']),
    status,
    errors: validationErrors(object['errors']),
    sent: text.trim(),
  };
}

/** MonoCloud sends a list of `{code, description}`, or an object of field to messages. */
function validationErrors(errors: unknown): string[] {
  if (Array.isArray(errors)) {
    const list: readonly unknown[] = errors;
    return list.flatMap((entry) => {
      if (!isJsonObject(entry)) return textsOf(entry);
      const code = textOf(entry['code']);
      return labelled(code, textOf(entry['description']) ?? code);
    });
  }
  if (!isJsonObject(errors)) return [];
  return Object.entries(errors).flatMap(([field, messages]) =>
    textsOf(messages).flatMap((message) => labelled(field, message)),
  );
}

function labelled(label: string | undefined, message: string | undefined): string[] {
  if (message === undefined) return [];
  return label === undefined || label === '' || label === message
    ? [message]
    : [`${label}: ${message}`];
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => textOf(one) ?? []);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
