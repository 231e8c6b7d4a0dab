import { describe, expect, it } from 'vitest';
import type { BreakOff, Drip, Drop, Fault, Raw, Stall } from '../../emulator/faults.ts';
import { FAILURES, HINTS } from '../../src/report/messages.ts';
import { resultsOfOne, userRecords } from './evidence.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { methodsOf } from './requests.ts';
import { ONE_USER, scenario } from './scenario.ts';

type Case = readonly [name: string, fault: BreakOff | Drip | Drop | Raw | Stall];

const FOR_EVER = { next: Infinity };
const REMOVALS = { method: 'DELETE', next: Infinity };

/** What breaks quickly. */
const BREAKS: readonly Case[] = [
  ['a reset', { kind: 'drop' }],
  ['an end before the response', { kind: 'raw', bytes: '' }],
  ['half a status line', { kind: 'raw', bytes: 'HTTP/1.1 20' }],
  ['half a header', { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\nContent-Le' }],
  ['a body that ends too early', { kind: 'break-off' }],
  ['a chunked body that ends too early', { kind: 'break-off', how: 'chunked' }],
  ['a chunk that is none', { kind: 'break-off', how: 'bad-chunk' }],
  ['a body of which nothing comes', { kind: 'break-off', after: 0 }],
];

/** What only the deadline ends, and may pass. */
const HANGS: readonly Case[] = [
  ['silence instead of a response', { kind: 'stall', where: 'headers' }],
  ['silence in the body', { kind: 'stall', where: 'body' }],
  ['silence in the body after a 102', { kind: 'stall', where: 'body', interim: true }],
  ['a slow drip', { kind: 'drip', everyMs: 20 }],
];

const RETRIED = [...BREAKS, ...HANGS];

describe('a connection that breaks', () => {
  it.concurrent.for(RETRIED)('%s is retried', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave(fault);
    const result = await run({ ...ONE_USER, timeout: '1', retries: '1' });
    expect(result.exitCode).toBe(0);
    expect(result.log).toMatch(/Trying again in .* \(attempt 2 of 2\)/u);
    expect(result.outputs['profile']).toBe(emulator.users.profile('user-1'));
    expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE']);
  });

  it.concurrent.for(RETRIED)(
    '%s after the removal is settled by reading',
    async ([, fault], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ ...fault, apply: true });
      const result = await run({ ...ONE_USER, timeout: '1', retries: '1' });
      expect(result.exitCode).toBe(0);
      expect(methodsOf(emulator)).toEqual(['DELETE', 'DELETE', 'GET']);
      expect(result.outputs['profile']).toBe(emulator.users.profile('user-1'));
      expect(userRecords(result)).toMatchObject([
        { outcome: 'removed', status: 200, attempts: 2, confirmed_by_read: true },
      ]);
    },
  );

  it.concurrent.for(RETRIED)(
    '%s that the reading meets, too, leaves the user unconfirmed',
    async ([, fault], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ ...fault, apply: true }, FOR_EVER);
      const result = await run({ ...ONE_USER, timeout: '1', retries: '0' });
      expectPlainFailure(result, HINTS.unconfirmed);
      expect(methodsOf(emulator)).toEqual(['DELETE', 'GET']);
      expect(result.outputs).toMatchObject({
        status: '',
        profile: '',
        results: resultsOfOne('unconfirmed', null),
        'failed-count': '1',
      });
    },
  );
});

describe('a response that is not HTTP', () => {
  it.concurrent.for([
    ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a response of a mail server', '220 mail.example ESMTP\r\n'],
    ['binary garbage', new Uint8Array([21, 3, 1, 0, 2, 2, 70])],
    ['commands for the runner', '::error::owned\r\n##[error]owned\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} '],
  ] as const)('%s is final', async ([, bytes], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'raw', bytes }, REMOVALS);
    const result = await run(ONE_USER);
    expectPlainFailure(result, `User user-1: ${FAILURES['not-http'].title}. `);
    expect(result.log).not.toContain('owned');
    // It came after the request, so the user is read.
    expect(methodsOf(emulator)).toEqual(['DELETE', 'GET']);
    expect(result.outputs['results']).toBe(resultsOfOne('failed', null));
  });
});

describe('the deadline', () => {
  const late: readonly (readonly [name: string, fault: Fault])[] = [
    ...HANGS,
    ['endless 102', { kind: 'informational', status: 102, everyMs: 20 }],
    ['endless 103', { kind: 'informational', status: 103, everyMs: 20 }],
    ['a response that is late', { kind: 'late', ms: 60_000 }],
  ];

  it.concurrent.for(late)('holds for %s', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave(fault, FOR_EVER);
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const result = await run({ ...ONE_USER, timeout: '1', retries: '0' }, { nodeArguments });
    expectPlainFailure(result, '`timeout` allows for one attempt');
    // The requests went with it, and hold nothing up.
    expect(result.log).toContain(LAST_WORD);
    expect(methodsOf(emulator)).toEqual(['DELETE', 'GET']);
    expect(result.durationMs).toBeGreaterThan(2000);
    expect(result.durationMs).toBeLessThan(20_000);
  });

  it.concurrent('is final for 1xx responses without an end', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'informational', status: 103, everyMs: 20 }, REMOVALS);
    const result = await run({ ...ONE_USER, timeout: '1', retries: '3' });
    expectPlainFailure(result, `User user-1: ${FAILURES['no-final-response'].title}. `);
    expect(methodsOf(emulator)).toEqual(['DELETE', 'GET']);
  });

  it.concurrent('is not needed for a 101, which nobody asked for', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'informational', status: 101, everyMs: 20 }, FOR_EVER);
    const result = await run(ONE_USER);
    expectPlainFailure(result, 'The server answered 101 Switching Protocols.');
    expect(result.durationMs).toBeLessThan(20_000);
    expect(emulator.requests).toHaveLength(1);
  });
});
