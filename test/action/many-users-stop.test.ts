import { describe, expect, it } from 'vitest';
import { makeCertificateAuthority } from '../../emulator/certificates.ts';
import type { Fault } from '../../emulator/faults.ts';
import { outcomesOf, requestedUsers, resultsOf, times, userIdLines } from './many-users.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { noNameIsKnown, preload } from './preload.ts';
import { scenario } from './scenario.ts';

const STOPPING: readonly (readonly [string, Fault])[] = [
  ['401', { kind: 'answer', status: 401 }],
  ['402', { kind: 'answer', status: 402 }],
  ['403', { kind: 'answer', status: 403 }],
  ['a redirect', { kind: 'redirect', status: 307, location: 'https://elsewhere.invalid/' }],
];

const UNWELL: readonly (readonly [string, Fault])[] = [
  ['500', { kind: 'answer', status: 500 }],
  ['503', { kind: 'answer', status: 503 }],
  ['501, which is not tried again', { kind: 'answer', status: 501 }],
  ['a dropped connection', { kind: 'drop' }],
  ['a body that breaks off', { kind: 'break-off' }],
];

describe('the first user goes alone', () => {
  it.concurrent('so a bad key costs one request', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 50 }, onTestFinished);
    const result = await run({ 'api-key': 'a-key-of-nobody', 'user-id': userIdLines(50) });
    expectPlainFailure(result, /the API does not accept the key.*49 users skipped/u);
    expect(emulator.requests).toHaveLength(1);
    expect(outcomesOf(result)).toEqual(['failed', ...times(49, 'skipped')]);
    expect(result.outputs).toMatchObject({ status: '401', 'failed-count': '50' });
  });

  it.concurrent('and nobody else before it has ended', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 8 }, onTestFinished);
    emulator.misbehave({ kind: 'late', ms: 150 }, { user: 'user-1' });
    const result = await run({ 'user-id': userIdLines(8), concurrency: '8' });
    expect(result.exitCode).toBe(0);
    const [first, second] = emulator.requests.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(149);
  });

  it.concurrent('also through its further tries', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 503 }, { user: 'user-1' });
    const result = await run({ 'user-id': userIdLines(4) });
    expect(result.exitCode).toBe(0);
    expect(requestedUsers(emulator).slice(0, 2)).toEqual(['user-1', 'user-1']);
  });

  it.concurrent('so a TLS error stops before anything is sent', async ({ onTestFinished }) => {
    const authority = await makeCertificateAuthority();
    const tls = await authority.issue({ hosts: ['127.0.0.1'] });
    const { emulator, run } = await scenario({ tls }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(3) });
    expectPlainFailure(result, /no secure connection.*2 users skipped/u);
    expect(emulator.requests).toEqual([]);
    expect(emulator.connections).toBe(1);
    expect(outcomesOf(result)).toEqual(['failed', 'skipped', 'skipped']);
    expect(result.outputs['status']).toBe('');
  });

  it.concurrent('so an unknown host is asked for once', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const nodeArguments = preload(noNameIsKnown('ENOTFOUND'), onTestFinished);
    const result = await run(
      { domain: 'acme.us.monocloud.com', 'user-id': userIdLines(3) },
      { nodeArguments },
    );
    expectPlainFailure(result, /the domain is not known.*2 users skipped/u);
    expect(outcomesOf(result)).toEqual(['failed', 'skipped', 'skipped']);
  });
});

describe('in the middle of many users', () => {
  it.concurrent.for(STOPPING)(
    '%s stops, what is under way ends, the rest is skipped',
    async ([, fault], { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 12 }, onTestFinished);
      emulator.misbehave(fault, { user: 'user-3' });
      for (const user of ['user-2', 'user-4', 'user-5']) {
        emulator.misbehave({ kind: 'late', ms: 1000 }, { user });
      }
      const result = await run({ 'user-id': userIdLines(12) });
      expectPlainFailure(result, /7 users skipped/u);
      expect(outcomesOf(result)).toEqual([
        'removed',
        'removed',
        'failed',
        'removed',
        'removed',
        ...times(7, 'skipped'),
      ]);
      expect(emulator.requests).toHaveLength(5);
      expect(emulator.users.counts().withUsername).toBe(8);
      expect(resultsOf(result).at(-1)).toEqual({
        user_id: 'user-12',
        outcome: 'skipped',
        status: null,
        attempts: 0,
      });
      expect(result.summary).toContain('Stopped early');
    },
  );

  it.concurrent('a stop lets nobody try again', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 8 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 503 }, { user: 'user-2', next: Infinity });
    emulator.misbehave({ kind: 'late', ms: 1500 }, { user: 'user-3' });
    emulator.misbehave({ kind: 'answer', status: 401 }, { user: 'user-4' });
    const result = await run({ 'user-id': userIdLines(8), concurrency: '3', retries: '10' });
    expect(result.exitCode).toBe(1);
    const [, second] = resultsOf(result);
    expect(second).toMatchObject({ user_id: 'user-2', outcome: 'failed', status: 503 });
    expect(outcomesOf(result).slice(4)).toEqual(times(4, 'skipped'));
    expect(result.durationMs).toBeLessThan(10_000);
  });

  it.concurrent.for(UNWELL)('10 in a row with %s stop', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 30 }, onTestFinished);
    emulator.misbehave(fault, { next: Infinity });
    const result = await run({ 'user-id': userIdLines(30), concurrency: '1', retries: '0' });
    expectPlainFailure(result, /10 users in a row.*20 users skipped/u);
    expect(emulator.requests).toHaveLength(10);
    expect(outcomesOf(result).slice(10)).toEqual(times(20, 'skipped'));
    expect(emulator.users.counts().withUsername).toBe(30);
  });

  it.concurrent('at most those under way come after the tenth', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 60 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 500 }, { next: Infinity });
    const result = await run({ 'user-id': userIdLines(60), concurrency: '8', retries: '0' });
    expect(result.exitCode).toBe(1);
    expect(emulator.requests.length).toBeGreaterThanOrEqual(10);
    expect(emulator.requests.length).toBeLessThanOrEqual(10 + 7);
  });

  it.concurrent.for([
    ['one that is done', 'user-10'],
    ['one that does not exist', 'nobody'],
  ])('%s between them breaks the row', async ([, other], { onTestFinished }) => {
    const ids = Array.from({ length: 19 }, (_, index) => `user-${index + 1}`);
    const { emulator, run } = await scenario({ users: ids }, onTestFinished);
    for (const user of ids.filter((id) => id !== 'user-10')) {
      emulator.misbehave({ kind: 'answer', status: 500 }, { user });
    }
    const given = ids.map((id) => (id === 'user-10' ? other : id)).join('\n');
    const result = await run({ 'user-id': given, concurrency: '1', retries: '0' });
    expect(result.exitCode).toBe(1);
    expect(emulator.requests).toHaveLength(19);
    expect(outcomesOf(result)).not.toContain('skipped');
    expect(result.log).not.toContain('in a row');
  });

  it.concurrent('every other failure is of that user alone', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 40 }, onTestFinished);
    for (const [index, status] of [400, 405, 409, 410, 418, 422, 451].entries()) {
      emulator.misbehave({ kind: 'answer', status }, { user: `user-${index + 2}` });
    }
    emulator.misbehave({ kind: 'html' }, { user: 'user-9' });
    const result = await run({ 'user-id': userIdLines(40) });
    expect(outcomesOf(result)).toEqual(['removed', ...times(8, 'failed'), ...times(31, 'removed')]);
  });
});
