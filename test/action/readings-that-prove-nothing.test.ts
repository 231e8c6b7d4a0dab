import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import { userRecords } from './evidence.ts';
import { times } from './many-users.ts';
import { requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1', retries: '0' };
const READINGS = { method: 'GET', next: 'all' } as const;

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
      emulator.misbehave(fault, READINGS);
      const result = await run(ONE_USER);
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
      emulator.misbehave(fault, READINGS);
      const result = await run({ ...ONE_USER, 'dry-run': 'true' });
      expect(result.conclusion).toBe('failure');
      expect(requestsTo(emulator)).toEqual(['GET user-1']);
      expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: 200, attempts: 1 }]);
      expect(result.outputs).toMatchObject({ profile: '', status: '200', 'failed-count': '1' });
      expect(result.annotations).toHaveLength(1);
      expect(result.annotations[0]?.title).toBe('User not read');
    },
  );
});
