import type { Profile } from '../monocloud/profile.ts';
import type { UserId } from '../monocloud/user-id.ts';
import type { NotDone, UserResult } from '../removal/outcome.ts';
import type { StopReason } from '../removal/stop.ts';
import type { TryObserver } from '../removal/tries.ts';
import { isToldByUser, stopInWords } from './hints.ts';
import type { LineFile } from './line-file.ts';
import type { ReportSettings } from './report-settings.ts';
import { answerInWords, count, duration, headline, notDoneInWords } from './sentences.ts';
import type { StepLog } from './step-log.ts';
import type { Tally } from './tally.ts';

/** So many failures are named one by one; the runner shows 10 annotations of a kind. */
const NAMED_FAILURES = 8;
/** So many retries of a step are told one by one: a bad day must not fill the log. */
const TOLD_RETRIES = 50;

/** One line of what is about to happen. */
export function announceStart({ userIds, domain, dryRun }: ReportSettings, log: StepLog): void {
  const users = count(userIds.length, 'user');
  log.info(
    dryRun
      ? `Dry run: reading ${users} at ${domain.shown}. Nothing is removed.`
      : `Removing the username of ${users} at ${domain.shown}.`,
  );
}

/**
 * Tells of the tries of all users.
 *
 * @param retries further tries that each user gets
 */
export function tryAnnouncer(retries: number, log: StepLog): TryObserver {
  let told = 0;
  return {
    tried: (userId, attempt, answer, took) =>
      log.debug(() => `User ${userId}, try ${attempt}: ${answerInWords(answer)}, ${inMs(took)}`),
    read: (userId, answer, took) =>
      log.debug(() => `User ${userId}, reading: ${answerInWords(answer)}, ${inMs(took)}`),
    retrying: (userId, attempt, answer, wait) => {
      told += 1;
      if (told > TOLD_RETRIES) return;
      log.info(
        `User ${userId}: ${answerInWords(answer)}. Trying again in ${duration(wait)} ` +
          `(try ${attempt + 1} of ${retries + 1}).`,
      );
      if (told === TOLD_RETRIES) log.info('Further retries are not listed.');
    },
  };
}

function inMs(took: number): string {
  return `${Math.round(took)} ms`;
}

/** What one user came to. Of many, only what is odd is told. */
export function announceUser(result: UserResult, settings: ReportSettings, log: StepLog): void {
  if ('profile' in result) warnOfProfile(result.userId, result.outcome, result.profile, log);
  else if (settings.ignoreNotFound) warnOfBareNotFound(result, log);
  if (settings.userIds.length > 1) return;
  switch (result.outcome) {
    case 'removed': {
      const how = result.confirmedByRead ? ', confirmed by reading the user' : '';
      log.info(`User ${result.userId}: the username is removed${how}.`);
      break;
    }
    case 'would-remove':
      log.info(`User ${result.userId}: has a username, which would be removed.`);
      break;
    case 'no-username':
      log.info(`User ${result.userId}: has no username.`);
      break;
    case 'not-found':
      if (settings.ignoreNotFound) {
        log.info(`User ${result.userId}: does not exist, which \`on-not-found: ignore\` accepts.`);
      }
      break;
    case 'failed':
    case 'unconfirmed':
    case 'skipped':
      break;
  }
}

/** What nothing else may have: the outputs hold only so many users. Of one never sent, no word. */
export function announceLostLine(
  { userId, outcome }: UserResult,
  { input }: LineFile,
  log: StepLog,
): void {
  if (outcome === 'skipped') return;
  log.info(`User ${userId}: ${outcome}, but the line could not be written to \`${input}\`.`);
}

function warnOfProfile(
  userId: UserId,
  outcome: UserResult['outcome'],
  profile: Profile,
  log: StepLog,
): void {
  if (outcome === 'removed' && profile.hasUsername) {
    log.annotate(
      'warning',
      'Profile still shows a username',
      `User ${userId}: the API said that the username is removed, but the profile it sent still ` +
        'shows one. Look the user up if in doubt.',
    );
  }
  if (profile.userId !== undefined && profile.userId !== userId) {
    log.annotate(
      'warning',
      'Profile names another user',
      `User ${userId}: the profile that came back names another user id (${profile.userId}).`,
    );
  }
}

/** Any web server answers 404: without problem details it may be that of a wrong domain. */
function warnOfBareNotFound(
  { userId, outcome, problem }: UserResult & NotDone,
  log: StepLog,
): void {
  if (outcome !== 'not-found' || problem.sent !== undefined) return;
  log.annotate(
    'warning',
    'Not found, without problem details',
    `User ${userId}: the 404 came without MonoCloud’s problem details. It is ignored as asked; ` +
      'check that the domain is the one of your tenant.',
  );
}

export interface Result {
  readonly tally: Tally;
  readonly settings: ReportSettings;
  readonly stopReason: StopReason | undefined;
  /** ms */
  readonly elapsed: number;
  /** Absolute path. */
  readonly reportFile: string;
}

/** The first failures by name, how many more there are, and the result. */
export function announceResult(result: Result, log: StepLog): void {
  const { tally, settings, stopReason, reportFile } = result;
  const title = settings.dryRun ? 'User not read' : 'Username not removed';
  const named = tally.failures
    .filter(({ outcome }) => outcome !== 'skipped')
    .slice(0, NAMED_FAILURES);
  for (const failure of named) {
    log.annotate('error', title, notDoneInWords(failure, settings.maxRetryWait));
  }
  const skipped = tally.count('skipped');
  const more = tally.failed - skipped - named.length;
  if (more > 0) {
    log.annotate('error', title, `${count(more, 'more user')} like these: see the report.`);
  }
  // Where a stop left nobody out, the user that caused it has said why already.
  if (stopReason !== undefined && (skipped > 0 || !isToldByUser(stopReason))) {
    const rest = skipped === 0 ? '' : ` ${count(skipped, 'user')} skipped.`;
    log.annotate('error', 'Stopped early', `Stopped: ${stopInWords(stopReason)}.${rest}`);
  }
  log.info(`${resultInWords(result)}Report: ${reportFile}`);
}

/** What many users came to; of one, all has been told. */
function resultInWords({ tally, settings, elapsed }: Result): string {
  if (tally.users === 1) return '';
  const withoutUsername = tally.count('no-username');
  const missing = tally.count('not-found');
  const accepted = settings.ignoreNotFound ? ', which is accepted' : '';
  return [
    `${headline(tally, settings.dryRun)} in ${duration(elapsed)}.`,
    withoutUsername > 0 ? `${count(withoutUsername, 'user')} had no username.` : '',
    missing > 0 ? `${count(missing, 'user')} did not exist${accepted}.` : '',
    tally.failed > 0 ? `${count(tally.failed, 'user')} not done.` : '',
  ]
    .filter((part) => part !== '')
    .map((part) => `${part} `)
    .join('');
}
