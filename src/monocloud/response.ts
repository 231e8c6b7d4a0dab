import type { IncomingHttpHeaders } from 'node:http';
import type { Failure } from './failure.ts';
import { decodeUtf8, isJsonObject, parseJsonObject } from './json.ts';
import { parseHttpDate, parseRetryAfter } from './retry-after.ts';
import type { HttpResponse } from './send-request.ts';
import type { UserId } from './user-id.ts';

/** What came back for one attempt. */
export type ApiResponse = (ProfileResponse | ErrorResponse | NoResponse) & {
  /** A kept connection failed: the request was sent again, and the first may have taken effect. */
  readonly sentTwice: boolean;
};

/** 200 with the profile of a user. */
export interface ProfileResponse {
  readonly kind: 'profile';
  readonly status: 200;
  readonly profile: Profile;
}

/** Any other status, and a 200 that proves nothing. */
export interface ErrorResponse {
  readonly kind: 'error';
  readonly status: number;
  readonly reason: ErrorReason;
  /** ms that the server asks to wait, where it asks. */
  readonly retryAfterMs: number | undefined;
}

/** No complete response. */
export interface NoResponse {
  readonly kind: 'no-response';
  readonly failure: Failure;
}

/** What a response that is not a profile says. */
export type ErrorReason =
  | { readonly kind: 'problem'; readonly problem: ProblemDetails }
  | { readonly kind: 'without-problem' }
  /** @property host where it points to, where that can be read */
  | { readonly kind: 'redirect'; readonly host: string | undefined }
  | { readonly kind: 'body-too-large' }
  | { readonly kind: 'body-encoded' }
  | { readonly kind: 'not-proven'; readonly body: UnexpectedBody };

export type UnexpectedBody =
  'not-utf-8' | 'empty' | 'web-page' | 'not-an-object' | 'object' | 'other-user';

/** A user's profile. The text is kept as it was sent: big integers and key order survive. */
export interface Profile {
  /** The JSON as it came, without a BOM. Personal data: it goes to outputs, never to a log. */
  readonly text: string;
  readonly userId: string;
  readonly hasUsername: boolean;
}

/** @returns undefined where the text is not a JSON object with a string `user_id` */
export function parseProfile(text: string): Profile | undefined {
  const object = parseJsonObject(text);
  const userId = object?.['user_id'];
  if (object === undefined || typeof userId !== 'string') return undefined;
  const username = object['username'];
  // Anything there counts: "no username" is a promise, "a username" only a doubt.
  const hasUsername = username !== undefined && username !== null && username !== '';
  return { text, userId, hasUsername };
}

/**
 * Reads a response.
 *
 * @param nowMs ms since the epoch, by the runner's clock
 */
export function readResponse(
  { status, headers, body }: Pick<HttpResponse, 'status' | 'headers' | 'body'>,
  nowMs: number,
): ProfileResponse | ErrorResponse {
  const text = body instanceof Uint8Array ? decodeUtf8(body) : undefined;
  if (status === 200 && text !== undefined && !isProblem(headers)) {
    const profile = parseProfile(text);
    if (profile !== undefined) return { kind: 'profile', status, profile };
  }
  return {
    kind: 'error',
    status,
    reason: typeof body === 'string' ? bodyReason(body) : reasonOf(status, headers, text),
    retryAfterMs: parseRetryAfter(headers['retry-after'], serverTimeMs(headers) ?? nowMs),
  };
}

/** @returns the response where it is about the user that was asked for, otherwise that it is not */
export function aboutUser(
  response: ProfileResponse | ErrorResponse,
  userId: UserId,
): ProfileResponse | ErrorResponse {
  if (response.kind === 'error' || response.profile.userId === userId) return response;
  const reason = { kind: 'not-proven', body: 'other-user' } as const;
  return { kind: 'error', status: response.status, reason, retryAfterMs: undefined };
}

function bodyReason(body: 'too large' | 'encoded'): ErrorReason {
  return { kind: body === 'too large' ? 'body-too-large' : 'body-encoded' };
}

function reasonOf(
  status: number,
  headers: IncomingHttpHeaders,
  text: string | undefined,
): ErrorReason {
  if (status >= 300 && status < 400) {
    // Only the host: the rest of a location is outside text that helps nobody.
    const host = URL.parse(headers.location ?? '')?.host;
    return { kind: 'redirect', host: host === '' ? undefined : host };
  }
  if (status >= 400 || isProblem(headers)) {
    const problem = text === undefined ? undefined : parseProblem(text);
    return problem === undefined ? { kind: 'without-problem' } : { kind: 'problem', problem };
  }
  return { kind: 'not-proven', body: unexpectedBody(text) };
}

function unexpectedBody(text: string | undefined): UnexpectedBody {
  if (text === undefined) return 'not-utf-8';
  if (text.trim() === '') return 'empty';
  if (/^\s*</u.test(text)) return 'web-page';
  return parseJsonObject(text) === undefined ? 'not-an-object' : 'object';
}

function isProblem(headers: IncomingHttpHeaders): boolean {
  return /^\s*application\/problem\+json\s*(?:;|$)/iu.test(headers['content-type'] ?? '');
}

function serverTimeMs(headers: IncomingHttpHeaders): number | undefined {
  return headers.date === undefined ? undefined : parseHttpDate(headers.date);
}

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
    textsOf(messages).map((message) => ({ label: textOf(field), message })),
  );
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => textOf(one) ?? []);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
