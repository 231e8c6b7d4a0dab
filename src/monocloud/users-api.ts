import { VERSION } from '../version.ts';
import { answerFrom, type Answer } from './answer.ts';
import type { ApiKey } from './api-key.ts';
import { Cancellation } from './cancellation.ts';
import { connectTo } from './connection.ts';
import { exchange } from './exchange.ts';
import { readUserRoute, removeUsernameRoute, type Route } from './routes.ts';
import type { TenantDomain } from './tenant-domain.ts';
import type { UserId } from './user-id.ts';

/** What this action may ask MonoCloud, one request a call. No call rejects for what came back. */
export interface UsersApi {
  readonly removeUsername: (userId: UserId) => Promise<Answer>;
  readonly readUser: (userId: UserId) => Promise<Answer>;
}

export interface UsersApiSettings {
  readonly domain: TenantDomain;
  readonly apiKey: ApiKey;
  /** ms for one request, from connecting to the last byte of the body. */
  readonly timeout: number;
  /** Ends the requests under way, and lets no other begin. */
  readonly cancelled: AbortSignal;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
}

export function connectUsersApi(settings: UsersApiSettings): UsersApi {
  const { domain, apiKey, timeout, now } = settings;
  const limits = { timeout, cancellation: new Cancellation(settings.cancelled) };
  const connection = connectTo(domain);
  const headers = {
    Accept: 'application/json, application/problem+json',
    'Accept-Encoding': 'identity',
    'User-Agent': `monocloud-remove-username/${VERSION}`,
    'X-API-Key': apiKey.reveal(),
  };
  const ask = async (route: Route): Promise<Answer> =>
    answerFrom(await exchange(connection, route, headers, limits), now());
  return {
    removeUsername: (userId) => ask(removeUsernameRoute(userId)),
    readUser: (userId) => ask(readUserRoute(userId)),
  };
}
