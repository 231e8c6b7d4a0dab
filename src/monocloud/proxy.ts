import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { checkBypass } from '@actions/http-client/lib/proxy';
import type { TenantDomain } from './tenant-domain.ts';

/**
 * The proxy that the environment asks for (`HTTPS_PROXY`, `NO_PROXY`, in either case). The client of
 * the runner's toolkit decides whether to use it: Node's own `NO_PROXY` does not match the subdomains
 * of a bare domain.
 *
 * @returns undefined where there is to be none; `unusable` for a value that names no proxy, as going
 *   past it is not what was asked for
 */
export function proxyFor({ origin }: TenantDomain): URL | undefined | 'unusable' {
  const url = new URL(origin);
  const lowerCase = process.env['https_proxy'] ?? '';
  const value = lowerCase === '' ? (process.env['HTTPS_PROXY'] ?? '') : lowerCase;
  if (url.protocol !== 'https:' || value === '' || checkBypass(url)) return undefined;
  // Without a scheme `proxy.example.com:3128` would be a URL of the scheme `proxy.example.com`.
  const proxy = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(value) ? value : `http://${value}`);
  const isUsable = proxy !== null && proxy.hostname !== '' && /^https?:$/u.test(proxy.protocol);
  return isUsable ? proxy : 'unusable';
}

/**
 * Node's agent keeps tunnels through a proxy. It does not hand out the connection to the proxy while
 * CONNECT waits, which is needed to end it, and to know whether it was the proxy that failed.
 */
export class TenantAgent extends https.Agent {
  /** The connection that was opened last: to the proxy where there is one, otherwise to the tenant. */
  opened: Duplex | undefined;

  override createConnection(
    ...args: Parameters<https.Agent['createConnection']>
  ): ReturnType<https.Agent['createConnection']> {
    const connection = super.createConnection(...args);
    this.opened = connection ?? undefined;
    return connection;
  }
}

/**
 * Keeps connections to the tenant, through the proxy where there is one.
 *
 * @param timeoutMs the longest that a request may take
 */
export function agentFor(
  domain: TenantDomain,
  proxy: URL | undefined,
  timeoutMs: number,
): http.Agent {
  if (domain.protocol === 'http:') return new http.Agent({ keepAlive: true });
  if (proxy === undefined) return new TenantAgent({ keepAlive: true });
  // `timeout` ends a CONNECT that nobody answers: destroying the request does not.
  const proxyEnv = { https_proxy: proxy.href };
  return new TenantAgent({ keepAlive: true, timeout: timeoutMs, proxyEnv });
}
