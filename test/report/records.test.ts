import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VERSION } from '../../src/monocloud/users-api.ts';
import { endRecord, onOneLine, runRecord, userRecord } from '../../src/report/records.ts';
import { createSanitizer } from '../../src/report/sanitize.ts';
import { Tally } from '../../src/report/tally.ts';
import { failure, userId, userIds } from '../removal/scripted-api.ts';
import { errorResponse, notDone, removed, settingsOf } from './fixtures.ts';

const sanitizer = createSanitizer(undefined);
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const TIME = '2026-01-02T03:04:05.006Z';
const VARIABLES = ['GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID', 'GITHUB_ACTOR'];

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('JSON', () => {
  it('on one line means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value, undefined, '\r\n ');
        const line = onOneLine(json);
        expect(line).not.toMatch(/[\r\n]/u);
        expect(JSON.parse(line)).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe('the record of a run', () => {
  it('has what the step is about to do', () => {
    const settings = settingsOf({ userIds: userIds(3), dryRun: true });
    expect(JSON.parse(runRecord(settings, NOW))).toEqual({
      type: 'run',
      version: VERSION,
      domain: 'acme.test',
      dry_run: true,
      users: 3,
      time: TIME,
    });
  });

  it('has the shard, and who started which run', () => {
    vi.stubEnv('GITHUB_SERVER_URL', 'https://github.test');
    vi.stubEnv('GITHUB_REPOSITORY', 'acme/ops');
    vi.stubEnv('GITHUB_RUN_ID', '42');
    vi.stubEnv('GITHUB_ACTOR', 'ada');
    const settings = settingsOf({ shard: { index: 2, count: 5 } });
    expect(JSON.parse(runRecord(settings, NOW))).toMatchObject({
      shard: '2/5',
      run_url: 'https://github.test/acme/ops/actions/runs/42',
      actor: 'ada',
    });
    vi.stubEnv('GITHUB_RUN_ID', '');
    expect(JSON.parse(runRecord(settings, NOW))).not.toHaveProperty('run_url');
  });
});

describe('the record of a user', () => {
  it('has no profile', () => {
    const line = userRecord(removed(userId('ada'), '{"name":"Ada"}'), NOW, sanitizer);
    expect(JSON.parse(line)).toEqual({
      type: 'user',
      user_id: 'ada',
      outcome: 'removed',
      status: 200,
      attempts: 1,
      time: TIME,
    });
  });

  it('says when a reading confirmed it', () => {
    const line = userRecord(removed(userId('ada'), '{}', true), NOW, sanitizer);
    expect(JSON.parse(line)).toMatchObject({ confirmed_by_read: true });
  });

  it('has the problem as it was sent, on one line', () => {
    const cause = errorResponse(422, '{\n "title": "T",\r\n "big": 12345678901234567890 }');
    const line = userRecord(notDone(userId('ada'), 'failed', cause), NOW, sanitizer);
    expect(line).not.toMatch(/[\r\n]/u);
    expect(line).toContain('12345678901234567890');
    expect(JSON.parse(line)).toMatchObject({ outcome: 'failed', problem: { title: 'T' } });
  });

  it('has a problem of what is known where none was sent', () => {
    const cause = failure('timed-out', true);
    if (cause.kind !== 'no-response') throw new Error('unreachable');
    const line = userRecord(notDone(userId('ada'), 'unconfirmed', cause), NOW, sanitizer);
    expect(JSON.parse(line)).toMatchObject({
      outcome: 'unconfirmed',
      status: null,
      problem: { title: 'Timed out' },
    });
  });
});

describe('the record of an end', () => {
  it('counts the outcomes that occur, and says why it stopped', () => {
    const [first, second, third] = userIds(3);
    if (first === undefined || second === undefined || third === undefined) throw new Error('3');
    const tally = new Tally(settingsOf({ userIds: [first, second, third] }));
    tally.add(removed(first), 0);
    tally.add(notDone(second, 'failed'), 1);
    tally.add(notDone(third, 'skipped', { kind: 'not-sent' }), 2);
    const outcomes = { removed: 1, failed: 1, skipped: 1 };
    expect(JSON.parse(endRecord(tally, 'cancelled', NOW))).toEqual({
      type: 'end',
      time: TIME,
      outcomes,
      stopped: 'cancelled',
    });
    expect(JSON.parse(endRecord(tally, undefined, NOW))).toEqual({
      type: 'end',
      time: TIME,
      outcomes,
    });
  });
});
