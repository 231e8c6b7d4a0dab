import type { Profile } from '../monocloud/response.ts';
import type { NotDone, StopReason, UserResult } from '../removal/outcome.ts';
import type { AttemptObserver } from '../removal/retry.ts';
import type { Settings } from '../settings.ts';
import type { StepLog } from './log.ts';
import {
  CONFIRMED_RESULT,
  IGNORED_RESULT,
  LINES,
  NOT_DONE_TITLES,
  NOT_READ_RESULT,
  NOT_READ_TITLE,
  NOTES,
  RESULTS,
  type Message,
} from './messages.ts';
import type { FileInput } from './report-file.ts';
import type { Tally } from './tally.ts';
import { count, duration, fill } from './text.ts';
import { notDoneText, responseText, resultsText, stopMessage } from './wording.ts';

/** So many failures are named one by one; the runner shows 10 annotations of a kind. */
const MAX_NAMED_FAILURES = 8;
/** So many retries of a step are listed one by one: a bad day must not fill the log. */
const MAX_LISTED_RETRIES = 50;
/** ms: the shortest and longest time between two lines of progress. */
const MIN_INTERVAL_MS = 5000;
const MAX_INTERVAL_MS = 120_000;
/** In between, a line each time that this part of the time so far has passed. */
const PART_OF_AGE = 1 / 20;

/** What is about to happen. */
export function announceStart(settings: Settings, reportFile: string, log: StepLog): void {
  const { userIds, domain, dryRun, taken, shard } = settings;
  if (taken !== undefined) log.info(fill(LINES.taken, { ...taken }));
  if (shard !== undefined) log.info(fill(LINES.shard, { shard: `${shard.index}/${shard.count}` }));
  log.info(fill(LINES.report, { file: reportFile }));
  if (userIds.length === 0) {
    log.annotate('notice', nothingToDo(settings));
    return;
  }
  const users = count(userIds.length, 'user');
  log.info(fill(dryRun ? LINES.previewing : LINES.removing, { users, domain: domain.shown }));
}

function nothingToDo({ taken, shard }: Settings): Message {
  if (shard === undefined || taken?.taken === 0) {
    return filled(NOTES.nothingLeft, { of: taken?.of ?? 0 });
  }
  return filled(NOTES.emptyShard, { shard: `${shard.index}/${shard.count}` });
}

/**
 * Logs the attempts of all users.
 *
 * @param retries further attempts that each user gets
 */
export function createAttemptObserver(retries: number, log: StepLog): AttemptObserver {
  let listed = 0;
  return {
    attempted: (user, kind, number, response, tookMs) =>
      log.debug(() =>
        fill(LINES.attempted, {
          user,
          kind,
          number,
          response: responseText(response),
          took: Math.round(tookMs),
        }),
      ),
    retrying: (user, attempt, response, waitMs) => {
      listed += 1;
      if (listed > MAX_LISTED_RETRIES) return;
      const wait = duration(waitMs);
      const values = { user, response: responseText(response), wait, attempt };
      log.info(fill(LINES.retrying, { ...values, attempts: retries + 1 }));
      if (listed === MAX_LISTED_RETRIES) log.info(LINES.noMoreRetries);
    },
  };
}

/** Warns of what is odd about one user's end. */
export function announceUser(result: UserResult, settings: Settings, log: StepLog): void {
  if ('profile' in result) warnOfProfile(result, result.profile, log);
  else if (settings.ignoreNotFound) warnOfBareNotFound(result, log);
}

/** What nothing else may have: the outputs hold only so many users. */
export function announceLostLine(
  { userId: user, outcome }: UserResult,
  input: FileInput,
  log: StepLog,
): void {
  if (outcome !== 'skipped') log.info(fill(LINES.lineLost, { user, outcome, input }));
}

function warnOfProfile(
  { userId: user, outcome }: UserResult,
  { hasUsername, userId: other }: Profile,
  log: StepLog,
): void {
  if (outcome === 'removed' && hasUsername) {
    log.annotate('warning', filled(NOTES.stillShown, { user }));
  }
  if (other !== user) log.annotate('warning', filled(NOTES.otherUser, { user, other }));
}

