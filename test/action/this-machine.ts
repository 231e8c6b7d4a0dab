import { networkInterfaces } from 'node:os';

/** Whether this machine has the IPv6 loopback; containers often have none. */
export const hasIpv6 = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .some(({ address }) => address === '::1');

/**
 * Where nobody listens. A port that was closed could be given to the next test; the system gives out
 * none that is this low.
 */
export const CLOSED_PORT = { authority: '127.0.0.1:1', origin: 'http://127.0.0.1:1' } as const;
