import { isIP } from 'node:net';
import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy';
import { UserError } from '../user-error.ts';

/**
 * The proxy that the environment asks for (`HTTPS_PROXY`, `NO_PROXY`, in either case).
 *
 * @returns undefined where there is to be none
 * @throws UserError for one that the HTTP client would pass over without a word
 */
export function proxyFor(origin: string): URL | undefined {
  const url = new URL(origin);
  const given = process.env['https_proxy'] ?? '';
  const wanted = given === '' ? (process.env['HTTPS_PROXY'] ?? '') : given;
  if (url.protocol !== 'https:' || wanted === '' || checkBypass(url)) return undefined;
  const proxy = read(url);
  if (proxy !== undefined && proxy.hostname !== '' && /^https?:$/u.test(proxy.protocol)) {
    return proxy;
  }
  throw new UserError(
    'Unusable proxy',
    'HTTPS_PROXY is not the URL of a proxy such as http://proxy.example.com:3128, and going past ' +
      'it is not what was asked for. Nothing was sent.',
  );
}

/**
 * What has to be added to the client's settings for its proxy: it would ask a proxy that is spoken
 * to over TLS for a certificate of the tenant.
 */
export function proxyTlsOptions(proxy: URL): { readonly servername: string } {
  const host = proxy.hostname.replaceAll(/[[\]]/gu, '');
  // No server name goes to an IP address (RFC 6066 §3); Node then checks against the address.
  return { servername: isIP(host) === 0 ? host : '' };
}

function read(url: URL): URL | undefined {
  try {
    return getProxyUrl(url);
  } catch {
    return undefined;
  }
}
