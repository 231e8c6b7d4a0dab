import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import http, { ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import { HttpClient } from '@actions/http-client';
import { proxyFor, proxyTlsOptions } from './proxy.ts';
import type { TenantDomain } from './tenant-domain.ts';

/**
 * Every request that is opened on behalf of one try: the try's own, and, where a proxy is in
 * between, the CONNECT that the proxy's agent sends first and gives nobody a handle to. Without
 * this a proxy that never answers CONNECT would keep the process alive for ever.
 */
const requestsOfTry = new AsyncLocalStorage<Set<ClientRequest>>();

subscribe('http.client.request.created', (message) => {
  if (isObject(message) && 'request' in message) {
    const { request } = message;
    if (request instanceof ClientRequest) requestsOfTry.getStore()?.add(request);
  }
});

/** A request that was opened but not yet sent, and the way to end all that belongs to it. */
export interface OpenRequest {
  readonly request: ClientRequest;
  /** Closes the request and a CONNECT that is still waiting; a finished one is left alone. */
  readonly destroy: () => void;
}

/** Kept connections to one tenant, through the proxy that the environment asks for, if any. */
export interface Connection {
  readonly open: (options: Pick<RequestOptions, 'method' | 'path' | 'headers'>) => OpenRequest;
  /** Closes what was kept open, so that the process can end. */
  readonly close: () => void;
}

/** @throws UserError where the environment asks for a proxy that cannot be used */
export function connectTo(domain: TenantDomain): Connection {
  const agent = agentFor(domain.origin);
  const send = domain.protocol === 'https:' ? https.request : http.request;

  return {
    open: (options) => {
      const opened = new Set<ClientRequest>();
      const request = requestsOfTry.run(opened, () =>
        send({
          ...options,
          host: domain.hostname,
          port: domain.port,
          agent,
          rejectUnauthorized: true,
        }),
      );
      return {
        request,
        destroy: () => {
          for (const one of opened) one.destroy();
        },
      };
    },
    close: () => {
      // The proxy's agent keeps no idle connections and has nothing to close.
      if (agent instanceof http.Agent) agent.destroy();
    },
  };
}

/**
 * Of the client only its agents are used, which know how to go through a proxy: its `request()`
 * follows redirects with the key, and its `readBody()` waits for ever when a connection breaks.
 */
function agentFor(origin: string): http.Agent {
  const proxy = proxyFor(origin);
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
