import { describe, expect, it } from 'vitest';
import { expectPlainFailure } from './plain-failure.ts';
import { HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1' };
const MIB = 1_048_576;
const SIZE_OF_MEMORY = `
import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync('memory', String(process.resourceUsage().maxRSS)));
`;
const HOWS = ['content-length', 'chunked'] as const;

describe('a body', () => {
  it.concurrent.for(HOWS)('of exactly 1 MiB is taken (%s)', async (how, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    // The emulator sends one byte more than it is told.
    emulator.misbehave({ kind: 'oversize', bytes: MIB - 1, how });
    const result = await run({ ...ONE_USER, 'profiles-file': 'profiles.jsonl' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['profile']).toBe('');
    expect(result.annotations).toContainEqual(
      expect.objectContaining({ kind: 'warning', title: 'Profile too large for an output' }),
    );
    expect(result.file('profiles.jsonl')).toHaveLength(MIB + 1);
  });

  it.concurrent.for(HOWS)('of a byte more is a failure (%s)', async (how, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'oversize', bytes: MIB, how }, { next: Infinity });
    const result = await run(ONE_USER);
    expectPlainFailure(result, /more than 1048576 bytes/u);
    expect(result.outputs).toMatchObject({ status: '200', profile: '' });
    expect(emulator.requests).toHaveLength(1);
  });

  it.concurrent.for([
    [200, 'chunked'],
    [200, 'content-length'],
    [404, 'chunked'],
  ] as const)(
    'of 64 MB is cut off, without the memory for it (%i, %s)',
    async ([status, how], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      emulator.misbehave({ kind: 'oversize', bytes: 64_000_000, status, how }, { next: Infinity });
      const nodeArguments = preload(SIZE_OF_MEMORY + HAS_A_LAST_WORD, onTestFinished);
      const result = await run(ONE_USER, { nodeArguments });
      expectPlainFailure(result, /more than 1048576 bytes/u);
      expect(result.log).toContain(LAST_WORD);
      expect(result.durationMs).toBeLessThan(6000);
      expect(emulator.requests).toHaveLength(1);

      const small = await run({ 'user-id': 'user-2' }, { nodeArguments });
      const kilobytesMore = Number(result.file('memory')) - Number(small.file('memory'));
      expect(kilobytesMore).toBeLessThan(32_000);
    },
  );
});
