import http from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

/** A request, and how to reach the server. */
export interface ClientRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** PEM of the authority to trust. */
  ca?: string;
  agent?: http.Agent;
}

/** A complete answer. */
export interface ClientResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends one request, by default over a connection of its own; rejects when no complete answer comes. */
export function ask(url: string, options: ClientRequest = {}): Promise<ClientResponse> {
  const { method = 'GET', headers = {}, body = '', ca, agent = false } = options;
  const { promise, resolve, reject } = Promise.withResolvers<ClientResponse>();
  const { protocol, origin } = new URL(url);
  const request = (protocol === 'https:' ? https : http).request(origin, {
    method,
    // As it stands: in a parsed URL the path may not be what was asked for.
    path: url.slice(origin.length),
    headers,
    ca,
    agent,
  });
  request.on('error', reject);
  request.on('response', (response) => {
    resolve(wholeOf(response));
  });
  request.end(body);
  return promise;
}

async function wholeOf(response: IncomingMessage): Promise<ClientResponse> {
  const { statusCode: status = 0, headers } = response;
  return { status, headers, body: await text(response) };
}
