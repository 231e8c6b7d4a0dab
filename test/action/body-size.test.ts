import { describe, expect, it } from 'vitest';
import { NOTES, RESPONSE_FAULTS } from '../../src/report/messages.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { ONE_USER, scenario } from './scenario.ts';

const MIB = 1_048_576;
const TOO_LARGE = RESPONSE_FAULTS['body-too-large'].text;
const FOR_EVER = { next: Infinity };
const SIZE_OF_MEMORY = `
import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync('memory', String(process.resourceUsage().maxRSS)));
`;
const HOWS = ['content-length', 'chunked'] as const;

/** The bytes of a response with the profile of `user-1`, whose body is so long. */
function profileOf(length: number, how: 'content-length' | 'chunked'): string {
  const start = '{"user_id":"user-1","padding":"';
  const body = `${start.padEnd(length - 2, 'x')}"}`;
  return how === 'content-length'
    ? `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${body}`
    : `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

describe('a body', () => {
  it.concurrent.for(HOWS)('of exactly 1 MiB is accepted (%s)', async (how, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'raw', bytes: profileOf(MIB, how) });
    const result = await run({ ...ONE_USER, 'profiles-file': 'profiles.jsonl' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['profile']).toBe('');
    expect(result.annotations).toMatchObject([
      { kind: 'warning', title: NOTES.profileTooLarge.title },
    ]);
    expect(result.file('profiles.jsonl')).toHaveLength(MIB + 1);
  });

  it.concurrent.for(HOWS)('of a byte more is a failure (%s)', async (how, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'raw', bytes: profileOf(MIB + 1, how) }, FOR_EVER);
    const result = await run(ONE_USER);
    expectPlainFailure(result, TOO_LARGE);
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
      emulator.misbehave({ kind: 'oversize', bytes: 64_000_000, status, how }, FOR_EVER);
      const nodeArguments = preload(SIZE_OF_MEMORY + HAS_A_LAST_WORD, onTestFinished);
      const result = await run(ONE_USER, { nodeArguments });
      expectPlainFailure(result, TOO_LARGE);
      expect(result.log).toContain(LAST_WORD);
      expect(result.durationMs).toBeLessThan(20_000);
      expect(emulator.requests).toHaveLength(1);

      emulator.behave();
      const small = await run({ 'user-id': 'user-2' }, { nodeArguments });
      expect(small.exitCode).toBe(0);
      const kilobytesMore = Number(result.file('memory')) - Number(small.file('memory'));
      expect(kilobytesMore).toBeLessThan(32_000);
    },
  );
});
