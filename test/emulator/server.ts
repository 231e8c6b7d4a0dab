import { once } from 'node:events';
import http from 'node:http';
import type { Server } from 'node:http';
import https from 'node:https';
import type { EmulatorOptions } from './options.ts';

/** A server, HTTPS where there is a certificate, whose connections never time out by themselves. */
export function makeServer(tls: EmulatorOptions['tls']): Server {
  const server = tls === undefined ? http.createServer() : https.createServer(tls);
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  return server;
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
