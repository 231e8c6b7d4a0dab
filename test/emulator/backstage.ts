import { randomBytes } from 'node:crypto';
import type { Tenant } from './api.ts';
import type { Connections } from './connections.ts';
import { FaultQueue } from './faults.ts';
import type { EmulatorOptions } from './options.ts';
import { RateLimiter } from './rate-limit.ts';
import { RequestLog } from './requests.ts';
import { EXAMPLE_USERS, UserStore, numberedUsers } from './users.ts';

/** What requests are answered with. */
export interface Backstage {
  tenant: Tenant;
  log: RequestLog;
  faults: FaultQueue;
  connections: Connections;
  limiter: RateLimiter | undefined;
  /** Milliseconds before each answer. */
  latency: number;
}

/** Everything as it is before the first request. */
export function makeBackstage(options: EmulatorOptions, connections: Connections): Backstage {
  const { users = EXAMPLE_USERS, rateLimit } = options;
  return {
    tenant: {
      users: new UserStore(typeof users === 'number' ? numberedUsers(users) : users),
      apiKey: options.apiKey ?? randomBytes(24).toString('hex'),
      forbiddenKeys: new Set(options.forbiddenKeys),
      deletedUsers: [],
    },
    log: new RequestLog(options.keepRequests ?? true),
    faults: new FaultQueue(),
    connections,
    limiter: rateLimit && new RateLimiter(rateLimit),
    latency: options.latency ?? 0,
  };
}
