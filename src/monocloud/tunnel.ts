import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/** A request that was opened but not yet sent, and the way to end all that belongs to it. */
export interface OpenRequest {
  readonly request: ClientRequest;
  /** Closes the request and a CONNECT that is still waiting; a finished one is left alone. */
  readonly destroy: () => void;
}

/**
 * Through a proxy, a try is two requests: its own, and the CONNECT that the proxy's agent sends first
 * and gives nobody a handle to. A proxy that never answers it would keep the process alive for ever.
 *
 * @returns a function that opens a request so that `destroy` ends both
 */
export function tunnelOpener(): (open: () => ClientRequest) => OpenRequest {
  const requestsOfTry = new AsyncLocalStorage<Set<ClientRequest>>();
  subscribe('http.client.request.created', (message) => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    const { request } = message;
    if (request instanceof ClientRequest) requestsOfTry.getStore()?.add(request);
  });
  return (open) => {
    const opened = new Set<ClientRequest>();
    return {
      request: requestsOfTry.run(opened, open),
      destroy: () => {
        for (const one of opened) one.destroy();
      },
    };
  };
}
