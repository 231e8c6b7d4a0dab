import type { ApiKey } from './api-key.ts';
import { Cancellation } from './send-request.ts';
import type { Failure } from './failure.ts';
import { HttpConnection, type HttpRequest } from './http.ts';
import { aboutUser, readResponse, type ApiResponse } from './response.ts';
import type { TenantDomain } from './tenant-domain.ts';
import type { UserId } from './user-id.ts';

/** The version in package.json, which a test compares with this one. */
export const VERSION = '1.0.0';

/** What this action may ask of MonoCloud, one attempt a call. No call rejects for what came back. */
export interface UsersApi {
  readonly removeUsername: (userId: UserId) => Promise<ApiResponse>;
  readonly readUser: (userId: UserId) => Promise<ApiResponse>;
}

export interface UsersApiSettings {
  readonly domain: TenantDomain;
  readonly apiKey: ApiKey;
  /** Undefined where the tenant is reached directly. */
  readonly proxy: URL | undefined;
  /** ms for one attempt, from connecting to the last byte of the body. */
  readonly timeoutMs: number;
  /** Ends the requests in flight, and lets no other begin. */
  readonly cancelled: AbortSignal;
  /** ms since the epoch; never goes backwards. */
  readonly now: () => number;
}

/** The two routes that this action may use, and their methods. There is no way to name a third. */
type Route = Pick<HttpRequest, 'method' | 'path'>;

/** ms: Node's own limit for each address of a host, with which an attempt begins. */
const FIRST_ADDRESS_TIMEOUT_MS = 250;
/** Each time that no address of the host connects within its limit, the limit grows by this. */
const ADDRESS_TIMEOUT_FACTOR = 4;

export function connectUsersApi(settings: UsersApiSettings): UsersApi {
  const { domain, apiKey, proxy, timeoutMs, cancelled, now } = settings;
  const cancellation = new Cancellation(cancelled);
  const connection = new HttpConnection(domain, proxy, timeoutMs, cancellation);
  const headers = {
    Accept: 'application/json, application/problem+json',
    'Accept-Encoding': 'identity',
    'User-Agent': `monocloud-remove-username/${VERSION}`,
    'X-API-Key': apiKey.reveal(),
  };

  /**
   * One attempt. It has one deadline, and takes a second request where the first could not tell: on a
   * connection that the server had closed already, and to the next address of a slow host.
   */
  const attempt = async (route: Route, userId: UserId): Promise<ApiResponse> => {
    const deadline = now() + timeoutMs;
    let addressTimeoutMs = FIRST_ADDRESS_TIMEOUT_MS;
    let sentTwice = false;
    for (;;) {
      const leftMs = Math.max(1, deadline - now());
      const result = await connection.send({
        ...route,
        headers,
        timeoutMs: leftMs,
        addressTimeoutMs,
      });
      if (result.kind === 'failure') {
        const { failure, staleConnection } = result;
        if (staleConnection && !sentTwice) {
          connection.dropIdleConnections();
          sentTwice = true;
        } else if (isSlowAddress(failure) && addressTimeoutMs < deadline - now()) {
          addressTimeoutMs *= ADDRESS_TIMEOUT_FACTOR;
        } else {
          return { kind: 'no-response', failure, sentTwice };
        }
        continue;
      }

      const response = readResponse(result, now());
      const isMismatch = response.kind === 'profile' && response.profile.userId !== userId;
      if (isMismatch && result.onKeptConnection) {
        // The response may belong to an earlier request. A reading is sent again; of a removal, the
        // own response is lost.
        result.dropConnection();
        if (route.method === 'DELETE') {
          return { kind: 'no-response', failure: mismatchAt(domain), sentTwice };
        }
        connection.dropIdleConnections();
        sentTwice = true;
        continue;
      }
      if (route.method === 'DELETE') return { ...response, sentTwice };
      return { ...aboutUser(response, userId), sentTwice };
    }
  };

  return {
    removeUsername: (userId) => attempt(removeUsernameRoute(userId), userId),
    readUser: (userId) => attempt(readUserRoute(userId), userId),
  };
}

/** `DELETE /api/users/{user_id}/username`: removes the username. */
export function removeUsernameRoute(userId: UserId): Route {
  const path = `/api/users/${encodeURIComponent(userId)}/username`;
  assertPath(path, /^\/api\/users\/[^/]+\/username$/u);
  return { method: 'DELETE', path };
}

/** `GET /api/users/{user_id}`: reads the profile. */
export function readUserRoute(userId: UserId): Route {
  const path = `/api/users/${encodeURIComponent(userId)}`;
  assertPath(path, /^\/api\/users\/[^/]+$/u);
  return { method: 'GET', path };
}

/**
 * The last check before a request leaves: `DELETE /api/users/{id}` deletes a user for good, so a path
 * that a server or proxy could read as another one is a bug that must end the step.
 */
function assertPath(path: string, expected: RegExp): void {
  const asParsed = new URL(path, 'https://path.invalid').pathname;
  if (asParsed !== path || !expected.test(path)) {
    throw new Error('The path of a request is not the one that was asked for.');
  }
}

/** None of the addresses of a host was given enough time to connect. */
function isSlowAddress({ cause, mayHaveReached, code }: Failure): boolean {
  return cause === 'timed-out' && !mayHaveReached && code === 'ETIMEDOUT';
}

function mismatchAt({ shown: host }: TenantDomain): Failure {
  return { cause: 'response-mismatch', peer: 'tenant', host, mayHaveReached: true, code: '' };
}
