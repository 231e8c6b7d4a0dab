import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Bytes } from './faults.ts';

/** A complete answer, ready to be sent. */
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
    detail: detail ?? `The emulator was asked to answer ${status} ${title}.`,
    instance,
    ...(errors === undefined ? {} : { errors }),
    traceId: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`,
  });
}

/** The same answer with a `Retry-After` header, where there is something to say in it. */
export function withRetryAfter(answer: Answer, retryAfter: string | number | undefined): Answer {
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
}

/** 429, or another status that asks for fewer requests or later ones. */
export function throttledAnswer(
  path: string,
  { status = 429, retryAfter }: { status?: number; retryAfter?: string | number | undefined },
): Answer {
  const detail =
    status === 429 ? 'Too many requests. Please try again later.' : 'Please try again later.';
  return withRetryAfter(problemAnswer(status, { instance: path, detail }), retryAfter);
}

/** Sends a complete answer, with its length. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  // A client that gave up takes no answer.
  if (response.destroyed) return;
  response.writeHead(status, { ...lengthHeader(status, body), ...headers });
  response.end(body);
}

/** A complete answer as bytes, for a connection on which nobody asked for one. */
export function responseBytes({ status, headers, body }: Answer): Buffer {
  const lines = Object.entries({ ...lengthHeader(status, body), ...headers }).flatMap(
    ([name, value]) => [value].flat().map((line) => `${name}: ${line}\r\n`),
  );
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

function lengthHeader(status: number, body: Bytes): { 'content-length'?: number } {
  if (status === 204 || status === 304) return {};
  return { 'content-length': Buffer.byteLength(body) };
}
