import { describe, expect, it } from 'vitest';
import { STOPS } from '../../src/report/messages.ts';
import { outcomesOf, reportOf, userRecords } from './evidence.ts';
import { expectInSummary, expectStopped, times, userIdLines } from './many-users.ts';
import { requestedUsers } from './requests.ts';
import { scenario } from './scenario.ts';

const FIVE_SECONDS = 5000;

describe('cancelling many users', () => {
  it.concurrent('accounts for each of them truly', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ users: 500, latency: 2 }, onTestFinished);
    for (let number = 50; number < 58; number += 1) {
      emulator.misbehave(
        { kind: 'stall', where: 'headers', apply: number % 2 === 0 },
        { user: `user-${number}` },
      );
    }
    const step = start({
      'user-id': userIdLines(500),
      'max-users': '500',
      concurrency: '8',
    });
    // All eight that may be in flight are stuck by then.
    await emulator.waitForRequests(57);
    const cancelledAt = performance.now();
    step.cancel();
    const result = await step.finished;
    expect(performance.now() - cancelledAt).toBeLessThan(FIVE_SECONDS);
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'cancelled', stderr: '' });

    const outcomes = [
      ...times(49, 'removed'),
      ...times(8, 'unconfirmed'),
      ...times(443, 'skipped'),
    ];
    expect(outcomesOf(result)).toEqual(outcomes);
    expect(result.outputs).toMatchObject({
      profile: '',
      status: '',
      'removed-count': '49',
      'failed-count': '451',
    });
    expect(requestedUsers(emulator)).toHaveLength(57);
    const had = emulator.users.ids().map((id) => emulator.users.hasUsername(id));
    expect(had.slice(0, 49)).toEqual(times(49, false));
    expect(had.slice(57)).toEqual(times(443, true));

    const reported = new Map(userRecords(result).map((user) => [user['user_id'], user['outcome']]));
    expect(emulator.users.ids().map((id) => reported.get(id))).toEqual(outcomes);
    const counts = { removed: 49, unconfirmed: 8, skipped: 443 };
    expect(reportOf(result).at(-1)).toMatchObject({
      type: 'end',
      outcomes: counts,
      stopped: 'cancelled',
    });
    expectStopped(result, 'cancelled', 443);
    expect(result.summary).toContain(STOPS.cancelled.text);
    expectInSummary(result, counts);
  });

  it.concurrent('at full speed sends nothing more', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ users: 5000, watched: [] }, onTestFinished);
    const step = start({
      'user-id': userIdLines(5000),
      'max-users': '5000',
      concurrency: '16',
    });
    await emulator.waitForRequests(300);
    step.cancel();
    const result = await step.finished;
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'cancelled' });
    const users = userRecords(result);
    expect(users).toHaveLength(5000);
    const idsWith = (outcome: string): readonly string[] =>
      users.filter((user) => user['outcome'] === outcome).map((user) => String(user['user_id']));
    const removed = idsWith('removed');
    const unconfirmed = idsWith('unconfirmed');
    const skipped = idsWith('skipped');
    expect(removed.length + unconfirmed.length + skipped.length).toBe(5000);
    expect(unconfirmed.length).toBeLessThanOrEqual(16);
    expect(removed.filter((id) => emulator.users.hasUsername(id))).toEqual([]);
    expect(skipped.filter((id) => !emulator.users.hasUsername(id))).toEqual([]);
    const requested = new Set(requestedUsers(emulator));
    expect(skipped.filter((id) => requested.has(id))).toEqual([]);
    expect(requested.size).toBeLessThan(5000);
    expect(result.outputs['removed-count']).toBe(String(removed.length));
  });
});
