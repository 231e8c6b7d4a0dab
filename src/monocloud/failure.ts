/** Why no complete response came. */
export type FailureCause =
  | 'connection-refused'
  | 'connection-lost'
  | 'timed-out'
  | 'response-incomplete'
  | 'response-mismatch'
  | 'tls'
  | 'unknown-host'
  | 'lookup-failed'
  | 'not-http'
  | 'headers-too-large'
  | 'proxy-refused'
  | 'proxy-unavailable'
  | 'no-final-response'
  | 'cancelled';

export interface Failure {
  readonly cause: FailureCause;
  /** Which of the two the connection failed with. */
  readonly peer: 'tenant' | 'proxy';
  /** Host of that peer. */
  readonly host: string;
  /**
   * Whether the request may have reached the server, so that it may have taken effect. Where not, the
   * key was not sent to it either.
   */
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
  ['EAI_AGAIN', 'lookup-failed'],
  ['ETIMEDOUT', 'timed-out'],
  ['ENOTFOUND', 'unknown-host'],
  ['EAI_NODATA', 'unknown-host'],
  ['EAI_NONAME', 'unknown-host'],
  ['EPROTO', 'tls'],
  ['HPE_HEADER_OVERFLOW', 'headers-too-large'],
]);

/** The reasons for which OpenSSL rejects a certificate, as Node names them. */
const CERTIFICATE_CODE =
  /CERT|CRL|SIGNATURE|ISSUER|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNSPECIFIED/u;

/** A proxy that answers CONNECT with one of these may let the next attempt through. */
const PASSING_PROXY_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Sorts an error that came before or in place of a response. */
export function causeOf(error: unknown): FailureCause {
  const code = errorCode(error);
  if (isTunnelError(error)) return tunnelCause(error);
  // Windows knows no such host in these words.
  if (code === 'ENOENT' && isLookUp(error)) return 'unknown-host';
  const known = CAUSES.get(code);
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return 'not-http';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || CERTIFICATE_CODE.test(code)) {
    return 'tls';
  }
  return 'connection-lost';
}

/**
 * @returns the code of an error, as in `ECONNRESET`; of several addresses that of a time-out, where
 *   there was one. Never the text: it may quote what came over the wire.
 */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.some((one) => isTimeout(one))) {
    return 'ETIMEDOUT';
  }
  if (!(error instanceof Error) || !('code' in error)) return 'no code';
  const { code } = error;
  return typeof code === 'string' && /^[\w-]{1,64}$/u.test(code) ? code : 'no code';
}

/** @returns whether the proxy did not open a tunnel */
export function isTunnelError(error: unknown): boolean {
  return errorCode(error) === 'ERR_PROXY_TUNNEL';
}

/** @returns the status with which a proxy refused CONNECT; undefined where it gave none */
export function proxyStatus(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && !Number.isNaN(status) ? status : undefined;
}

/** Node gives one code for all that can go wrong with CONNECT, and sets these beside it. */
function tunnelCause(error: unknown): FailureCause {
  if (!(error instanceof Error)) return 'connection-lost';
  if ('proxyTunnelTimeout' in error) return 'timed-out';
  if (!('statusCode' in error)) return 'connection-lost';
  // What came is no status line.
  if (Number.isNaN(error.statusCode)) return 'not-http';
  const status = proxyStatus(error);
  return status !== undefined && PASSING_PROXY_STATUSES.has(status)
    ? 'proxy-unavailable'
    : 'proxy-refused';
}

function isLookUp(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'getaddrinfo';
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
}
