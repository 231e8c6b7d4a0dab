/**
 * `@actions/http-client` asks for undici only in `getAgentDispatcher()`, which is for `fetch`. This
 * action reaches proxies through `getAgent()`. Should anything ever need the real one, it fails here
 * instead of connecting past a proxy.
 */
export function ProxyAgent() {
  throw new Error('undici is not part of this bundle.');
}
