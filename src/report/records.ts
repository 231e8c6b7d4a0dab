import { VERSION } from '../monocloud/users-api.ts';
import { isNotDone, type StopReason, type UserResult } from '../removal/outcome.ts';
import type { Settings } from '../settings.ts';
import { problemJson } from './outputs.ts';
import type { Sanitizer } from './sanitize.ts';
import type { Tally } from './tally.ts';

/**
 * The report is JSON Lines: a `run` record, a `user` record as each user ends, and an `end` record.
 * It is made to be kept as evidence, so no profile is in it. All times are ms since the epoch.
 */
export function runRecord({ domain, dryRun, userIds, shard }: Settings, time: number): string {
  return JSON.stringify({
    type: 'run',
    version: VERSION,
    domain: domain.shown,
    dry_run: dryRun,
    users: userIds.length,
    shard: shard === undefined ? undefined : `${shard.index}/${shard.count}`,
    time: isoTime(time),
    run_url: runUrl(),
    actor: variable('GITHUB_ACTOR'),
  });
}

export function userRecord(result: UserResult, time: number, sanitizer: Sanitizer): string {
  const { userId, outcome, status, attempts } = result;
  const record = JSON.stringify({
    type: 'user',
    user_id: sanitizer.redact(userId),
    outcome,
    status,
    attempts,
    time: isoTime(time),
    ...(outcome === 'removed' && result.confirmedByRead && { confirmed_by_read: true }),
  });
  if (!isNotDone(result)) return record;
  // Put in as text: what the API sent stays as it was sent, big integers too.
  return `${record.slice(0, -1)},"problem":${onOneLine(problemJson(result, sanitizer))}}`;
}

export function endRecord(
  { counts }: Tally,
  stopReason: StopReason | undefined,
  time: number,
): string {
  return JSON.stringify({
    type: 'end',
    time: isoTime(time),
    outcomes: counts,
    stopped: stopReason,
  });
}

/** JSON on one line: a line break in JSON can only stand between tokens, never in a string. */
export function onOneLine(json: string): string {
  return json.replaceAll(/[\r\n]+/gu, ' ');
}

/** The page of this run, where the environment names one. */
function runUrl(): string | undefined {
  const server = variable('GITHUB_SERVER_URL');
  const repository = variable('GITHUB_REPOSITORY');
  const run = variable('GITHUB_RUN_ID');
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${run}`;
}

/** @returns a variable of the environment; undefined where it is empty */
function variable(name: string): string | undefined {
  const value = process.env[name] ?? '';
  return value === '' ? undefined : value;
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}
