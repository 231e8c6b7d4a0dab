import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Arrivals } from './arrivals.ts';
import { emptyAnswer, send } from './answers.ts';
import { Connections } from './connections.ts';
import { listen, makeServer } from './server.ts';

export interface ProxyOptions {
  /** Default: none are asked for. */
  credentials?: { user: string; password: string };
  /** What becomes of a CONNECT. `refuse` answers 403. Default `tunnel`. */
  behave?: 'tunnel' | 'refuse' | 'stall' | 'drop' | 'garbage';
  /** Where a name leads. Default: what it says. */
  resolve?: (host: string, port: number) => Endpoint;
  /** PEM: the proxy itself is spoken to over TLS. */
  tls?: { key: string; cert: string };
}

export interface Endpoint {
  host: string;
  port: number;
}

/** A request to the proxy itself. */
export interface ProxyRequest {
  method: string;
  /** For a CONNECT, `host:port`. */
  target: string;
  headers: IncomingMessage['headers'];
}

/** A forward proxy that tunnels with CONNECT and does nothing else. */
export interface Proxy {
  /** Without credentials. */
  readonly url: string;
  /** Every CONNECT, also those that were refused. */
  readonly connects: readonly ProxyRequest[];
  /** Requests other than CONNECT: they are answered 405. */
  readonly requests: readonly ProxyRequest[];
  /** Resolves when that many CONNECTs have arrived since the start. */
  waitForConnects(count: number): Promise<void>;
  /** Stops and ends every tunnel. */
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1; resolves when it listens. */
export async function startProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const server = makeServer(options.tls);
  const connections = new Connections(server);
  const connects: ProxyRequest[] = [];
  const requests: ProxyRequest[] = [];
  const arrivals = new Arrivals();

  server.on('connect', (request, _duplex, head) => {
    const { socket: client } = request;
    connects.push(recorded(request));
    arrivals.add();
    // The other end may go away at any time.
    client.on('error', () => client.destroy());
    const tcp = connections.beneath(request.socket)?.tcp;
    answerConnect(options, { request, client, head, tcp });
  });
  server.on('request', (request, response) => {
    requests.push(recorded(request));
    send(response, emptyAnswer(405, { allow: 'CONNECT' }));
  });

  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    connects,
    requests,
    waitForConnects: (count) => arrivals.waitFor(count),
    close: () => stop(server, connections),
  };
}

interface Connect {
  request: IncomingMessage;
  client: Socket;
  head: Buffer;
  tcp: Socket | undefined;
}

function answerConnect(options: ProxyOptions, { request, client, head, tcp }: Connect): void {
  if (!isAllowed(request, options.credentials)) {
    client.end(statusLine(407, 'Proxy Authentication Required', 'Proxy-Authenticate: Basic'));
    return;
  }
  const { behave = 'tunnel' } = options;
  switch (behave) {
    case 'tunnel':
      tunnel(endpointOf(request, options.resolve), client, head);
      break;
    case 'refuse':
      client.end(statusLine(403, 'Forbidden'));
      break;
    case 'stall':
      break;
    case 'drop':
      tcp?.resetAndDestroy();
      break;
    case 'garbage':
      client.end('220 this is not a proxy\r\n');
      break;
    default:
      behave satisfies never;
  }
}

function tunnel({ host, port }: Endpoint, client: Socket, head: Buffer): void {
  let connected = false;
  const upstream = connect(port, host, () => {
    connected = true;
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  });
  upstream.on('error', () => {
    if (connected) client.destroy();
    else client.end(statusLine(502, 'Bad Gateway'));
  });
  upstream.on('close', () => client.destroySoon());
  client.on('close', () => upstream.destroy());
}

function endpointOf({ url = '' }: IncomingMessage, resolve: ProxyOptions['resolve']): Endpoint {
  const { hostname, port } = new URL(`tunnel://${url}`);
  const host = hostname.replace(/^\[(?<address>.*)\]$/u, '$<address>');
  return resolve?.(host, Number(port)) ?? { host, port: Number(port) };
}

function isAllowed({ headers }: IncomingMessage, wanted: ProxyOptions['credentials']): boolean {
  if (wanted === undefined) return true;
  const encoded = Buffer.from(`${wanted.user}:${wanted.password}`).toString('base64');
  return headers['proxy-authorization'] === `Basic ${encoded}`;
}

function statusLine(status: number, reason: string, ...headers: string[]): string {
  return [`HTTP/1.1 ${status} ${reason}`, ...headers, 'Content-Length: 0', '', ''].join('\r\n');
}

function recorded({ method = '', url = '', headers }: IncomingMessage): ProxyRequest {
  return { method, target: url, headers };
}

async function stop(server: Server, connections: Connections): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  connections.destroy();
  await closed;
}
