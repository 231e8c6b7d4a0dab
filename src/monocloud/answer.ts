import type { IncomingHttpHeaders } from 'node:http';
import { LARGEST_BODY, type Body, type Exchange } from './exchange.ts';
import type { Failure, FailureCause } from './failure.ts';
import { failureInWords } from './failure-wording.ts';
import { decodeUtf8, parseJsonObject } from './json.ts';
import { makeProblem, parseProblem, type ProblemDetails } from './problem-details.ts';
import { parseProfile, type Profile } from './profile.ts';
import { parseHttpDate, parseRetryAfter } from './retry-after.ts';

/** What MonoCloud said to one request, or why it said nothing. */
export type Answer = ProfileAnswer | ErrorAnswer | NoAnswer;

/** 200 with a JSON object. */
export interface ProfileAnswer {
  readonly kind: 'profile';
  readonly status: number;
  readonly profile: Profile;
}

/** Any other status, and a 200 that proves nothing. */
export interface ErrorAnswer {
  readonly kind: 'error';
  readonly status: number;
  /** The body is there, as it was sent. Without it even a plain status proves little. */
  readonly whole: boolean;
  readonly problem: ProblemDetails;
  /** ms that the API asks to wait, where it asks. */
  readonly retryAfter: number | undefined;
}

export interface NoAnswer {
  readonly kind: 'no answer';
  readonly cause: FailureCause;
  readonly mayHaveReached: boolean;
  readonly problem: ProblemDetails;
}

/** @param now ms since the epoch, by the runner's clock */
export function answerFrom(result: Exchange, now: number): Answer {
  if (result.kind === 'failure') return noAnswer(result.failure);
  const { status, headers, body } = result;
  const text = body instanceof Uint8Array ? decodeUtf8(body) : undefined;
  if (status === 200) {
    const profile = isProblem(headers) || text === undefined ? undefined : parseProfile(text);
    if (profile !== undefined) return { kind: 'profile', status, profile };
  }
  return {
    kind: 'error',
    status,
    whole: body instanceof Uint8Array,
    problem: problemOf(status, headers, body, text),
    retryAfter: parseRetryAfter(headers['retry-after'], serverTime(headers) ?? now),
  };
}

function noAnswer(failure: Failure): NoAnswer {
  const { title, detail } = failureInWords(failure);
  return {
    kind: 'no answer',
    cause: failure.cause,
    mayHaveReached: failure.mayHaveReached,
    problem: makeProblem(title, detail),
  };
}

function problemOf(
  status: number,
  headers: IncomingHttpHeaders,
  body: Body,
  text: string | undefined,
): ProblemDetails {
  if (body === 'too large') {
    return makeProblem(
      'Answer too large',
      `The API answered ${status} with a body of more than ${LARGEST_BODY} bytes, which was cut off.`,
      status,
    );
  }
  if (body === 'encoded') {
    return makeProblem(
      'Answer encoded',
      `The API answered ${status} with a content encoding that was not asked for.`,
      status,
    );
  }
  if (status >= 300 && status < 400) {
    return makeProblem(
      'Redirect not followed',
      `The server answered ${status} and pointed elsewhere${target(headers)}. Following it would ` +
        'carry the API key to another place.',
      status,
    );
  }
  if (status >= 400) return parseProblem(status, text);
  if (isProblem(headers)) return parseProblem(status, text);
  return makeProblem('Not proven', `The API answered ${status} with ${bodyInWords(text)}.`, status);
}

/** Only the host: the rest of a location is outside text that helps nobody. */
function target(headers: IncomingHttpHeaders): string {
  const url = URL.parse(headers.location ?? '');
  return url === null ? '' : `, to ${url.host}`;
}

function bodyInWords(text: string | undefined): string {
  if (text === undefined) return 'a body that is not UTF-8';
  if (text.trim() === '') return 'an empty body';
  if (/^\s*</u.test(text)) return 'a web page';
  return parseJsonObject(text) === undefined
    ? 'a body that is not a JSON object'
    : 'a JSON object, which counts only with the status 200';
}

function isProblem(headers: IncomingHttpHeaders): boolean {
  return /^\s*application\/problem\+json\s*(?:;|$)/iu.test(headers['content-type'] ?? '');
}

function serverTime(headers: IncomingHttpHeaders): number | undefined {
  return headers.date === undefined ? undefined : parseHttpDate(headers.date);
}
