import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import {
  makeCertificateAuthority,
  type CertificateAuthority,
} from '../../emulator/certificates.ts';
import { startProxy } from '../../emulator/proxy.ts';
import type { DomainFault } from '../../src/monocloud/tenant-domain.ts';
import { DOMAIN_FAULTS, VALUE_FAULTS } from '../../src/report/messages.ts';
import { expectRefused, inputMessage } from './refused-step.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { hasIpv6 } from './this-machine.ts';
import { trusting } from './trusting.ts';

const { right: RIGHT } = VALUE_FAULTS.domain;

const REFUSED: readonly (readonly [domain: string, fault: DomainFault])[] = [
  ['acme.us.monocloud.com/api', 'path'],
  ['acme.us.monocloud.com?a=b', 'query'],
  ['acme.us.monocloud.com@evil.example', 'user-name'],
  ['acme us.monocloud.com', 'white-space'],
  [String.raw`acme.us.monocloud.com\evil.example`, 'backslash'],
  ['acme.us.monocloud.com\u200B', 'not-ascii'],
  ['http://acme.us.monocloud.com', 'plain-http'],
  ['ftp://acme.us.monocloud.com', 'scheme'],
  ['192.0.2.1', 'ip-address'],
  ['[::ffff:192.0.2.1]', 'not-a-host-name'],
  ['127.1', 'ends-like-ip-address'],
  ['acme.us.monocloud.com:65536', 'port'],
  ['<your-domain>', 'not-a-host-name'],
];

describe('a domain that is refused', () => {
  it.concurrent.for(REFUSED)('%s: %s', async ([domain, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain });
    const shown = domain.replaceAll('::', ': :').replace('\u200B', '');
    const wrong = `${DOMAIN_FAULTS[fault]}: \`${shown}\``;
    expectRefused(result, emulator, inputMessage('domain', wrong, RIGHT));
  });

  it.concurrent.for(['', '  '])('%j, which is none', async (domain, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain });
    expectRefused(result, emulator, inputMessage('domain', DOMAIN_FAULTS.empty, RIGHT));
  });

  it.concurrent('a name longer than a name can be', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain: `${'a.'.repeat(125)}test` });
    const wrong = `${DOMAIN_FAULTS['not-a-host-name']}: a text of 254 characters`;
    expectRefused(result, emulator, inputMessage('domain', wrong, RIGHT));
  });
});

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await makeCertificateAuthority();
});

type Form = readonly [host: string, form: string, asked: string];

/** Runs the action against an emulator at `host`, over TLS unless the form says `http:`. */
async function reach([host, form, asked]: Form, { onTestFinished }: TestContext): Promise<void> {
  const isPlain = /^\s*http:/iu.test(form);
  const tls = await authority.issue({ hosts: [host, 'localhost'] });
  const { emulator, run } = await scenario({ host, ...(!isPlain && { tls }) }, onTestFinished);
  const withPort = (text: string): string => text.replace('PORT', String(emulator.port));
  const result = await run({ ...ONE_USER, domain: withPort(form) }, trusting(authority));
  expect(result.exitCode).toBe(0);
  expect(emulator.requests.map(({ headers }) => headers['host'])).toEqual([withPort(asked)]);
  expect(emulator.users.hasUsername('user-1')).toBe(false);
}

describe('a domain that is accepted', () => {
  it.concurrent.for([
    ['127.0.0.1', 'http://127.0.0.1:PORT', '127.0.0.1:PORT'],
    ['127.0.0.1', ' HTTP://127.0.0.1:PORT\n', '127.0.0.1:PORT'],
    ['127.0.0.1', 'http://localhost:PORT', 'localhost:PORT'],
    ['127.0.0.1', 'http://LocalHost:PORT/', 'localhost:PORT'],
    ['127.0.0.1', '127.0.0.1:PORT', '127.0.0.1:PORT'],
    ['127.0.0.1', 'https://127.0.0.1:PORT/', '127.0.0.1:PORT'],
    ['127.0.0.1', 'localhost:PORT/', 'localhost:PORT'],
  ] as const)('on the own machine: %s: %j', reach);

  it.skipIf(!hasIpv6).concurrent.for([
    ['::1', 'http://[::1]:PORT', '[::1]:PORT'],
    ['::1', 'HTTPS://[::1]:PORT', '[::1]:PORT'],
  ] as const)('on the own machine, where it has IPv6: %s: %j', reach);

  it.skipIf(process.platform === 'darwin')(
    'on the own machine: 127.0.0.2 (macOS has no such address)',
    { concurrent: true },
    (context) => reach(['127.0.0.2', '127.0.0.2:PORT', '127.0.0.2:PORT'], context),
  );

  it.concurrent.for([
    ['acme.us.monocloud.com', 'acme.us.monocloud.com', 443],
    ['https://ACME.us.MonoCloud.com/', 'acme.us.monocloud.com', 443],
    ['acme.us.monocloud.com:443', 'acme.us.monocloud.com', 443],
    ['acme.us.monocloud.com:8443/', 'acme.us.monocloud.com', 8443],
    ['login.acme.example', 'login.acme.example', 443],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example', 443],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`, 443],
  ] as const)('as a name: %s', async ([domain, host, port], { onTestFinished }) => {
    const tls = await authority.issue({ hosts: [host] });
    const { emulator, run } = await scenario({ tls }, onTestFinished);
    const proxy = await startProxy({
      resolve: () => ({ host: '127.0.0.1', port: emulator.port }),
    });
    onTestFinished(() => proxy.close());
    const { env, files } = trusting(authority);
    const result = await run(
      { ...ONE_USER, domain },
      {
        files,
        env: { ...env, HTTPS_PROXY: proxy.url },
      },
    );
    expect(result.exitCode).toBe(0);
    expect(proxy.connects.map(({ target }) => target)).toEqual([`${host}:${port}`]);
    expect(emulator.requests[0]?.headers['host']).toBe(port === 443 ? host : `${host}:${port}`);
  });
});
