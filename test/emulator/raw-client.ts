import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A connection of which every byte is seen. */
export interface RawConnection {
  /** All that has come so far, as Latin-1: a character a byte. */
  received: () => string;
  /** Resolves when what has come so far is as wanted; rejects when the connection ends before. */
  until: (wanted: (received: string) => boolean) => Promise<void>;
  /** Resolves with how the connection ended. */
  ended: Promise<'end' | 'reset'>;
  close: () => void;
}

/** The bytes of a request without a body. */
export function requestBytes(
  method: string,
  path: string,
  headers: Record<string, string> = {},
): string {
  const lines = Object.entries({ Host: 'emulator', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${method} ${path} HTTP/1.1\r\n${head}\r\n`;
}

/** Sends bytes to a port of this machine and watches what comes back. */
export function sendRaw(port: number, bytes: string): RawConnection {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return watch(socket);
}

/** Watches what comes over a socket. */
export function watch(socket: Socket): RawConnection {
  let received = '';
  let wake: (() => void) | undefined;
  const { promise: ended, resolve: end } = Promise.withResolvers<'end' | 'reset'>();
  let over = false;

  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    wake?.();
  });
  socket.on('error', () => {
    end('reset');
  });
  socket.on('close', () => {
    over = true;
    end('end');
    wake?.();
  });

  return {
    received: () => received,
    until: async (wanted) => {
      while (!wanted(received)) {
        if (over) throw new Error(`the connection ended after ${JSON.stringify(received)}`);
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
    },
    ended,
    close: () => {
      socket.destroy();
    },
  };
}
