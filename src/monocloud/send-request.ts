import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/**
 * An abort signal for many short requests. A signal keeps its listeners in a linked list, where one
 * that was removed still holds those that came after it, and so do the tables of a `Set` that it has
 * outgrown. With either, 60 to 100 MiB more stayed in memory for 20,000 users. This class listens once,
 * and keeps the rest in an array.
 */
export class Cancellation {
  readonly #signal: AbortSignal;
  readonly #listeners: (() => void)[] = [];

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      for (const listener of this.#listeners.splice(0)) listener();
    });
  }

  get isRequested(): boolean {
    return this.#signal.aborted;
  }

  /**
   * @param listener called if the signal is aborted from now on
   * @returns a function that removes the listener
   */
  listen(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      const index = this.#listeners.indexOf(listener);
      if (index !== -1) this.#listeners.splice(index, 1);
    };
  }
}

/** bytes: a longer body is cut off (1 MiB). */
export const MAX_BODY_BYTES = 1_048_576;

const SWITCHING_PROTOCOLS = 101;

/** The body as bytes, or why there are none. */
export type Body = Uint8Array | 'too large' | 'encoded';

export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
  /** The connection had carried an earlier request. */
  readonly onKeptConnection: boolean;
  /** Ends the connection, so that no other request goes over it. */
  readonly dropConnection: () => void;
}

/** How far a request has come, which says what its failure means. */
export interface Progress {
  /** The connection stood, so the server may have read the request. */
  mayHaveReached: boolean;
  /** 1xx responses came, none of them final (RFC 9110 §15.2). */
  informational: boolean;
  /** The headers of the final response came. */
  responding: boolean;
  /** bytes that a kept connection had received before this request. */
  bytesReadBefore: number;
}

/** Nothing has happened yet. */
export function newProgress(): Progress {
  return {
    mayHaveReached: false,
    informational: false,
    responding: false,
    bytesReadBefore: 0,
  };
}

/**
 * Sends a request, and reads its response to the last byte.
 *
 * @param progress kept up to date, for telling what a failure means
 * @returns rejects with whatever Node throws
 */
export async function sendRequest(
  request: ClientRequest,
  progress: Progress,
): Promise<HttpResponse> {
  const response = await finalResponse(request, progress);
  progress.responding = true;
  request.on('error', (error) => response.destroy(error));
  const { statusCode: status = 0, headers, socket } = response;
  return {
    kind: 'response',
    status,
    headers,
    body: status === SWITCHING_PROTOCOLS ? new Uint8Array() : await readBody(response),
    onKeptConnection: request.reusedSocket,
    dropConnection: () => socket.destroy(),
  };
}

/** Sends the request and waits for the headers of the final response. */
function finalResponse(request: ClientRequest, progress: Progress): Promise<IncomingMessage> {
  const reached = (): void => {
    progress.mayHaveReached = true;
  };
  return new Promise((resolve, reject) => {
    // Stays for good: an error that comes after the response would otherwise be an uncaught one.
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
      progress.bytesReadBefore = socket.bytesRead;
      if (request.reusedSocket) reached();
      else if (!(socket instanceof TLSSocket)) socket.once('connect', reached);
      // Through a proxy, the handshake is over by now.
      else if (socket.getPeerFinished() === undefined) socket.once('secureConnect', reached);
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
      if (length > MAX_BODY_BYTES) resolve('too large');
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
