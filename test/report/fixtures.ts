import { ApiKey } from '../../src/monocloud/api-key.ts';
import { parseProblem, type ErrorResponse } from '../../src/monocloud/response.ts';
import { TenantDomain } from '../../src/monocloud/tenant-domain.ts';
import type { UserId } from '../../src/monocloud/user-id.ts';
import {
  notDone as makeNotDone,
  type NotDone,
  type NotDoneCause,
  type UserResult,
} from '../../src/removal/outcome.ts';
import type { AnnotationKind, StepLog } from '../../src/report/log.ts';
import type { Message } from '../../src/report/messages.ts';
import type { Settings } from '../../src/settings.ts';

export const TITLE = '{"title":"Title","detail":"Detail"}';

export function removed(userId: UserId, text = '{}', confirmedByRead = false): UserResult {
  const profile = { text, userId, hasUsername: false };
  return { userId, outcome: 'removed', status: 200, attempts: 1, profile, confirmedByRead };
}

export function found(userId: UserId, outcome: 'would-remove' | 'no-username'): UserResult {
  const profile = { text: '{}', userId, hasUsername: outcome === 'would-remove' };
  return { userId, outcome, status: 200, attempts: 1, profile };
}

/** @param json what the server sent; where that is no JSON object, there are no problem details */
export function errorResponse(status: number, json = TITLE): ErrorResponse {
  const problem = parseProblem(json);
  const reason =
    problem === undefined
      ? ({ kind: 'without-problem' } as const)
      : ({ kind: 'problem', problem } as const);
  return { kind: 'error', status, reason, retryAfterMs: undefined };
}

export function notDone(
  userId: UserId,
  outcome: NotDone['outcome'] = 'failed',
  cause: NotDoneCause = errorResponse(500),
): UserResult & NotDone {
  return { userId, attempts: 1, ...makeNotDone(outcome, cause) };
}

export function settingsOf(settings: Partial<Settings> = {}): Settings {
  const domain = TenantDomain.check('acme.test');
  const apiKey = ApiKey.check('a-key-of-a-test');
  if (!(domain instanceof TenantDomain) || !(apiKey instanceof ApiKey)) throw new Error('settings');
  return {
    domain,
    apiKey,
    proxy: undefined,
    userIds: [],
    taken: undefined,
    shard: undefined,
    ignoreNotFound: false,
    ignoreNoUsername: false,
    dryRun: false,
    concurrency: 4,
    requestsPerSecond: undefined,
    retries: 3,
    timeoutMs: 30_000,
    maxRetryWaitMs: 120_000,
    userIdFile: undefined,
    reportFile: undefined,
    profilesFile: undefined,
    ...settings,
  };
}

export interface KeptLog extends StepLog {
  readonly lines: string[];
  readonly annotations: (Message & { readonly kind: AnnotationKind })[];
  readonly titles: readonly string[];
}

/** A log that keeps what it is given. */
export function keptLog(): KeptLog {
  const annotations: (Message & { readonly kind: AnnotationKind })[] = [];
  const lines: string[] = [];
  return {
    lines,
    annotations,
    get titles() {
      return annotations.map(({ title }) => title);
    },
    info: (text) => lines.push(text),
    debug: (text) => lines.push(text()),
    annotate: (kind, message) => annotations.push({ kind, ...message }),
    flush: () => {},
  };
}
