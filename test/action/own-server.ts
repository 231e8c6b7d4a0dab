import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'vitest';

/**
 * Listens on this machine for the time of one test, for what the emulator does not do.
 *
 * @param onConnection gets each connection; those that break are closed
 * @param hook the test's own `onTestFinished`
 * @returns the port
 */
export async function listenHere(
  onConnection: (socket: Socket) => void,
  hook: TestContext['onTestFinished'],
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  hook(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return address.port;
}
