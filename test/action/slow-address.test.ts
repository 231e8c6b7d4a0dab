import { describe, expect, it } from 'vitest';
import { outcomesOf, userRecords } from './evidence.ts';
import { networkOf, type Reach } from './network.ts';
import { preload } from './preload.ts';
import { methodsOf } from './requests.ts';
import { scenario } from './scenario.ts';

type Addresses = readonly (readonly ['127.0.0.1' | '::1', Reach])[];

const SLOW: readonly (readonly [name: string, addresses: Addresses])[] = [
  [
    'the first of two is slow, the second refuses',
    [
      ['127.0.0.1', 1000],
      ['::1', 'ECONNREFUSED'],
    ],
  ],
  [
    'the first of two is slow, the second has no route',
    [
      ['127.0.0.1', 1000],
      ['::1', 'ENETUNREACH'],
    ],
  ],
  [
    'the first of two is slow, the second is dead',
    [
      ['127.0.0.1', 1000],
      ['::1', 'never'],
    ],
  ],
  [
    'the first of two is dead, the second is slow',
    [
      ['::1', 'never'],
      ['127.0.0.1', 1000],
    ],
  ],
  [
    'the first of two has no route, the second is slow',
    [
      ['::1', 'ENETUNREACH'],
      ['127.0.0.1', 1000],
    ],
  ],
  ['the only one is slow', [['127.0.0.1', 1000]]],
];

describe('an address that takes a second to connect', () => {
  it.concurrent.for(SLOW)('has the time: %s', async ([, addresses], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const inputs = {
      domain: `http://localhost:${emulator.port}`,
      'user-id': 'user-1',
      retries: '0',
    };
    const nodeArguments = preload(networkOf(addresses), onTestFinished);
    const result = await run({ ...inputs, timeout: '20' }, { nodeArguments });
    expect(result.conclusion).toBe('success');
    expect(userRecords(result)).toMatchObject([{ outcome: 'removed', attempts: 1 }]);
    expect(methodsOf(emulator, 'user-1')).toEqual(['DELETE']);
  });

  it.concurrent('has no more than the deadline', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const inputs = {
      domain: `http://localhost:${emulator.port}`,
      'user-id': 'user-1',
      retries: '0',
    };
    const addresses: Addresses = [
      ['127.0.0.1', 'never'],
      ['::1', 'never'],
    ];
    const nodeArguments = preload(networkOf(addresses), onTestFinished);
    const result = await run({ ...inputs, timeout: '1' }, { nodeArguments });
    expect(outcomesOf(result)).toEqual(['failed']);
    expect(result.annotations[0]?.message).toContain('Timed out');
    expect(result.durationMs).toBeGreaterThan(1000);
    expect(result.durationMs).toBeLessThan(8000);
  });
});

describe('a connection that is never made', () => {
  it.concurrent.for(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ECONNREFUSED'] as const)(
    'is no sign that anything was sent: %s',
    async (code, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const nodeArguments = preload(networkOf([['127.0.0.1', code]]), onTestFinished);
      const inputs = { domain: `http://localhost:${emulator.port}`, 'user-id': 'user-1' };
      const result = await run({ ...inputs, retries: '1' }, { nodeArguments });
      expect(result.conclusion).toBe('failure');
      expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: null, attempts: 2 }]);
      expect(result.annotations[0]?.title).toBe('Username not removed');
      expect(result.annotations[0]?.message).toContain(`localhost:${emulator.port} could not be`);
      expect(result.annotations[0]?.message).toContain(code);
      expect(emulator.connections).toBe(0);
    },
  );
});
