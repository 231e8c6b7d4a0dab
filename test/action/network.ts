/** How an address connects: after so many ms, never, or not at all with an error of the system. */
export type Reach = number | 'never' | `E${string}`;

/**
 * A preload: a name server that gives every name these addresses, and a network that connects to
 * them as is said. `127.0.0.1` and `::1` are told apart by their family.
 */
export function networkOf(addresses: readonly (readonly ['127.0.0.1' | '::1', Reach])[]): string {
  return `
import dns from 'node:dns';
import { getSystemErrorMap } from 'node:util';
const addresses = ${JSON.stringify(addresses)};
dns.lookup = (host, options, callback) => {
  const all = addresses.map(([address]) => ({ address, family: address === '::1' ? 6 : 4 }));
  setImmediate(() =>
    options.all ? callback(null, all) : callback(null, all[0].address, all[0].family));
};
const errors = new Map([...getSystemErrorMap()].map(([number, [name]]) => [name, number]));
const { TCP } = process.binding('tcp_wrap');
const { close } = TCP.prototype;
const closed = new WeakSet();
TCP.prototype.close = function (...given) {
  closed.add(this);
  return close.apply(this, given);
};
for (const [method, family] of [['connect', '127.0.0.1'], ['connect6', '::1']]) {
  const connect = TCP.prototype[method];
  TCP.prototype[method] = function (...given) {
    const reach = addresses.find(([address]) => address === family)?.[1] ?? 0;
    if (reach === 'never') return 0;
    if (typeof reach === 'string') return errors.get(reach);
    setTimeout(() => closed.has(this) || connect.apply(this, given), reach);
    return 0;
  };
}
`;
}
