import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { UserId } from '../../src/monocloud/user-id.ts';
import type { UserResult } from '../../src/removal/outcome.ts';
import {
  announceFailures,
  announceStart,
  announceUser,
  createAttemptObserver,
  progressLine,
  resultLine,
  startTicker,
} from '../../src/report/announcements.ts';
import { Tally } from '../../src/report/tally.ts';
import type { Settings } from '../../src/settings.ts';
import { failure, status, userId, userIds } from '../removal/scripted-api.ts';
import {
  errorResponse,
  found,
  keptLog,
  notDone,
  removed,
  settingsOf,
  type KeptLog,
} from './fixtures.ts';

const ADA = userId('ada');

function tallyOf(results: readonly UserResult[], settings: Partial<Settings> = {}): Tally {
  const tally = new Tally(settingsOf({ userIds: results.map((one) => one.userId), ...settings }));
  for (const [index, result] of results.entries()) tally.add(result, index);
  return tally;
}

/** A result for each of so many users. */
function many(count: number, make: (id: UserId) => UserResult): readonly UserResult[] {
  return userIds(count).map((id) => make(id));
}

function announcedStart(settings: Partial<Settings>): KeptLog {
  const log = keptLog();
  announceStart(settingsOf(settings), '/report.jsonl', log);
  return log;
}

function warningsAbout(result: UserResult, ignoreNotFound = true): readonly string[] {
  const log = keptLog();
  announceUser(result, settingsOf({ ignoreNotFound }), log);
  return log.titles;
}

function withProfile(hasUsername: boolean, other: string): UserResult {
  const profile = { text: '{}', userId: other, hasUsername };
  const result = { userId: ADA, status: 200, attempts: 1, profile };
  return { ...result, outcome: 'removed', confirmedByRead: false };
}

function announced(
  results: readonly UserResult[],
  stopReason?: Parameters<typeof announceFailures>[2],
  settings: Partial<Settings> = {},
): KeptLog {
  const log = keptLog();
  announceFailures(tallyOf(results, settings), settingsOf(settings), stopReason, log);
  return log;
}

function lineOf(results: readonly UserResult[], settings: Partial<Settings> = {}): string {
  const only = results.length === 1 ? results[0] : undefined;
  return resultLine(tallyOf(results, settings), settingsOf(settings), only, 12_340);
}

describe('the start', () => {
  it('says what is about to happen, and where the report is', () => {
    expect(announcedStart({ userIds: userIds(3) }).lines).toEqual([
      'Report: /report.jsonl',
      'Removing the username of 3 users at acme.test.',
    ]);
    expect(announcedStart({ userIds: userIds(1), dryRun: true }).lines).toEqual([
      'Report: /report.jsonl',
      'Dry run: reading 1 user at acme.test. Nothing is removed.',
    ]);
  });

  it('says how many were taken from a report, and which shard it is', () => {
    const settings = { taken: { taken: 2, of: 9 }, shard: { index: 1, count: 2 } };
    expect(announcedStart({ userIds: userIds(1), ...settings }).lines.slice(0, 2)).toEqual([
      'Took 2 of 9 users from the report: those that are still to be done.',
      'This is shard 1/2 of the list.',
    ]);
  });

  it.each([
    [{ taken: { taken: 0, of: 9 } }, 'Of the 9 users in the report, none is left to do.'],
    [
      { taken: { taken: 0, of: 9 }, shard: { index: 1, count: 2 } },
      'Of the 9 users in the report, none is left to do.',
    ],
    [{ shard: { index: 1, count: 2 } }, 'Shard 1/2 of the list has no users.'],
    [
      { taken: { taken: 1, of: 9 }, shard: { index: 1, count: 2 } },
      'Shard 1/2 of the list has no users.',
    ],
  ])('is a notice where there is nothing to do: %j', (settings, text) => {
    const { annotations, lines } = announcedStart(settings);
    expect(annotations).toEqual([{ kind: 'notice', title: 'Nothing to do', text }]);
    expect(lines.at(-1)).toBe('Report: /report.jsonl');
  });
});

