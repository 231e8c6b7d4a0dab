import http, { type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import { HttpClient } from '@actions/http-client';
import { proxyFor, proxyTlsOptions } from './proxy.ts';
import type { TenantDomain } from './tenant-domain.ts';
import { tunnelOpener, type OpenRequest } from './tunnel.ts';

/**
 * Kept connections to one tenant, through the proxy that the environment asks for, if any. One that
 * has no request does not hold up the end of the process.
 */
export interface Connection {
  readonly open: (options: Pick<RequestOptions, 'method' | 'path' | 'headers'>) => OpenRequest;
}

/** @throws UserError where the environment asks for a proxy that cannot be used */
export function connectTo(domain: TenantDomain): Connection {
  const proxy = proxyFor(domain.origin);
  const agent = agentFor(domain.origin, proxy);
  const send = domain.protocol === 'https:' ? https.request : http.request;
  const opener = proxy === undefined ? openDirectly : tunnelOpener();
  const { hostname: host, port } = domain;
  return {
    open: (options) =>
      opener(() => send({ ...options, host, port, agent, rejectUnauthorized: true })),
  };
}

/** Without a proxy, the request is all there is to a try. */
function openDirectly(open: () => ClientRequest): OpenRequest {
  const request = open();
  return { request, destroy: () => request.destroy() };
}

/**
 * Of the client only its agents are used, which know how to go through a proxy: its `request()`
 * follows redirects with the key, and its `readBody()` waits for ever when a connection breaks.
 */
function agentFor(origin: string, proxy: URL | undefined): http.Agent {
  const agent: unknown = new HttpClient(undefined, [], { keepAlive: true }).getAgent(origin);
  if (!isAgent(agent)) throw new TypeError('The HTTP client gave no agent.');
  if (proxy !== undefined && 'proxyOptions' in agent && isObject(agent.proxyOptions)) {
    Object.assign(agent.proxyOptions, proxyTlsOptions(proxy));
  }
  return agent;
}

/** The client types its agents as `any`. The proxy's one is an agent by its shape alone. */
function isAgent(agent: unknown): agent is http.Agent {
  return isObject(agent) && 'addRequest' in agent;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
