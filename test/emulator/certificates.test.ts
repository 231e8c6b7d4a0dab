import { beforeAll, describe, expect, it } from 'vitest';
import { makeCertificateAuthority, makeSelfSigned } from '../../emulator/certificates.ts';
import type { CertificateAuthority, ServerCertificate } from '../../emulator/certificates.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { ask } from './http-client.ts';

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await makeCertificateAuthority();
});

/** The status a client gets that trusts the authority and asks `host`. */
async function statusWith(tls: ServerCertificate, host = '127.0.0.1'): Promise<number> {
  const emulator = await startEmulator({ tls, ...(host === '::1' && { host }) });
  try {
    const name = host === '::1' ? '[::1]' : host;
    const url = `https://${name}:${emulator.port}/api/users/user-with-username`;
    const headers = { 'X-API-Key': emulator.apiKey };
    const { status } = await ask(url, { headers, ca: authority.certificate });
    return status;
  } finally {
    await emulator.close();
  }
}

describe('a client that trusts the authority', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('accepts its certificate for %s', async (host) => {
    expect(await statusWith(await authority.issue({ hosts: [host] }), host)).toBe(200);
  });

  it('refuses a certificate for other hosts', async () => {
    const tls = await authority.issue({ hosts: ['acme.test', '127.0.0.2'] });
    await expect(statusWith(tls)).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('refuses an expired certificate', async () => {
    const [notBefore, notAfter] = [new Date('2020-01-01'), new Date('2020-02-01')];
    const tls = await authority.issue({ hosts: ['127.0.0.1'], notBefore, notAfter });
    await expect(statusWith(tls)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
  });

  it('refuses a self-signed certificate', async () => {
    const tls = await makeSelfSigned({ hosts: ['127.0.0.1'] });
    await expect(statusWith(tls)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it('refuses a certificate of another authority', async () => {
    const other = await makeCertificateAuthority();
    const tls = await other.issue({ hosts: ['127.0.0.1'] });
    await expect(statusWith(tls)).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });
});
