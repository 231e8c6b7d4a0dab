import { once } from 'node:events';
import http from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** PEM texts of a TLS server. */
export interface TlsFiles {
  key: string;
  cert: string;
}

/** A server, HTTPS where there is a certificate, whose connections never time out by themselves. */
export async function makeServer(tls: TlsFiles | undefined): Promise<Server> {
  const server = tls === undefined ? http.createServer() : await makeTlsServer(tls);
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  return server;
}

async function makeTlsServer(tls: TlsFiles): Promise<Server> {
  // Loaded only where it is needed: it takes 10 ms.
  const https = await import('node:https');
  return https.createServer(tls);
}

/**
 * Starts to listen.
 * @returns the port. Rejects when it is taken.
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return address.port;
}

/** Stops a server and ends its connections. */
export async function stop(server: Server, connections: Connections): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  connections.destroy();
  await closed;
}

/** As in `http://127.0.0.1:41234`. */
export function originOf(tls: TlsFiles | undefined, host: string, port: number): string {
  const scheme = tls === undefined ? 'http' : 'https';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A TCP connection, counted from 1. */
export interface Connection {
  readonly number: number;
  /** The socket beneath TLS: the only one that can be reset. */
  readonly tcp: Socket;
  /** Requests that came over it so far. */
  requests: number;
  /** What is sent before the answer to its next request. */
  unaskedFor: Buffer | undefined;
}

/** The TCP connections of one server. */
export class Connections {
  readonly #open = new Map<string, Connection>();
  #accepted = 0;

  constructor(server: Server) {
    server.on('connection', (tcp: Socket) => {
      const key = keyOf(tcp);
      this.#accepted += 1;
      this.#open.set(key, { number: this.#accepted, tcp, requests: 0, unaskedFor: undefined });
      tcp.on('close', () => {
        this.#open.delete(key);
      });
      // A client that resets its connection is an everyday event.
      tcp.on('error', () => {});
    });
  }

  /** How many connections were accepted since the start, whether or not a request came. */
  get accepted(): number {
    return this.#accepted;
  }

  /** The connection beneath a socket of a request, TLS or not; undefined when it is gone. */
  beneath(socket: Socket): Connection | undefined {
    // TLS hides the socket it wraps, but has the same peer.
    return this.#open.get(keyOf(socket));
  }

  /** Ends every connection at once. */
  destroy(): void {
    for (const { tcp } of this.#open.values()) tcp.destroy();
  }
}

function keyOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
