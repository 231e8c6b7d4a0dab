import { describe, expect, it } from 'vitest';
import { makeCertificateAuthority } from '../../emulator/certificates.ts';
import type { EmulatorOptions } from '../../emulator/emulator.ts';
import { expectTrueAccount, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';
import { trusting } from './trusting.ts';

describe('a server that closes kept connections without a word', () => {
  it.concurrent.for([{ closeKept: 'on-next-request' }, { closeKept: 'after-answer' }] as const)(
    'costs no user, no retry and no wait: %j',
    async (options, { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 200, ...options }, onTestFinished);
      const inputs = { 'user-id': userIdLines(200), 'max-users': '200', retries: '0' };
      const result = await run(inputs);
      expect(result.conclusion).toBe('success');
      expect(result.outputs).toMatchObject({ 'removed-count': '200', 'failed-count': '0' });
      expect(result.log).not.toContain('Trying again');
      expect(userRecords(result).filter(({ attempts }) => attempts !== 1)).toEqual([]);
      // At most one request more for each user, and nobody had to be read.
      expect(emulator.requests.length).toBeLessThanOrEqual(400);
      expect(requestsTo(emulator).filter((request) => request.startsWith('GET'))).toEqual([]);
    },
  );

  it.concurrent('over TLS', async ({ onTestFinished }) => {
    const authority = await makeCertificateAuthority();
    const tls = await authority.issue({ hosts: ['127.0.0.1'] });
    const options: EmulatorOptions = { tls, users: 30, closeKept: 'on-next-request' };
    const { run } = await scenario(options, onTestFinished);
    const inputs = { 'user-id': userIdLines(30), retries: '0' };
    const result = await run(inputs, trusting(authority));
    expect(result.outputs).toMatchObject({ 'removed-count': '30', 'failed-count': '0' });
  });

  it.concurrent('in a dry run', async ({ onTestFinished }) => {
    const options: EmulatorOptions = { users: 30, closeKept: 'on-next-request' };
    const { run } = await scenario(options, onTestFinished);
    const result = await run({ 'user-id': userIdLines(30), retries: '0', 'dry-run': 'true' });
    expect(result.conclusion).toBe('success');
  });
});

describe('a request that a kept connection took along', () => {
  it.concurrent('still counts as one whose answer was lost', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    // Removes, and closes the connection: the request that replaces it is answered 422.
    emulator.misbehave({ kind: 'drop', apply: true }, { user: 'user-2' });
    const result = await run({ 'user-id': userIdLines(3), concurrency: '1', retries: '0' });
    expect(result.conclusion).toBe('success');
    expect(requestsTo(emulator)).toEqual([
      'DELETE user-1',
      'DELETE user-2',
      'DELETE user-2',
      'GET user-2',
      'DELETE user-3',
    ]);
    expect(userRecords(result)[1]).toMatchObject({
      outcome: 'removed',
      attempts: 1,
      confirmed_by_read: true,
    });
    expectTrueAccount(result, emulator);
  });

  it.concurrent('is replaced once an attempt', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' }, { user: 'user-2', next: 'all' });
    const result = await run({ 'user-id': userIdLines(2), concurrency: '1', retries: '0' });
    expect(requestsTo(emulator)).toEqual([
      'DELETE user-1',
      'DELETE user-2',
      'DELETE user-2',
      'GET user-2',
    ]);
    expect(userRecords(result)[1]).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
  });

  it.concurrent('is not replaced on a fresh connection', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' }, { method: 'DELETE' });
    const result = await run({ 'user-id': 'user-1', retries: '0' });
    expect(requestsTo(emulator)).toEqual(['DELETE user-1', 'GET user-1']);
    expect(userRecords(result)).toMatchObject([{ outcome: 'failed', attempts: 1 }]);
  });
});
