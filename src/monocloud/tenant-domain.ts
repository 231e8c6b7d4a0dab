import { isIP, isIPv4 } from 'node:net';
import type { Checked } from './checked.ts';

const SHAPE =
  /^(?:(?<scheme>https?):\/\/)?(?<host>\[[\da-f:]+\]|[a-z\d.-]+)(?::(?<port>[1-9]\d{0,4}))?\/?$/iu;
const LABEL = /^(?!-)[a-z\d-]{1,63}(?<!-)$/u;
const LONGEST_HOST_NAME = 253;
const HIGHEST_PORT = 65_535;

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
   * nothing is guessed: anything that parsers could read in two ways is refused, and what the URL
   * parser made of it is compared with what was asked for.
   */
  static check(text: string): Checked<TenantDomain> {
    if (text === '') return { wrong: 'is empty' };
    const parts = SHAPE.exec(text)?.groups;
    if (parts === undefined) return { wrong: complaint(text) };

    const scheme = (parts['scheme'] ?? 'https').toLowerCase();
    const host = (parts['host'] ?? '').toLowerCase();
    const port = Number(parts['port'] ?? defaultPort(scheme));
    if (port > HIGHEST_PORT) return { wrong: `has port ${port}; the highest is ${HIGHEST_PORT}` };
    if (scheme === 'http' && !OWN_MACHINE.has(host)) {
      return { wrong: 'asks for http://, which would send the key in the clear' };
    }
    const wrong = hostComplaint(host);
    if (wrong !== undefined) return { wrong };

    const url = URL.parse(`${scheme}://${host}:${port}/`);
    const parsedPort = Number(url?.port === '' ? defaultPort(scheme) : url?.port);
    if (url?.hostname !== host || parsedPort !== port || url.pathname !== '/') {
      return { wrong: 'is not a host name that a URL reads as it is written' };
    }
    return { value: new TenantDomain(url, port) };
  }
}

function hostComplaint(host: string): string | undefined {
  const address = withoutBrackets(host);
  if (isIP(address) !== 0) {
    const loopback = isIPv4(address) ? address.startsWith('127.') : host === '[::1]';
    return loopback ? undefined : 'is an IP address; certificates and tenants go by name';
  }
  const labels = host.split('.');
  if (host.length > LONGEST_HOST_NAME || !labels.every((label) => LABEL.test(label))) {
    return 'is not a host name';
  }
  // The URL standard reads a last label of digits as an IP address, in ways that surprise.
  if (/^(?:\d+|0x[\da-f]*)$/u.test(labels.at(-1) ?? '')) return 'ends like an IP address';
  return undefined;
}

/** Only wording: what was not matched by `SHAPE` is refused whatever this finds. */
function complaint(text: string): string {
  if (/\s/u.test(text)) return 'has white space';
  if (text.includes('\\')) return 'has a backslash';
  if (text.includes('@')) return 'has a user name or an @';
  if (/[?#]/u.test(text)) return 'has a query or a fragment';
  if (/[^\u0020-\u007E]/u.test(text)) return 'has characters outside of ASCII';
  if (/^[a-z][a-z\d+.-]*:\/\//iu.test(text) && !/^https?:\/\//iu.test(text)) {
    return 'has a scheme other than https://';
  }
  if (/\/./u.test(text.replace(/^https?:\/\//iu, ''))) return 'has a path';
  return 'is not a host name';
}

function defaultPort(scheme: string): number {
  return scheme === 'https' ? 443 : 80;
}

function withoutBrackets(host: string): string {
  return host.replaceAll(/[[\]]/gu, '');
}
