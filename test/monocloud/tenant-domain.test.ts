import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TenantDomain } from '../../src/monocloud/tenant-domain.ts';
import { anyText } from '../any-text.ts';

const hostLike = fc.stringMatching(
  /^(https?:\/\/)?[a-zA-Z0-9.\-[\]:]{0,24}(:[0-9]{0,6})?[/?#@\\ ]?$/u,
);
const urlLike = fc.domain().map((host) => `https://${host}:8443/`);

describe('a domain', () => {
  it.each([
    ['acme.us.monocloud.com', 'https://acme.us.monocloud.com', 'acme.us.monocloud.com', 443],
    [
      'https://acme.us.monocloud.com/',
      'https://acme.us.monocloud.com',
      'acme.us.monocloud.com',
      443,
    ],
    [
      'ACME.us.MonoCloud.com:8443',
      'https://acme.us.monocloud.com:8443',
      'acme.us.monocloud.com',
      8443,
    ],
    ['http://localhost:80', 'http://localhost', 'localhost', 80],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000', '127.0.0.1', 3000],
    ['http://[::1]:3000', 'http://[::1]:3000', '::1', 3000],
    ['https://127.0.0.2', 'https://127.0.0.2', '127.0.0.2', 443],
    ['xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example', 'xn--mnchen-3ya.example', 443],
  ])('%s is taken as %s', (text, origin, hostname, port) => {
    const protocol = origin.startsWith('http:') ? 'http:' : 'https:';
    expect(TenantDomain.check(text)).toMatchObject({ origin, hostname, port, protocol });
  });

  it('has a port up to 65535', () => {
    expect(TenantDomain.check('a.example:65535')).toMatchObject({ port: 65_535 });
    expect(TenantDomain.check('a.example:65536')).toBe('port');
  });

  it('may be as long as names can be, and end in letters and digits', () => {
    const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    expect(TenantDomain.check(longest)).toBeInstanceOf(TenantDomain);
    expect(TenantDomain.check(`${longest}d`)).toBe('not-a-host-name');
    for (const end of ['1a', 'a1', '0xg', 'g0x1']) {
      expect(TenantDomain.check(`acme.${end}`)).toBeInstanceOf(TenantDomain);
    }
  });

  it.each([
    ['', 'empty'],
    ['a.example/path', 'path'],
    ['a.example//', 'path'],
    ['//a.example', 'path'],
    ['https://https://a.example', 'path'],
    ['a.example?q', 'query'],
    ['a.example#f', 'query'],
    ['user@a.example', 'user-name'],
    ['https://a:b@a.example', 'user-name'],
    ['a b.example', 'white-space'],
    ['a.example\n', 'white-space'],
    ['a.example\\', 'backslash'],
    ['münchen.example', 'not-ascii'],
    ['a\u3002example', 'not-ascii'],
    ['ftp://a.example', 'scheme'],
    ['http://a.example', 'plain-http'],
    ['http://127.0.0.2', 'plain-http'],
    ['http://localhost.example', 'plain-http'],
    ['10.0.0.1', 'ip-address'],
    ['[2001:db8::1]', 'ip-address'],
    ['[0:0:0:0:0:0:0:1]', 'ip-address'],
    ['127.1', 'ends-like-ip-address'],
    ['0x7f.1', 'ends-like-ip-address'],
    ['a.0x7f', 'ends-like-ip-address'],
    ['2130706433', 'ends-like-ip-address'],
    ['a..example', 'not-a-host-name'],
    ['a.example.', 'not-a-host-name'],
    ['-a.example', 'not-a-host-name'],
    ['a_1.example', 'not-a-host-name'],
    [`${'a'.repeat(64)}.example`, 'not-a-host-name'],
    [`${'a.'.repeat(127)}example`, 'not-a-host-name'],
    ['a.example:0', 'not-a-host-name'],
    ['a.example:65536', 'port'],
    ['a.example:', 'not-a-host-name'],
  ])('%j is refused: %s', (text, fault) => {
    expect(TenantDomain.check(text)).toBe(fault);
  });

  it('is refused, or it is exactly where the URL leads', () => {
    fc.assert(
      fc.property(fc.oneof(hostLike, urlLike, fc.domain(), anyText), (text) => {
        const result = TenantDomain.check(text);
        if (!(result instanceof TenantDomain)) return true;
        const { origin, hostname, port, protocol, shown } = result;
        const asked = /^(?:https?:\/\/)?(?<host>\[.*\]|[^:/]*)(?::(?<port>\d+))?\/?$/iu.exec(text);
        const url = new URL(origin);
        const urlPort = url.port === '' ? { 'https:': 443, 'http:': 80 }[protocol] : url.port;
        return (
          url.hostname.replaceAll(/[[\]]/gu, '') === hostname &&
          url.hostname === asked?.groups?.['host']?.toLowerCase() &&
          url.protocol === protocol &&
          url.host === shown &&
          Number(urlPort) === port &&
          Number(asked.groups['port'] ?? port) === port &&
          `${url.username}${url.password}${url.search}${url.hash}` === '' &&
          (protocol === 'https:' || ['localhost', '127.0.0.1', '::1'].includes(hostname))
        );
      }),
      { numRuns: 2000 },
    );
  });
});