describe('the attempts', () => {
  it('are in the log with step debugging, retries always', () => {
    const log = keptLog();
    const observer = createAttemptObserver(3, log);
    observer.attempted(ADA, 'attempt', 1, failure('timed-out', true), 1234.5);
    observer.retrying(ADA, 2, status(503), 1500);
    observer.attempted(ADA, 'reading', 1, status(404), 7);
    expect(log.lines).toEqual([
      'User ada, attempt 1: Timed out, 1235 ms',
      'User ada: 503 Service Unavailable. Trying again in 1.5 s (attempt 2 of 4).',
      'User ada, reading 1: 404 Not Found, 7 ms',
    ]);
  });

  it('are listed up to 50 retries', () => {
    const log = keptLog();
    const observer = createAttemptObserver(3, log);
    for (let count = 0; count < 70; count += 1) observer.retrying(ADA, 2, status(503), 1500);
    expect(log.lines).toHaveLength(51);
    expect(log.lines.at(-1)).toBe('Further retries are not listed.');
  });
});

describe('what is odd about a user', () => {
  it('is a warning', () => {
    expect(warningsAbout(withProfile(false, 'ada'))).toEqual([]);
    expect(warningsAbout(withProfile(true, 'ada'))).toEqual(['Profile still shows a username']);
    expect(warningsAbout(withProfile(false, 'bob'))).toEqual(['Profile names another user']);
    expect(warningsAbout(found(ADA, 'would-remove'))).toEqual([]);
  });

  it('is a 404 without problem details that is ignored', () => {
    const bare = notDone(ADA, 'not-found', errorResponse(404, '<html>'));
    expect(warningsAbout(bare)).toEqual(['Not found, without problem details']);
    expect(warningsAbout(bare, false)).toEqual([]);
    expect(warningsAbout(notDone(ADA, 'not-found', errorResponse(404)))).toEqual([]);
    expect(warningsAbout(notDone(ADA, 'failed', errorResponse(500, '')))).toEqual([]);
  });
});

describe('the failures', () => {
  it('have a title for each outcome', () => {
    const outcomes = ['not-found', 'failed', 'unconfirmed'] as const;
    const results = outcomes.map((outcome) => notDone(userId(outcome), outcome));
    expect(announced(results).titles).toEqual([
      'User not found',
      'Username not removed',
      'Removal not confirmed',
    ]);
    const dryRun = announced([notDone(ADA, 'failed')], undefined, { dryRun: true });
    expect(dryRun.titles).toEqual(['User not read']);
  });

  it('are named one by one up to 8, the others counted', () => {
    const { titles, annotations } = announced(many(12, (id) => notDone(id)));
    expect(titles).toHaveLength(9);
    expect(annotations.at(-1)).toMatchObject({
      kind: 'error',
      title: 'More users not done',
      text: '4 more users like these: see the report.',
    });
    expect(announced(many(8, (id) => notDone(id))).titles).toHaveLength(8);
  });

  it('have the stop where it left somebody out', () => {
    const skipped = many(3, (id) => notDone(id, 'skipped', { kind: 'not-sent' }));
    const results = [notDone(ADA), ...skipped];
    const { annotations } = announced(results, 'key-rejected');
    expect(annotations.slice(1)).toEqual([
      {
        kind: 'error',
        title: 'Stopped early',
        text: 'Stopped: the API does not accept the key for this. 3 users skipped.',
      },
    ]);
    expect(announced([notDone(ADA)], 'key-rejected').titles).toEqual(['Username not removed']);
    expect(announced([removed(ADA)], 'cancelled').titles).toEqual(['Cancelled']);
  });

  it('have a warning where nobody was found, and that is ignored', () => {
    const missing = many(3, (id) => notDone(id, 'not-found', errorResponse(404)));
    const ignoring = { ignoreNotFound: true };
    expect(announced(missing, undefined, ignoring).titles).toEqual(['No user found']);
    expect(announced(missing.slice(1, 2), undefined, ignoring).titles).toEqual([]);
    const one = [removed(ADA), ...missing];
    expect(announced(one, undefined, ignoring).titles).toEqual([]);
    expect(announced(missing).titles).not.toContain('No user found');
  });
});

