import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Cancellation } from './cancellation.ts';
import type { Connection } from './connection.ts';
import { failureFrom, type Failure } from './failure.ts';
import type { Route } from './routes.ts';

/** A body over this many bytes is cut off: 1 MiB. */
export const LARGEST_BODY = 1_048_576;

const SWITCHING_PROTOCOLS = 101;

/** The body as bytes, or why there are none to speak of. */
export type Body = Uint8Array | 'too large' | 'encoded';

/** What one request came to: an answer to its last byte, or the reason why there is none. */
export type Exchange =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: Body;
    }
  | { readonly kind: 'failure'; readonly failure: Failure };

export interface ExchangeLimits {
  /** ms for all of it, from connecting to the last byte of the body. */
  readonly timeout: number;
  /** Ends it at once. */
  readonly cancellation: Cancellation;
}

/** How far a request has come, for telling what its failure means. */
interface Progress {
  /** The connection stood, so the server may have read the request. */
  mayHaveReached: boolean;
  /** 1xx answers came, none of them final (RFC 9110 §15.2). */
  informational: boolean;
  /** The final answer's headers came. */
  answering: boolean;
}

/**
 * One request and its answer. No redirects, no tries of its own, no content encoding; the deadline
 * holds whatever the socket does, and the body is counted while it is read.
 *
 * @returns never rejects for anything that a server, a proxy or a network can do
 */
export function exchange(
  connection: Connection,
  route: Route,
  headers: Readonly<Record<string, string>>,
  { timeout, cancellation }: ExchangeLimits,
): Promise<Exchange> {
  const progress = { mayHaveReached: false, informational: false, answering: false };
  if (cancellation.isRequested) return Promise.resolve(cutShort('cancelled', progress));
  const { request, destroy } = connection.open({ ...route, headers });

  return new Promise((resolve) => {
    // Whatever comes first ends it, and what comes after that changes nothing any more: neither a
    // socket nor a proxy can hold up the deadline.
    const end = (result: Exchange): void => {
      clearTimeout(timer);
      stopListening();
      destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end(cutShort('timed-out', progress)), timeout);
    const stopListening = cancellation.listen(() => end(cutShort('cancelled', progress)));
    converse(request, progress).then(end, (error: unknown) => end(failed(error, progress)));
  });
}

async function converse(request: ClientRequest, progress: Progress): Promise<Exchange> {
  const response = await answerTo(request, progress);
  progress.answering = true;
  request.on('error', (error) => response.destroy(error));
  const { statusCode: status = 0, headers } = response;
  const body = status === SWITCHING_PROTOCOLS ? new Uint8Array() : await readBody(response);
  return { kind: 'response', status, headers, body };
}

/** Sends the request and waits for the headers of the final answer. */
function answerTo(request: ClientRequest, progress: Progress): Promise<IncomingMessage> {
  const reached = (): void => {
    progress.mayHaveReached = true;
  };
  return new Promise((resolve, reject) => {
    // Stays for good: an error that comes after the answer would otherwise be an uncaught one.
    request.on('error', reject);
    request.on('response', resolve);
    request.on('information', () => {
      progress.informational = true;
    });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    request.on('socket', (socket) => {
      if (request.reusedSocket) reached();
      else if (socket instanceof TLSSocket) socket.once('secureConnect', reached);
      else if (socket.connecting) socket.once('connect', reached);
      else reached();
    });
    request.end();
  });
}

function readBody(response: IncomingMessage): Promise<Body> {
  const encoding = response.headers['content-encoding'] ?? '';
  if (!['', 'identity'].includes(encoding.trim().toLowerCase())) return Promise.resolve('encoded');
  const chunks: Uint8Array[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    response.on('data', (chunk: Uint8Array) => {
      length += chunk.byteLength;
      if (length > LARGEST_BODY) resolve('too large');
      else chunks.push(chunk);
    });
    response.on('error', reject);
    // Comes in any case, also where neither an end nor an error does.
    response.on('close', () => {
      if (response.complete) resolve(Buffer.concat(chunks));
      else reject(new Error('The body broke off.'));
    });
  });
}

function failed(error: unknown, { mayHaveReached, answering }: Progress): Exchange {
  return { kind: 'failure', failure: failureFrom(error, mayHaveReached, answering) };
}

function cutShort(limit: 'timed-out' | 'cancelled', progress: Progress): Exchange {
  const { mayHaveReached, informational, answering } = progress;
  const cause = limit === 'timed-out' && informational && !answering ? 'no-final-answer' : limit;
  return { kind: 'failure', failure: { cause, mayHaveReached, code: cause } };
}
