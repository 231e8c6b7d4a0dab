import type { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { Extension } from '@peculiar/x509';

// The certificate library finds its parts through a container that asks `Reflect` for decorator
// metadata, and refuses to load where that cannot be asked. Nothing used here carries any, so the
// answer "none" spares a polyfill. It has to be in place before the library is loaded.
for (const name of ['getMetadata', 'getOwnMetadata']) {
  if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value: () => undefined });
}

const x509 = await import('@peculiar/x509');

/** PEM text. */
export type Pem = string;

/** What a TLS server shows and keeps. */
export interface ServerCertificate {
  key: Pem;
  cert: Pem;
}

/** Whom a certificate is for and when it holds. */
export interface CertificateOptions {
  /** Host names and IP addresses. */
  hosts: string[];
  /** Default: an hour ago. */
  notBefore?: Date;
  /** Default: a day from now. */
  notAfter?: Date;
}

/** An authority of one's own, which only its certificate makes trusted. */
export interface CertificateAuthority {
  readonly certificate: Pem;
  issue(options: CertificateOptions): Promise<ServerCertificate>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR = 3_600_000;

/** Makes an authority whose key exists in this process only. */
export async function makeCertificateAuthority(): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Emulator CA',
    ...validity({}),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: authority.toString('pem'),
    issue: async (options) => {
      const own = await newKeys();
      const certificate = await x509.X509CertificateGenerator.create({
        subject: 'CN=Emulator',
        issuer: authority.subject,
        ...validity(options),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
          ...serverExtensions(options),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return { key: await privateKeyPem(own), cert: certificate.toString('pem') };
    },
  };
}

/** Makes a certificate that nobody vouches for but itself. */
export async function makeSelfSigned(options: CertificateOptions): Promise<ServerCertificate> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Emulator',
    ...validity(options),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: serverExtensions(options),
  });
  return { key: await privateKeyPem(keys), cert: certificate.toString('pem') };
}

function serverExtensions({ hosts }: CertificateOptions): Extension[] {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(
      hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host })),
    ),
  ];
}

function validity({
  notBefore = new Date(Date.now() - HOUR),
  notAfter = new Date(Date.now() + 24 * HOUR),
}: Partial<CertificateOptions>): { notBefore: Date; notAfter: Date } {
  return { notBefore, notAfter };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function privateKeyPem({ privateKey }: webcrypto.CryptoKeyPair): Promise<Pem> {
  return x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', privateKey),
    x509.PemConverter.PrivateKeyTag,
  );
}
