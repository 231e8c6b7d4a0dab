import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** A TCP connection, counted from 1. */
export interface Connection {
  number: number;
  /** The socket beneath TLS: the only one that can be reset. */
  tcp: Socket;
}

/** The TCP connections of one server. */
export class Connections {
  readonly #open = new Map<string, Connection>();
  #accepted = 0;

  constructor(server: Server) {
    server.on('connection', (tcp: Socket) => {
      const key = keyOf(tcp);
      this.#accepted += 1;
      this.#open.set(key, { number: this.#accepted, tcp });
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
