import { describe, expect, it } from 'vitest';
import type { BreakOff, Drip, Drop, Fault, Raw, Stall } from '../../emulator/faults.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1' };

type Case = readonly [name: string, fault: BreakOff | Drip | Drop | Raw | Stall];

/** What breaks quickly. */
const BREAKS: readonly Case[] = [
  ['a reset', { kind: 'drop' }],
  ['an end before the answer', { kind: 'raw', bytes: '' }],
  ['half a status line', { kind: 'raw', bytes: 'HTTP/1.1 20' }],
  ['half a header', { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\nContent-Le' }],
  ['a body that ends too early', { kind: 'break-off' }],
  ['a chunked body that ends too early', { kind: 'break-off', how: 'chunked' }],
  ['a chunk that is none', { kind: 'break-off', how: 'bad-chunk' }],
  ['a body of which nothing comes', { kind: 'break-off', after: 0 }],
];

/** What only the deadline ends, and may pass. */
const HANGS: readonly Case[] = [
  ['silence instead of an answer', { kind: 'stall', where: 'headers' }],
  ['silence in the body', { kind: 'stall', where: 'body' }],
  ['silence in the body after a 102', { kind: 'stall', where: 'body', interim: true }],
  ['a slow drip', { kind: 'drip', everyMs: 20 }],
];

const RETRIED = [...BREAKS, ...HANGS];

describe('a connection that breaks', () => {
  it.concurrent.for(RETRIED)('%s is tried again', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave(fault);
    const result = await run({ ...ONE_USER, timeout: '1', retries: '1' });
    expect(result.exitCode).toBe(0);
    expect(result.log).toMatch(/Trying again in .* \(try 2 of 2\)/u);
    expect(result.outputs['profile']).toBe(emulator.users.profile('user-1'));
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
  });

  it.concurrent.for(RETRIED)(
    '%s after the removal is settled by reading',
    async ([, fault], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ ...fault, apply: true });
      const result = await run({ ...ONE_USER, timeout: '1', retries: '1' });
      expect(result.exitCode).toBe(0);
      expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
      expect(result.outputs['profile']).toBe(emulator.users.profile('user-1'));
      expect(JSON.parse(result.file(result.outputs['report-file'] ?? ''))).toMatchObject({
        outcome: 'removed',
        status: 200,
        attempts: 2,
        confirmed_by_read: true,
      });
    },
  );

  it.concurrent.for(RETRIED)(
    '%s without a further try leaves the user unconfirmed',
    async ([, fault], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ ...fault, apply: true }, { next: Infinity });
      const result = await run({ ...ONE_USER, timeout: '1', retries: '0' });
      expectPlainFailure(result, /is not known: run the step again/u);
      expect(result.outputs).toMatchObject({ status: '', profile: '', 'failed-count': '1' });
      expect(JSON.parse(result.outputs['results'] ?? '')).toEqual([
        { user_id: 'user-1', outcome: 'unconfirmed', status: null, attempts: 1 },
      ]);
    },
  );
});

describe('an answer that is not HTTP', () => {
  it.concurrent.for([
    ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n', /not HTTP/u],
    ['an answer of a mail server', '220 mail.example ESMTP\r\n', /not HTTP/u],
    ['binary garbage', new Uint8Array([21, 3, 1, 0, 2, 2, 70]), /not HTTP/u],
    ['commands for the runner', '::error::owned\r\n##[error]owned\r\n', /not HTTP/u],
    [
      'endless headers',
      `HTTP/1.1 200 OK\r\n${'X-Padding: aaaaaaaaaaaaaaaaaaaa\r\n'.repeat(20_000)}\r\n{}`,
      /HPE_HEADER_OVERFLOW/u,
    ],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ',
      /not HTTP/u,
    ],
  ] as const)('%s is final', async ([, bytes, why], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'raw', bytes }, { next: Infinity });
    const result = await run(ONE_USER);
    expectPlainFailure(result, why);
    expect(result.log).not.toContain('owned');
    expect(emulator.requests).toHaveLength(1);
  });
});

describe('the deadline', () => {
  const late: readonly (readonly [name: string, fault: Fault])[] = [
    ...HANGS,
    ['endless 102', { kind: 'informational', status: 102, everyMs: 20 }],
    ['endless 103', { kind: 'informational', status: 103, everyMs: 20 }],
    ['an answer that is late', { kind: 'late', ms: 60_000 }],
  ];

  it.concurrent.for(late)('holds for %s', async ([, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave(fault, { next: Infinity });
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const result = await run({ ...ONE_USER, timeout: '1', retries: '0' }, { nodeArguments });
    expectPlainFailure(result, /time/u);
    // The request went with it, and holds nothing up.
    expect(result.log).toContain(LAST_WORD);
    expect(result.durationMs).toBeGreaterThan(1000);
    expect(result.durationMs).toBeLessThan(6000);
    expect(emulator.requests).toHaveLength(1);
  });

  it.concurrent('ends 1xx answers without an end for good', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const fault = { kind: 'informational', status: 103, everyMs: 20 } as const;
    emulator.misbehave(fault, { next: Infinity });
    const result = await run({ ...ONE_USER, timeout: '1', retries: '3' });
    expectPlainFailure(result, /Interim answers \(1xx\)/u);
    expect(emulator.requests).toHaveLength(1);
  });

  it.concurrent('is not needed for a 101, which nobody asked for', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const fault = { kind: 'informational', status: 101, everyMs: 20 } as const;
    emulator.misbehave(fault, { next: Infinity });
    const result = await run(ONE_USER);
    expectPlainFailure(result, /101/u);
    expect(result.durationMs).toBeLessThan(6000);
    expect(emulator.requests).toHaveLength(1);
  });
});
