import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { Socket, type TcpSocketConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Cancellation } from './send-request.ts';
import { causeOf, errorCode, isTunnelError, proxyStatus, type Failure } from './failure.ts';
import { agentFor, TenantAgent } from './proxy.ts';
import { newProgress, sendRequest, type HttpResponse, type Progress } from './send-request.ts';
import type { TenantDomain } from './tenant-domain.ts';

/** bytes: longer response headers are refused (64 KiB). */
const MAX_HEADER_BYTES = 65_536;
/** The last address of a host may take longer than the others by this much. */
const LAST_ADDRESS_FACTOR = 4;

export interface HttpRequest {
  readonly method: 'DELETE' | 'GET';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** ms for all of it, from connecting to the last byte of the body. */
  readonly timeoutMs: number;
  /** ms until the next address of the host is tried. */
  readonly addressTimeoutMs: number;
}

/** What one request came to: a response to its last byte, or the reason why there is none. */
export type HttpResult = HttpResponse | HttpFailure;

export interface HttpFailure {
  readonly kind: 'failure';
  readonly failure: Failure;
  /** A kept connection that ended before a single byte of the response. */
  readonly staleConnection: boolean;
}

interface OpenedRequest {
  readonly request: ClientRequest;
  /** The connection to the proxy, where the request opened one. */
  readonly toProxy?: Duplex | undefined;
}

type OpenOptions = https.RequestOptions &
  Pick<TcpSocketConnectOpts, 'autoSelectFamilyAttemptTimeout'>;

/** Kept connections to one tenant, through the proxy that the environment asks for, if any. */
export class HttpConnection {
  readonly #domain: TenantDomain;
  readonly #proxy: URL | undefined;
  readonly #agent: http.Agent;
  readonly #cancellation: Cancellation;

  /**
   * @param proxy undefined where the tenant is reached directly
   * @param timeoutMs the longest that a request may take
   * @param cancellation ends the requests in flight, and lets no other begin
   */
  constructor(
    domain: TenantDomain,
    proxy: URL | undefined,
    timeoutMs: number,
    cancellation: Cancellation,
  ) {
    this.#domain = domain;
    this.#proxy = proxy;
    this.#agent = agentFor(domain, proxy, timeoutMs);
    this.#cancellation = cancellation;
  }

  /** Ends the kept connections that carry no request, so that the next request gets a fresh one. */
  dropIdleConnections(): void {
    for (const sockets of Object.values(this.#agent.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }

  /**
   * One request and its response. No redirects, no retries, no content encoding; the deadline holds
   * whatever the socket does, and the body is counted while it is read.
   *
   * @returns never rejects for anything that a server, a proxy or a network can do
   */
  send({ timeoutMs, addressTimeoutMs, ...options }: HttpRequest): Promise<HttpResult> {
    const progress = newProgress();
    if (this.#cancellation.isRequested) {
      return Promise.resolve(this.#aborted('cancelled', progress));
    }
    const opened = this.#open({ ...options, autoSelectFamilyAttemptTimeout: addressTimeoutMs });
    const { request, toProxy } = opened;
    limitLastAddress(request, toProxy, addressTimeoutMs);

    return new Promise((resolve) => {
      // Whatever comes first ends it, and what comes later changes nothing any more: neither a socket
      // nor a proxy can hold up the deadline.
      const end = (result: HttpResult): void => {
        clearTimeout(timer);
        stopListening();
        if (request.socket === null) toProxy?.destroy();
        request.destroy();
        resolve(result);
      };
      const abort = (limit: 'timed-out' | 'cancelled'): void =>
        end(this.#aborted(limit, progress, this.#peerOf(opened)));
      const timer = setTimeout(() => abort('timed-out'), timeoutMs);
      const stopListening = this.#cancellation.listen(() => abort('cancelled'));
      sendRequest(request, progress).then(end, (error: unknown) => {
        end(this.#failed(error, opened, progress));
      });
    });
  }

  #open(options: OpenOptions): OpenedRequest {
    const { hostname: host, port } = this.#domain;
    const agent = this.#agent;
    const all = { ...options, host, port, agent, maxHeaderSize: MAX_HEADER_BYTES };
    if (!(agent instanceof TenantAgent)) return { request: http.request(all) };
    agent.opened = undefined;
    const request = https.request({ ...all, rejectUnauthorized: true });
    return { request, toProxy: this.#proxy === undefined ? undefined : agent.opened };
  }

  #failed(error: unknown, opened: OpenedRequest, progress: Progress): HttpFailure {
    const { request, toProxy } = opened;
    const { mayHaveReached, responding } = progress;
    const isTunnel = isTunnelError(error);
    const peer = isTunnel ? 'proxy' : this.#peerOf(opened);
    const cause = causeOf(error);
    // It sent something and ended, and that was no response to CONNECT.
    const isGarbage = isTunnel && cause === 'connection-lost' && hasAnswered(toProxy);
    const sorted = isGarbage ? 'not-http' : cause;
    return {
      kind: 'failure',
      failure: {
        cause: responding ? 'response-incomplete' : sorted,
        peer,
        host: this.#hostOf(peer),
        mayHaveReached,
        code: String(proxyStatus(error) ?? errorCode(error)),
      },
      staleConnection:
        request.reusedSocket &&
        sorted === 'connection-lost' &&
        request.socket?.bytesRead === progress.bytesReadBefore,
    };
  }

  /** Before the proxy answers, a request has no socket of its own. */
  #peerOf({ request, toProxy }: OpenedRequest): 'tenant' | 'proxy' {
    if (this.#proxy === undefined || request.socket !== null) return 'tenant';
    return hasAnswered(toProxy) ? 'tenant' : 'proxy';
  }

  #aborted(
    limit: 'timed-out' | 'cancelled',
    progress: Progress,
    peer: 'tenant' | 'proxy' = 'tenant',
  ): HttpFailure {
    const { mayHaveReached, informational, responding } = progress;
    const noFinal = limit === 'timed-out' && informational && !responding;
    const cause = noFinal ? 'no-final-response' : limit;
    return {
      kind: 'failure',
      failure: { cause, peer, host: this.#hostOf(peer), mayHaveReached, code: '' },
      staleConnection: false,
    };
  }

  #hostOf(peer: 'tenant' | 'proxy'): string {
    return (peer === 'proxy' ? this.#proxy?.host : undefined) ?? this.#domain.shown;
  }
}

function hasAnswered(connection: Duplex | undefined): boolean {
  return connection instanceof Socket && connection.bytesRead > 0;
}

/**
 * Node limits every address of a host but the last one. Where another one ran out of time, the last one
 * is limited, too: if it never connects, the slow one gets its second chance.
 */
function limitLastAddress(
  request: ClientRequest,
  toProxy: Duplex | undefined,
  addressTimeoutMs: number,
): void {
  const watch = (socket: Duplex): void => {
    socket.once('connectionAttemptTimeout', () => {
      let timer: NodeJS.Timeout | undefined;
      const stop = (): void => clearTimeout(timer);
      socket.on('connectionAttempt', () => {
        stop();
        timer = setTimeout(() => {
          const message = 'No address of the host connected in time.';
          socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
        }, LAST_ADDRESS_FACTOR * addressTimeoutMs);
      });
      socket.once('connect', stop);
      socket.once('close', stop);
    });
  };
  if (toProxy) {
    watch(toProxy);
  } else {
    request.once('socket', (socket) => {
      if (!request.reusedSocket) watch(socket);
    });
  }
}
