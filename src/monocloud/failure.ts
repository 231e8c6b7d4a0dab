/** Why no answer came. */
export type FailureCause =
  | 'connection-refused'
  | 'connection-reset'
  | 'timed-out'
  | 'body-broke-off'
  | 'tls'
  | 'unknown-host'
  | 'not-http'
  | 'proxy-refused'
  | 'no-final-answer'
  | 'cancelled';

export interface Failure {
  readonly cause: FailureCause;
  /** Whether the request may have reached the server, so that it may have taken effect. */
  readonly mayHaveReached: boolean;
  /** The code that Node, OpenSSL or the proxy gave, for a search engine; never free text. */
  readonly code: string;
}

/** Node's error codes before and while a connection is made, or when it ends. */
const CAUSES: ReadonlyMap<string, FailureCause> = new Map<string, FailureCause>([
  ['ECONNREFUSED', 'connection-refused'],
  ['EHOSTUNREACH', 'connection-refused'],
  ['ENETUNREACH', 'connection-refused'],
  ['EADDRNOTAVAIL', 'connection-refused'],
  ['EAI_AGAIN', 'connection-refused'],
  ['ETIMEDOUT', 'timed-out'],
  ['ENOTFOUND', 'unknown-host'],
  ['EAI_NODATA', 'unknown-host'],
  ['EAI_NONAME', 'unknown-host'],
  ['EPROTO', 'tls'],
]);

/** The reasons for which OpenSSL rejects a certificate, as Node names them. */
const CERTIFICATE_CODE =
  /CERT|CRL|SIGNATURE|ISSUER|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNSPECIFIED/u;

/** How the `tunnel` library words it when a proxy answers CONNECT with anything but 200. */
const PROXY_REFUSED = /^tunneling socket could not be established, statusCode=(?<status>\d+)/u;
const PROXY_FAILED = /^tunneling socket could not be established, cause=(?<cause>.*)/su;
const PROXY_GARBAGE = 'got illegal response body from proxy';

/**
 * Sorts what Node threw. The text of an error is not kept: it may quote what came over the wire.
 *
 * @param mayHaveReached whether the connection stood, so that the request may have been read
 * @param answering whether the headers of an answer had come
 */
export function failureFrom(error: unknown, mayHaveReached: boolean, answering: boolean): Failure {
  const message = error instanceof Error ? error.message : '';
  const refusal = PROXY_REFUSED.exec(message)?.groups?.['status'];
  if (refusal !== undefined) return proxyFailure('proxy-refused', refusal);
  if (message === PROXY_GARBAGE) return proxyFailure('proxy-refused', 'no tunnel');
  const proxyCause = PROXY_FAILED.exec(message)?.groups?.['cause'];
  if (proxyCause !== undefined) return failureOfProxy(proxyCause);

  const code = codeOf(error);
  if (answering) return { cause: 'body-broke-off', mayHaveReached: true, code };
  return { cause: causeOf(code), mayHaveReached, code };
}

function causeOf(code: string): FailureCause {
  if (code.startsWith('HPE_')) return 'not-http';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || CERTIFICATE_CODE.test(code)) {
    return 'tls';
  }
  return CAUSES.get(code) ?? 'connection-reset';
}

/** Whatever happens before the tunnel stands, the tenant has seen nothing of the request. */
function proxyFailure(cause: FailureCause, code: string): Failure {
  return { cause, mayHaveReached: false, code: `proxy: ${code}` };
}

/** The library keeps the message of what went wrong with the proxy, but not its code. */
function failureOfProxy(message: string): Failure {
  if (message.startsWith('Parse Error')) return proxyFailure('proxy-refused', 'not HTTP');
  const code = /\b(?:E[A-Z_]{3,}|ERR_[A-Z_]+)\b/u.exec(message)?.[0];
  if (code !== undefined) return proxyFailure(causeOf(code), code);
  const cause = /certificate|altname|SSL|TLS/iu.test(message) ? 'tls' : 'connection-reset';
  return proxyFailure(cause, cause === 'tls' ? 'TLS' : 'ECONNRESET');
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w-]{1,64}$/u.test(code) ? code : 'no code';
}
