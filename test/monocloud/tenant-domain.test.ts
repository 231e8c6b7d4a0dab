import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TenantDomain } from '../../src/monocloud/tenant-domain.ts';

const hostLike = fc.stringMatching(
  /^(https?:\/\/)?[a-zA-Z0-9.\-[\]:]{0,24}(:[0-9]{0,6})?[/?#@\\ ]?$/u,
);

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
    expect(TenantDomain.check(text)).toMatchObject({ value: { origin, hostname, port, protocol } });
  });

  it('has a port up to 65535', () => {
    expect(TenantDomain.check('a.example:65535')).toMatchObject({ value: { port: 65_535 } });
    expect(TenantDomain.check('a.example:65536')).toEqual({
      wrong: 'has port 65536; the highest is 65535',
    });
  });

  it('may be as long as names can be, and end in letters and digits', () => {
    const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    expect(TenantDomain.check(longest)).toHaveProperty('value');
    expect(TenantDomain.check(`${longest}d`)).toEqual({ wrong: 'is not a host name' });
    for (const end of ['1a', 'a1', '0xg', 'g0x1']) {
      expect(TenantDomain.check(`acme.${end}`)).toHaveProperty('value');
    }
  });

  it.each([
    ['', /is empty/u],
    ['a.example/path', /path/u],
    ['a.example//', /path/u],
    ['a.example?q', /query/u],
    ['a.example#f', /fragment/u],
    ['user@a.example', /user name/u],
    ['https://a:b@a.example', /user name/u],
    ['a b.example', /white space/u],
    ['a.example\n', /white space/u],
    ['a.example\\', /backslash/u],
    ['münchen.example', /ASCII/u],
    ['a\u3002example', /ASCII/u],
    ['ftp://a.example', /scheme/u],
    ['http://a.example', /in the clear/u],
    ['http://127.0.0.2', /in the clear/u],
    ['http://localhost.example', /in the clear/u],
    ['10.0.0.1', /IP address/u],
    ['[2001:db8::1]', /IP address/u],
    ['[0:0:0:0:0:0:0:1]', /IP address/u],
    ['127.1', /IP address/u],
    ['0x7f.1', /IP address/u],
    ['a.0x7f', /IP address/u],
    ['2130706433', /IP address/u],
    ['a..example', /host name/u],
    ['a.example.', /host name/u],
    ['-a.example', /host name/u],
    [`${'a'.repeat(64)}.example`, /host name/u],
    [`${'a.'.repeat(127)}example`, /host name/u],
    ['a.example:0', /host name/u],
    ['a.example:65536', /highest is 65535/u],
    ['a.example:', /host name/u],
  ])('%j is refused', (text, wrong) => {
    const result = TenantDomain.check(text);
    expect('wrong' in result ? result.wrong : 'taken').toMatch(wrong);
  });

  it('is refused, or it is exactly where the URL leads', () => {
    fc.assert(
      fc.property(fc.oneof(hostLike, fc.webUrl(), fc.domain(), fc.string()), (text) => {
        const result = TenantDomain.check(text);
        if ('wrong' in result) return;
        const { origin, hostname, port, protocol, shown } = result.value;
        const asked = /^(?:https?:\/\/)?(?<host>\[.*\]|[^:/]*)(?::(?<port>\d+))?\/?$/iu.exec(text);
        const url = new URL(origin);
        expect(url.hostname.replaceAll(/[[\]]/gu, '')).toBe(hostname);
        expect(url.hostname).toBe(asked?.groups?.['host']?.toLowerCase());
        expect(url.protocol).toBe(protocol);
        expect(url.host).toBe(shown);
        expect(Number(url.port === '' ? { 'https:': 443, 'http:': 80 }[protocol] : url.port)).toBe(
          port,
        );
        const askedPort = asked?.groups?.['port'];
        if (askedPort !== undefined) expect(port).toBe(Number(askedPort));
        expect(`${url.username}${url.password}${url.search}${url.hash}`).toBe('');
        if (protocol === 'http:') expect(['localhost', '127.0.0.1', '::1']).toContain(hostname);
      }),
      { numRuns: 2000 },
    );
  });
});
