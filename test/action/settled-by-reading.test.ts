import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import { userRecords } from './evidence.ts';
import { times } from './many-users.ts';
import { requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1', retries: '1', timeout: '1' };
const NO_RETRIES = { 'user-id': 'user-1', retries: '0' };
const EVERY_READING = { method: 'GET', next: 'all' } as const;
const EVERY_REMOVAL = { method: 'DELETE', next: 'all' } as const;

/** Answers that come after the work was done, and of how many attempts. */
const LOST: readonly (readonly [name: string, fault: Fault, attempts: number])[] = [
  ...[500, 502, 503, 504, 520, 521, 522, 523, 524, 530].map(
    (status) => [String(status), { kind: 'answer', status, apply: true }, 2] as const,
  ),
  ...[501, 505, 599].map(
    (status) => [`${status}, final`, { kind: 'answer', status, apply: true }, 1] as const,
  ),
  ['a reset', { kind: 'drop', apply: true }, 2],
  [
    'interim responses alone, final',
    { kind: 'informational', status: 102, everyMs: 100, apply: true },
    1,
  ],
];

describe('the API removes, and says so to nobody', () => {
  it.concurrent.for(LOST)(
    '%s, until no retry is left: a reading settles it',
    async ([, fault, attempts], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave(fault, EVERY_REMOVAL);
      const result = await run(ONE_USER);
      expect(result.conclusion).toBe('success');
      expect(requestsTo(emulator)).toEqual([...times(attempts, 'DELETE user-1'), 'GET user-1']);
      expect(userRecords(result)).toMatchObject([
        { outcome: 'removed', status: 200, attempts, confirmed_by_read: true },
      ]);
      expect(result.outputs).toMatchObject({
        profile: emulator.users.profile('user-1'),
        status: '200',
        problem: '',
        'removed-count': '1',
        'failed-count': '0',
      });
      expect(result.log).toMatch(
        /\nDone: the username of user user-1 is removed\. Reading the user confirmed it\.\n$/u,
      );
    },
  );

  it.concurrent(
    'one that asks to wait too long is not asked again, not even for a reading',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'answer', status: 504, apply: true });
      emulator.misbehave(
        { kind: 'answer', status: 503, headers: { 'retry-after': '1' } },
        EVERY_REMOVAL,
      );
      const result = await run({ ...ONE_USER, 'max-retry-wait': '0' });
      expect(result.conclusion).toBe('failure');
      expect(requestsTo(emulator)).toEqual(times(2, 'DELETE user-1'));
      expect(userRecords(result)).toMatchObject([{ outcome: 'unconfirmed', attempts: 2 }]);
    },
  );

  it.concurrent('of many users each is settled', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 20 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 504, apply: true }, EVERY_REMOVAL);
    const result = await run({ 'user-id': emulator.users.ids().join(' '), retries: '0' });
    expect(result.conclusion).toBe('success');
    expect(result.outputs['removed-count']).toBe('20');
    expect(userRecords(result).every((record) => record['confirmed_by_read'] === true)).toBe(true);
  });
});

describe('the API fails, and removed nothing', () => {
  it.concurrent('there is no such user: not found', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['user-2'] }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 504 }, EVERY_REMOVAL);
    const result = await run(ONE_USER);
    expect(userRecords(result)).toMatchObject([{ outcome: 'not-found', status: 404 }]);
  });
});

describe('the reading is retried like any request', () => {
  it.concurrent.for([
    // The first on a kept connection, which is replaced at once.
    ['two resets', { kind: 'drop' }, 2],
    ['one 502', { kind: 'answer', status: 502 }, 1],
    ['one 429', { kind: 'rate-limited', retryAfter: 1 }, 1],
    ['one time-out', { kind: 'stall', where: 'headers' }, 1],
    ['a body that breaks off', { kind: 'break-off' }, 1],
  ] as const)('%s', async ([, fault, number], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 504, apply: true }, { method: 'DELETE' });
    emulator.misbehave(fault, { method: 'GET', next: number });
    const result = await run(ONE_USER);
    expect(result.conclusion).toBe('success');
    expect(requestsTo(emulator)).toEqual([
      ...times(2, 'DELETE user-1'),
      ...times(number + 1, 'GET user-1'),
    ]);
    expect(userRecords(result)).toMatchObject([{ outcome: 'removed', confirmed_by_read: true }]);
  });
});

/** Answers to a reading with the status 200 that say nothing about the user. */
const PROVE_NOTHING: readonly (readonly [name: string, fault: Fault])[] = [
  ['{}', { kind: 'answer', status: 200, body: '{}' }],
  ['an error', { kind: 'answer', status: 200, body: '{"error":"maintenance"}' }],
  ['the profile of another user', { kind: 'profile-of', user: 'user-2' }],
  ['a user id that is a number', { kind: 'answer', status: 200, body: '{"user_id":1}' }],
  ['the id in other letters', { kind: 'answer', status: 200, body: '{"user_id":"User-1"}' }],
  ['a list with the user', { kind: 'answer', status: 200, body: '[{"user_id":"user-1"}]' }],
  ['null', { kind: 'answer', status: 200, body: 'null' }],
  ['nothing', { kind: 'answer', status: 200, body: '' }],
  ['a web page', { kind: 'html' }],
];

describe('a reading that proves nothing', () => {
  it.concurrent.for(PROVE_NOTHING)(
    'leaves a removal unconfirmed: %s',
    async ([name, fault], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'answer', status: 504, apply: true });
      emulator.misbehave(fault, EVERY_READING);
      const result = await run(NO_RETRIES);
      expect(result.conclusion).toBe('failure');
      // The answer about somebody else came on a kept connection: it could be that to another request.
      const isAboutAnother = ['the profile of another user', 'the id in other letters'].includes(
        name,
      );
      expect(requestsTo(emulator)).toEqual([
        'DELETE user-1',
        ...times(isAboutAnother ? 2 : 1, 'GET user-1'),
      ]);
      expect(userRecords(result)).toMatchObject([{ outcome: 'unconfirmed', attempts: 1 }]);
      expect(result.outputs).toMatchObject({
        profile: '',
        'removed-count': '0',
        'failed-count': '1',
      });
      expect(result.annotations).toHaveLength(1);
      expect(result.annotations[0]?.title).toBe('Removal not confirmed');
    },
  );

  it.concurrent.for(PROVE_NOTHING)(
    'fails in a dry run: %s',
    async ([, fault], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave(fault, EVERY_READING);
      const result = await run({ ...NO_RETRIES, 'dry-run': 'true' });
      expect(result.conclusion).toBe('failure');
      expect(requestsTo(emulator)).toEqual(['GET user-1']);
      expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: 200, attempts: 1 }]);
      expect(result.outputs).toMatchObject({ profile: '', status: '200', 'failed-count': '1' });
      expect(result.annotations).toHaveLength(1);
      expect(result.annotations[0]?.title).toBe('User not read');
    },
  );
});
