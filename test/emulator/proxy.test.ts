import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificateAuthority } from '../../emulator/certificates.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { ask } from './http-client.ts';
import { startProxy } from '../../emulator/proxy.ts';
import type { Proxy, ProxyOptions } from '../../emulator/proxy.ts';
import { requestBytes, sendRaw, watch } from './raw-client.ts';
import type { RawConnection } from './raw-client.ts';

const TARGET = 'acme.us.monocloud.test:443';

let proxy: Proxy;
let socket: Socket | undefined;

afterEach(async () => {
  socket?.destroy();
  socket = undefined;
  await proxy.close();
});

/** Starts a proxy and asks it for a tunnel. */
async function ask443(options: ProxyOptions, headers = {}): Promise<RawConnection> {
  proxy = await startProxy(options);
  socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.write(requestBytes('CONNECT', TARGET, { Host: TARGET, ...headers }));
  return watch(socket);
}

function basic(text: string): { 'Proxy-Authorization': string } {
  return { 'Proxy-Authorization': `Basic ${Buffer.from(text).toString('base64')}` };
}

describe('a tunnel', () => {
  it('leads to where the name is resolved to, through which TLS works', async () => {
    const authority = await makeCertificateAuthority();
    const tls = await authority.issue({ hosts: ['acme.us.monocloud.test'] });
    const emulator = await startEmulator({ tls });
    const asked: unknown[] = [];
    const tunnel = await ask443({
      resolve: (host, port) => {
        asked.push([host, port]);
        return { host: '127.0.0.1', port: emulator.port };
      },
    });
    await tunnel.until((received) => received.startsWith('HTTP/1.1 200 '));
    expect(asked).toEqual([['acme.us.monocloud.test', 443]]);

    socket?.removeAllListeners('data');
    const [servername, ca] = ['acme.us.monocloud.test', authority.certificate];
    const secure = connectTls({ socket, servername, ca });
    await once(secure, 'secureConnect');
    secure.write(requestBytes('GET', '/api/users/x'));
    await watch(secure).until((received) => received.startsWith('HTTP/1.1 401 '));
    await emulator.close();
  });

  it('answers 502 where nobody listens', async () => {
    const tunnel = await ask443({ resolve: () => ({ host: '127.0.0.1', port: 1 }) });
    expect(await tunnel.ended).toBe('end');
    expect(tunnel.received()).toMatch(/^HTTP\/1\.1 502 /u);
  });

  it('is given for the right credentials', async () => {
    const emulator = await startEmulator();
    const tunnel = await ask443(
      {
        credentials: { user: 'u', password: 'p:w' },
        resolve: () => ({ host: '127.0.0.1', port: emulator.port }),
      },
      basic('u:p:w'),
    );
    await tunnel.until((received) => received.startsWith('HTTP/1.1 200 '));
    await emulator.close();
    expect(await tunnel.ended).toBe('end');
  });
});

describe('no tunnel', () => {
  it.each([{}, basic('u:wrong')])('for the credentials %j', async (headers) => {
    const tunnel = await ask443({ credentials: { user: 'u', password: 'p' } }, headers);
    await tunnel.ended;
    expect(tunnel.received()).toMatch(/^HTTP\/1\.1 407 .*\r\nProxy-Authenticate: Basic/u);
    expect(proxy.connects).toMatchObject([{ target: TARGET }]);
  });

  it.each([
    ['Negotiate', 'Proxy-Authenticate: Negotiate'],
    [null, 'Content-Length: 0'],
  ])('with the challenge %s', async (challenge, line) => {
    const tunnel = await ask443({ credentials: { user: 'u', password: 'p', challenge } });
    await tunnel.ended;
    expect(tunnel.received().split('\r\n')[1]).toBe(line);
    expect(proxy.tunnels).toBe(0);
  });

  it('where it refuses', async () => {
    const tunnel = await ask443({ behave: 'refuse' });
    await tunnel.ended;
    expect(tunnel.received()).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/u);
  });

  it('where it drops the connection', async () => {
    const tunnel = await ask443({ behave: 'drop' });
    expect(await tunnel.ended).toBe('reset');
    expect(tunnel.received()).toBe('');
  });

  it('where it talks garbage', async () => {
    const tunnel = await ask443({ behave: 'garbage' });
    await tunnel.ended;
    expect(tunnel.received()).toBe('220 this is not a proxy\r\n');
  });

  it('where it stalls', async () => {
    const tunnel = await ask443({ behave: 'stall' });
    await proxy.waitForConnects(1);
    await proxy.close();
    await tunnel.ended;
    expect(tunnel.received()).toBe('');
  });
});

describe('a CONNECT by its number', () => {
  it.each([429, 502, 503, 504])('can be answered %i', async (status) => {
    const emulator = await startEmulator();
    const [first, second] = [
      await ask443({
        statusFor: (number) => (number % 2 === 0 ? status : undefined),
        resolve: () => ({ host: '127.0.0.1', port: emulator.port }),
      }),
      sendRaw(Number(new URL(proxy.url).port), requestBytes('CONNECT', TARGET)),
    ];
    await second.ended;
    expect(second.received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`, 'u'));
    await first.until((received) => received.startsWith('HTTP/1.1 200 '));
    expect(proxy.connects).toHaveLength(2);
    expect(proxy.tunnels).toBe(1);
    await emulator.close();
  });
});

describe('the proxy', () => {
  it('listens on IPv6', async () => {
    proxy = await startProxy({ host: '::1' });
    expect(proxy.url).toBe(`http://${proxy.authority}`);
    expect(proxy.authority).toMatch(/^\[::1\]:\d+$/u);
    expect((await ask(proxy.url)).status).toBe(405);
  });

  it('records a request that is no CONNECT and does not pass it on', async () => {
    proxy = await startProxy();
    const { status } = await ask(`${proxy.url}/api/users/x`, { headers: { 'X-API-Key': 'k' } });
    expect(status).toBe(405);
    expect(proxy.connects).toEqual([]);
    expect(proxy.requests).toMatchObject([
      { method: 'GET', target: '/api/users/x', headers: { 'x-api-key': 'k' } },
    ]);
  });

  it('can itself be spoken to over TLS', async () => {
    const authority = await makeCertificateAuthority();
    proxy = await startProxy({ tls: await authority.issue({ hosts: ['127.0.0.1'] }) });
    expect(await ask(proxy.url, { ca: authority.certificate })).toMatchObject({ status: 405 });
  });
});
