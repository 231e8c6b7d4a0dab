import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { emptyAnswer, send } from './answers.ts';
import { countArrivals } from './request-log.ts';
import { Connections, listen, makeServer, originOf, stop } from './server.ts';
import type { TlsFiles } from './server.ts';

export interface ProxyOptions {
  /** Default `127.0.0.1`. */
  host?: '127.0.0.1' | '::1';
  /**
   * Default: none are asked for. Without them a CONNECT is answered 407; `challenge` is what its
   * `Proxy-Authenticate` says, default `Basic`; `null`: the header is missing.
   */
  credentials?: { user: string; password: string; challenge?: string | null };
  /**
   * The status to answer the CONNECT of that number with, counted from 1; undefined: as `behave`
   * says. As in `(number) => (number % 3 === 0 ? 503 : undefined)`.
   */
  statusFor?: (number: number) => number | undefined;
  /** What becomes of a CONNECT. `refuse` answers 403. Default `tunnel`. */
  behave?: 'tunnel' | 'refuse' | 'stall' | 'drop' | 'garbage';
  /** Where a name leads. Default: what it says. */
  resolve?: (host: string, port: number) => Endpoint;
  /** PEM: the proxy itself is spoken to over TLS. */
  tls?: TlsFiles;
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
  /** Without credentials, as in `http://127.0.0.1:41234` or `http://[::1]:41234`. */
  readonly url: string;
  /** The same without the scheme, as people write it into `HTTPS_PROXY`, too. */
  readonly authority: string;
  /** Every CONNECT, also those that were refused. */
  readonly connects: readonly ProxyRequest[];
  /** How many CONNECTs were answered 200: tunnels opened so far. */
  readonly tunnels: number;
  /** Requests other than CONNECT: they are answered 405. */
  readonly requests: readonly ProxyRequest[];
  /** Resolves when that many CONNECTs have arrived since the start. */
  waitForConnects(count: number): Promise<void>;
  /** Stops and ends every tunnel. */
  close(): Promise<void>;
}

/** Starts a proxy on this machine; resolves when it listens. */
export async function startProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const { tls, host = '127.0.0.1' } = options;
  const server = await makeServer(tls);
  const connections = new Connections(server);
  const counts = { tunnels: 0 };
  const connects: ProxyRequest[] = [];
  const requests: ProxyRequest[] = [];
  const arrivals = countArrivals();

  server.on('connect', (request, _duplex, head) => {
    const { socket: client } = request;
    connects.push(recorded(request));
    arrivals.add();
    // The other end may go away at any time.
    client.on('error', () => client.destroy());
    const tcp = connections.beneath(request.socket)?.tcp;
    answerConnect(options, { number: connects.length, request, client, head, tcp, counts });
  });
  server.on('request', (request, response) => {
    requests.push(recorded(request));
    send(response, emptyAnswer(405, { allow: 'CONNECT' }));
  });

  const port = await listen(server, 0, host);
  const url = originOf(tls, host, port);
  return {
    url,
    authority: url.replace(/^https?:\/\//u, ''),
    connects,
    get tunnels() {
      return counts.tunnels;
    },
    requests,
    waitForConnects: (count) => arrivals.waitFor(count),
    close: () => stop(server, connections),
  };
}

interface Connect {
  number: number;
  request: IncomingMessage;
  client: Socket;
  head: Buffer;
  tcp: Socket | undefined;
  counts: { tunnels: number };
}

function answerConnect(options: ProxyOptions, asked: Connect): void {
  const { number, request, client, tcp } = asked;
  if (!isAllowed(request, options.credentials)) {
    const { challenge = 'Basic' } = options.credentials ?? {};
    client.end(refusal(407, ...(challenge === null ? [] : [`Proxy-Authenticate: ${challenge}`])));
    return;
  }
  const status = options.statusFor?.(number);
  if (status !== undefined) {
    client.end(refusal(status));
    return;
  }
  const { behave = 'tunnel' } = options;
  switch (behave) {
    case 'tunnel':
      tunnel(endpointOf(request, options.resolve), asked);
      break;
    case 'refuse':
      client.end(refusal(403));
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

function tunnel({ host, port }: Endpoint, { client, head, counts }: Connect): void {
  let connected = false;
  const upstream = connect(port, host, () => {
    connected = true;
    counts.tunnels += 1;
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  });
  upstream.on('error', () => {
    if (connected) client.destroy();
    else client.end(refusal(502));
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

function refusal(status: number, ...headers: string[]): string {
  const statusLine = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`;
  return [statusLine, ...headers, 'Content-Length: 0', '', ''].join('\r\n');
}

function recorded({ method = '', url = '', headers }: IncomingMessage): ProxyRequest {
  return { method, target: url, headers };
}