/** Any web server answers 404: without problem details it may be that of a wrong domain. */
function warnOfBareNotFound(
  { userId: user, outcome, cause }: UserResult & NotDone,
  log: StepLog,
): void {
  if (outcome !== 'not-found') return;
  if (cause.kind === 'error' && cause.reason.kind === 'problem') return;
  log.annotate('warning', filled(NOTES.bareNotFound, { user }));
}

/** The first failures by name, how many more there are, and why the step stopped. */
export function announceFailures(
  tally: Tally,
  settings: Settings,
  stopReason: StopReason | undefined,
  log: StepLog,
): void {
  const named = tally.failures
    .flatMap((failure) => {
      const { outcome } = failure;
      if (outcome === 'skipped') return [];
      const isNotRead = settings.dryRun && outcome === 'failed';
      const title = isNotRead ? NOT_READ_TITLE : NOT_DONE_TITLES[outcome];
      return [{ title, text: notDoneText(failure, settings) }];
    })
    .slice(0, MAX_NAMED_FAILURES);
  for (const message of named) log.annotate('error', message);
  const skipped = tally.count('skipped');
  const more = tally.failed - skipped - named.length;
  if (more > 0) {
    log.annotate('error', filled(NOTES.moreFailures, { count: count(more, 'more user') }));
  }
  const stop = stopMessage(stopReason, skipped);
  if (stop !== undefined) log.annotate('error', stop);
  const missing = tally.count('not-found');
  if (settings.ignoreNotFound && tally.users > 1 && missing === tally.users) {
    log.annotate('warning', filled(NOTES.nobodyFound, { count: missing }));
  }
}

/** @returns the last line of the log: what the step came to */
export function resultLine(
  tally: Tally,
  settings: Settings,
  result: UserResult | undefined,
  elapsedMs: number,
): string {
  if (tally.users === 0) return LINES.nothingDone;
  if (tally.users === 1 && result !== undefined) {
    return fill(oneResult(tally, settings, result), { user: result.userId });
  }
  const { users, failed } = tally;
  return resultsText(tally.counts, { users, failed, dryRun: settings.dryRun, elapsedMs });
}

function oneResult(tally: Tally, { dryRun }: Settings, result: UserResult): string {
  const { outcome } = result;
  if (outcome === 'removed' && result.confirmedByRead) return CONFIRMED_RESULT;
  if (outcome === 'not-found' && !tally.isFailure(result)) return IGNORED_RESULT;
  if (outcome === 'failed' && dryRun) return NOT_READ_RESULT;
  return RESULTS[outcome];
}

/** One line on how far the work is. @param elapsedMs since it began */
export function progressLine(
  { ended, users, failed }: Pick<Tally, 'ended' | 'users' | 'failed'>,
  elapsedMs: number,
): string {
  const perSecond = elapsedMs > 0 ? ended / (elapsedMs / 1000) : 0;
  const leftMs = (1000 * (users - ended)) / perSecond;
  return fill(LINES.progress, {
    ended,
    users,
    // Those that have not ended count as failed until then.
    failed: failed - (users - ended),
    perSecond: Math.round(perSecond * 10) / 10,
    left: perSecond > 0 ? fill(LINES.timeLeft, { left: duration(leftMs) }) : '',
  });
}

/**
 * Calls back now and then: often at first, more seldom the longer it takes, so that hours of work do
 * not fill the log. Does not keep the process alive.
 *
 * @param now ms
 * @param tick gets the ms since the start
 * @returns a function that ends it
 */
export function startTicker(now: () => number, tick: (elapsedMs: number) => void): () => void {
  const startedAt = now();
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const waitMs = (now() - startedAt) * PART_OF_AGE;
    timer = setTimeout(
      () => {
        tick(now() - startedAt);
        next();
      },
      Math.min(MAX_INTERVAL_MS, Math.max(MIN_INTERVAL_MS, waitMs)),
    ).unref();
  };
  next();
  return () => clearTimeout(timer);
}

function filled(
  { title, text }: Message,
  values: Readonly<Record<string, string | number>>,
): Message {
  return { title, text: fill(text, values) };
}
