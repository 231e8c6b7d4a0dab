import { isIP, isIPv4 } from 'node:net';

const SHAPE =
  /^(?:(?<scheme>https?):\/\/)?(?<host>\[[\da-f:]+\]|[a-z\d.-]+)(?::(?<port>[1-9]\d{0,4}))?\/?$/iu;
const LABEL = /^(?!-)[a-z\d-]{1,63}(?<!-)$/u;
const LONGEST_HOST_NAME = 253;
const HIGHEST_PORT = 65_535;

/** Why a text is not the domain of a tenant. */
export type DomainFault =
  | 'empty'
  | 'white-space'
  | 'backslash'
  | 'user-name'
  | 'query'
  | 'not-ascii'
  | 'scheme'
  | 'path'
  | 'port'
  | 'plain-http'
  | 'ip-address'
  | 'ends-like-ip-address'
  | 'not-a-host-name'
  | 'ambiguous';

/** Hosts that plain HTTP is allowed to, so that a workflow can be tried on its own machine. */
const OWN_MACHINE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where the tenant is reached: checked, parsed, and found to be what was asked for. */
export class TenantDomain {
  readonly protocol: 'https:' | 'http:';
  /** Host name or IP address, without the brackets of IPv6, as sockets and certificates want it. */
  readonly hostname: string;
  readonly port: number;
  /** As people read it: the host, and the port where it is not the usual one. */
  readonly shown: string;
  /** Scheme, host and port; no path. */
  readonly origin: string;

  private constructor(url: URL, port: number) {
    this.protocol = url.protocol === 'http:' ? 'http:' : 'https:';
    this.hostname = withoutBrackets(url.hostname);
    this.port = port;
    this.shown = url.host;
    this.origin = url.origin;
  }

  /**
   * Checks a tenant domain such as `acme.us.monocloud.com`. A key goes to whatever this returns, so
   * nothing is guessed: what parsers could read in two ways is refused, and what the URL parser made
   * of the text is compared with what was asked for.
   *
   * @returns the domain, or why the text is none
   */
  static check(text: string): TenantDomain | DomainFault {
    if (text === '') return 'empty';
    const parts = SHAPE.exec(text)?.groups;
    if (parts === undefined) return shapeFault(text);

    const scheme = (parts['scheme'] ?? 'https').toLowerCase();
    const host = (parts['host'] ?? '').toLowerCase();
    const port = Number(parts['port'] ?? defaultPort(scheme));
    if (port > HIGHEST_PORT) return 'port';
    if (scheme === 'http' && !OWN_MACHINE.has(host)) return 'plain-http';
    const fault = hostFault(host);
    if (fault !== undefined) return fault;

    const url = URL.parse(`${scheme}://${host}:${port}/`);
    const parsedPort = Number(url?.port === '' ? defaultPort(scheme) : url?.port);
    if (url?.hostname !== host || parsedPort !== port || url.pathname !== '/') return 'ambiguous';
    return new TenantDomain(url, port);
  }
}

function hostFault(host: string): DomainFault | undefined {
  const address = withoutBrackets(host);
  if (isIP(address) !== 0) {
    const isLoopback = isIPv4(address) ? address.startsWith('127.') : host === '[::1]';
    return isLoopback ? undefined : 'ip-address';
  }
  const labels = host.split('.');
  if (host.length > LONGEST_HOST_NAME || !labels.every((label) => LABEL.test(label))) {
    return 'not-a-host-name';
  }
  // The URL standard reads a last label of digits as an IP address, in ways that surprise.
  return /^(?:\d+|0x[\da-f]*)$/u.test(labels.at(-1) ?? '') ? 'ends-like-ip-address' : undefined;
}

/** What does not match `SHAPE` is refused in any case; this only finds the words for it. */
function shapeFault(text: string): DomainFault {
  if (/\s/u.test(text)) return 'white-space';
  if (text.includes('\\')) return 'backslash';
  if (text.includes('@')) return 'user-name';
  if (/[?#]/u.test(text)) return 'query';
  if (/[^\u0020-\u007E]/u.test(text)) return 'not-ascii';
  if (/^[a-z][a-z\d+.-]*:\/\//iu.test(text) && !/^https?:\/\//iu.test(text)) return 'scheme';
  if (/\/./u.test(text.replace(/^https?:\/\//iu, ''))) return 'path';
  return 'not-a-host-name';
}

function defaultPort(scheme: string): number {
  return scheme === 'https' ? 443 : 80;
}

function withoutBrackets(host: string): string {
  return host.replaceAll(/[[\]]/gu, '');
}
