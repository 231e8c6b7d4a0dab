import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import type { TcpSocketConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Cancellation } from './cancellation.ts';
import { causeOf, errorCode, proxyStatus, type Failure, type FailureCause } from './failure.ts';
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
    const { request, toProxy } = this.#open({
      ...options,
      autoSelectFamilyAttemptTimeout: addressTimeoutMs,
    });
    toProxy?.once('secureConnect', () => {
      progress.proxySecured = true;
    });

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
      const timer = setTimeout(() => end(this.#aborted('timed-out', progress)), timeoutMs);
      const stopListening = this.#cancellation.listen(() =>
        end(this.#aborted('cancelled', progress)),
      );
      sendRequest(request, progress).then(end, (error: unknown) => {
        end(this.#failed(error, request, progress));
      });
    });
  }

  /** @returns the connection to the proxy, too, where the request opened one */
  #open(options: OpenOptions): {
    readonly request: ClientRequest;
    readonly toProxy?: Duplex | undefined;
  } {
    const { hostname: host, port } = this.#domain;
    const agent = this.#agent;
    const all = { ...options, host, port, agent, maxHeaderSize: MAX_HEADER_BYTES };
    if (!(agent instanceof TenantAgent)) return { request: http.request(all) };
    agent.opened = undefined;
    const request = https.request({ ...all, rejectUnauthorized: true });
    return { request, toProxy: this.#proxy === undefined ? undefined : agent.opened };
  }

  #failed(error: unknown, request: ClientRequest, progress: Progress): HttpFailure {
    const { mayHaveReached, responding } = progress;
    const sorted = causeOf(error);
    const peer = this.#peerOf(sorted, errorCode(error), request, progress);
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

  /** A request that has no socket of its own yet has not come further than the proxy. */
  #peerOf(
    cause: FailureCause,
    code: string,
    request: ClientRequest,
    { proxySecured }: Progress,
  ): 'tenant' | 'proxy' {
    if (this.#proxy === undefined || request.socket !== null) return 'tenant';
    if (code === 'ERR_PROXY_TUNNEL' || cause !== 'tls') return 'proxy';
    return this.#proxy.protocol === 'https:' && !proxySecured ? 'proxy' : 'tenant';
  }

  #aborted(limit: 'timed-out' | 'cancelled', progress: Progress): HttpFailure {
    const { mayHaveReached, informational, responding } = progress;
    const noFinal = limit === 'timed-out' && informational && !responding;
    const cause = noFinal ? 'no-final-response' : limit;
    const host = this.#hostOf('tenant');
    return {
      kind: 'failure',
      failure: { cause, peer: 'tenant', host, mayHaveReached, code: '' },
      staleConnection: false,
    };
  }

  #hostOf(peer: 'tenant' | 'proxy'): string {
    return (peer === 'proxy' ? this.#proxy?.host : undefined) ?? this.#domain.shown;
  }
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
