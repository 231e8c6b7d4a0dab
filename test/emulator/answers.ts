import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Bytes } from './faults.ts';

/** A whole answer, ready to be sent. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Bytes;
}

export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** A 200 with a profile. */
export function profileAnswer(profile: string): Answer {
  return {
    status: 200,
    headers: JSON_HEADERS,
    body: profile,
  };
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: '' };
}

/** Exactly these problem details. */
export function exactProblem(status: number, problem: object): Answer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify(problem),
  };
}

/** What makes the problem details of one answer different from those of another. */
export interface ProblemFacts {
  /** The path asked for. */
  instance: string;
  detail?: string;
  /** The kind of problem, after `#` in its type. */
  kind?: 'validation-error' | 'identity-validation-error';
  errors?: Record<string, string[]> | { code: string; description: string }[];
}

/** Problem details (RFC 9457) with the members and types that MonoCloud sends. */
export function problemAnswer(status: number, facts: ProblemFacts): Answer {
  const { kind, instance, detail, errors } = facts;
  const title = STATUS_CODES[status] ?? 'Unknown Error';
  return exactProblem(status, {
    type: `https://httpstatuses.io/${status}${kind === undefined ? '' : `#${kind}`}`,
    title,
    status,
    detail: detail ?? `The emulator was told to answer ${status} ${title}.`,
    instance,
    ...(errors === undefined ? {} : { errors }),
    traceId: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`,
  });
}

/** Sends an answer whole, with its length. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  // A client that gave up takes no answer.
  if (response.destroyed) return;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, {
    ...(bodiless ? {} : { 'content-length': bytes.byteLength }),
    ...headers,
  });
  response.end(bytes);
}
