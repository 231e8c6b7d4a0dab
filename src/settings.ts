import type { ApiKey } from './monocloud/api-key.ts';
import type { TenantDomain } from './monocloud/tenant-domain.ts';
import type { UserId } from './monocloud/user-id.ts';

/** What a step was asked to do: every input checked once, and a type of its own from here on. */
export interface Settings {
  readonly domain: TenantDomain;
  readonly apiKey: ApiKey;
  /** The proxy of the runner; undefined where the tenant is reached directly. */
  readonly proxy: URL | undefined;
  /** Each once, in the order given; at most `max-users`. Empty only where `taken` or `shard` says why. */
  readonly userIds: readonly UserId[];
  /** Where the list came from reports of earlier runs. */
  readonly taken: TakenFromReports | undefined;
  readonly shard: Shard | undefined;
  /** `on-not-found: ignore` */
  readonly ignoreNotFound: boolean;
  /** `on-no-username: ignore` */
  readonly ignoreNoUsername: boolean;
  readonly dryRun: boolean;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Undefined where the workflow sets no limit. */
  readonly requestsPerSecond: number | undefined;
  /** Further attempts for one user. */
  readonly retries: number;
  /** ms for one attempt. */
  readonly timeoutMs: number;
  /** ms: the longest wait accepted when the API says when to come back. */
  readonly maxRetryWaitMs: number;
  /** Absolute; undefined where the list came with the input `user-id`. */
  readonly userIdFile: string | undefined;
  /** Absolute; undefined where the action chooses a place of its own. */
  readonly reportFile: string | undefined;
  /** Absolute; undefined where no profile is written to a file. */
  readonly profilesFile: string | undefined;
}

/** How many of the users of the reports were taken. */
export interface TakenFromReports {
  readonly taken: number;
  readonly of: number;
}

/** One part of a list that several jobs share. */
export interface Shard {
  /** From 1 up to `count`. */
  readonly index: number;
  readonly count: number;
}
