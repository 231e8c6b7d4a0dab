import { networkInterfaces } from 'node:os';

/** Whether this machine has the IPv6 loopback; containers often have none. */
export const hasIpv6 = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .some(({ address }) => address === '::1');
