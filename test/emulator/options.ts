import type { RateLimit } from './rate-limit.ts';
import type { UserSeed } from './users.ts';

export interface EmulatorOptions {
  /** PEM. Default: plain HTTP. */
  tls?: { key: string; cert: string };
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Default: random. */
  apiKey?: string;
  /** Keys that are answered 403. */
  forbiddenKeys?: Iterable<string>;
  /** Milliseconds before each answer, default 0. */
  latency?: number;
  /** Past it: 429 with `Retry-After`. Default: no limit. */
  rateLimit?: RateLimit;
  /** A number stands for that many users, `user-1` and on. Default: a few with telling ids. */
  users?: Iterable<UserSeed> | number;
  /** `false`: requests are counted but not kept, for long runs. Default `true`. */
  keepRequests?: boolean;
}
