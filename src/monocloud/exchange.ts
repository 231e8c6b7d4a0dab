import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
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
  readonly cancelled: AbortSignal;
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
export async function exchange(
  connection: Connection,
  route: Route,
  headers: Readonly<Record<string, string>>,
  limits: ExchangeLimits,
): Promise<Exchange> {
  if (limits.cancelled.aborted) return cut('cancelled', false);
  const progress = { mayHaveReached: false, informational: false, answering: false };
  const { request, destroy } = connection.open({ ...route, headers: { ...headers } });
  const limit = watch(limits);
  try {
    return await Promise.race([
      converse(request, progress),
      limit.reached.then((cause) =>
        cause === 'timed-out' && progress.informational && !progress.answering
          ? cut('no-final-answer', true)
          : cut(cause, progress.mayHaveReached),
      ),
    ]);
  } catch (error) {
    const failure = failureFrom(error, progress.mayHaveReached, progress.answering);
    return { kind: 'failure', failure };
  } finally {
    limit.release();
    destroy();
  }
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
    request.once('response', resolve);
    request.on('information', () => {
      progress.informational = true;
    });
    request.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    request.once('socket', (socket) => {
      if (request.reusedSocket) reached();
      else if (socket instanceof TLSSocket) socket.once('secureConnect', reached);
      else if (socket.connecting) socket.once('connect', reached);
      else reached();
    });
    request.end();
  });
}

async function readBody(response: IncomingMessage): Promise<Body> {
  const encoding = response.headers['content-encoding'] ?? '';
  if (!['', 'identity'].includes(encoding.trim().toLowerCase())) return 'encoded';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A body came as something but bytes.');
    length += chunk.byteLength;
    if (length > LARGEST_BODY) return 'too large';
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('The body broke off.');
  return Buffer.concat(chunks);
}

/** The deadline and the cancelling, as one promise that neither a socket nor a proxy can hold up. */
function watch({ timeout, cancelled }: ExchangeLimits): {
  readonly reached: Promise<'timed-out' | 'cancelled'>;
  readonly release: () => void;
} {
  const { promise, resolve } = Promise.withResolvers<'timed-out' | 'cancelled'>();
  const timer = setTimeout(resolve, timeout, 'timed-out');
  const onCancelled = (): void => resolve('cancelled');
  cancelled.addEventListener('abort', onCancelled, { once: true });
  return {
    reached: promise,
    release: () => {
      clearTimeout(timer);
      cancelled.removeEventListener('abort', onCancelled);
    },
  };
}

function cut(cause: 'timed-out' | 'cancelled' | 'no-final-answer', reached: boolean): Exchange {
  return { kind: 'failure', failure: { cause, mayHaveReached: reached, code: cause } };
}