describe('the last line', () => {
  it.each<readonly [UserResult, Partial<Settings>, string]>([
    [removed(ADA), {}, 'Done: the username of user ada is removed.'],
    [
      removed(ADA, '{}', true),
      {},
      'Done: the username of user ada is removed. Reading the user confirmed it.',
    ],
    [found(ADA, 'no-username'), {}, 'Done: user ada has no username.'],
    [
      found(ADA, 'would-remove'),
      { dryRun: true },
      'Dry run: user ada has a username, which would be removed.',
    ],
    [notDone(ADA, 'not-found'), {}, 'Failed: user ada does not exist.'],
    [
      notDone(ADA, 'not-found'),
      { ignoreNotFound: true },
      'Done: user ada does not exist, which `on-not-found: ignore` accepts.',
    ],
    [notDone(ADA), {}, 'Failed: the username of user ada was not removed.'],
    [notDone(ADA), { dryRun: true }, 'Failed: user ada could not be read.'],
    [
      notDone(ADA, 'unconfirmed'),
      {},
      'Failed: it is not known whether the username of user ada was removed.',
    ],
    [notDone(ADA, 'skipped'), {}, 'Failed: nothing was sent for user ada.'],
  ])('of one user %#', (result, settings, line) => {
    expect(lineOf([result], settings)).toBe(line);
  });

  it('of several users says how many came to what', () => {
    expect(lineOf(many(2, (id) => removed(id)))).toBe('Done after 12 s: 2 of 2 usernames removed.');
    const results = (['failed', 'failed', 'unconfirmed', 'skipped', 'not-found'] as const).map(
      (outcome, index) => notDone(userId(`user-${index}`), outcome),
    );
    expect(lineOf([removed(ADA), ...results])).toBe(
      'Failed, 5 users not done, after 12 s: 1 of 6 usernames removed, 1 not found, 2 failed, ' +
        '1 unconfirmed, 1 skipped.',
    );
    const previewed = [found(ADA, 'would-remove'), found(userId('bob'), 'no-username')];
    expect(lineOf(previewed, { dryRun: true })).toBe(
      'Dry run done after 12 s: 1 of 2 users would lose the username, 1 had no username.',
    );
  });

  it('of none says so', () => {
    expect(lineOf([])).toBe('Done: there was no user to do.');
  });
});

describe('the progress line', () => {
  it('says how far the work is', () => {
    const tally = new Tally(settingsOf({ userIds: userIds(100) }));
    for (const [index, id] of userIds(25).entries()) {
      tally.add(index === 3 ? notDone(id) : removed(id), index);
    }
    expect(progressLine(tally, 5000)).toBe(
      '25 of 100 users, 1 not done, 5 a second, about 15 s left.',
    );
  });

  it.each([0, 5000])('says nothing of the time left before the first user ended (%i ms)', (ms) => {
    const tally = new Tally(settingsOf({ userIds: userIds(3) }));
    expect(progressLine(tally, ms)).toBe('0 of 3 users, 0 not done, 0 a second.');
  });
});

describe('the ticker', () => {
  it('calls often at first, then more seldom, under 200 times in a day', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const times: number[] = [];
    const stop = startTicker(Date.now, (elapsedMs) => times.push(elapsedMs));
    vi.advanceTimersByTime(60_000);
    expect(times).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60].map((s) => s * 1000));
    vi.advanceTimersByTime(3 * 3_600_000);
    expect(times.length).toBeLessThan(200);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual(gaps.toSorted((one, other) => one - other));
    const before = times.length;
    stop();
    vi.advanceTimersByTime(3_600_000);
    expect(times).toHaveLength(before);
  });
});
