import { describe, expect, it } from 'vitest';
import { HAS_A_LAST_WORD, LAST_WORD, preload } from './preload.ts';
import { scenario } from './scenario.ts';

/** As the look-up of a name that nobody answers: nothing can end it. */
const SOMETHING_STAYS = 'setInterval(() => {}, 1000);';

/** More than a pipe takes at once, right before the end. */
const MUCH_IS_SAID_LAST = `${SOMETHING_STAYS}
const { setTimeout } = globalThis;
globalThis.setTimeout = (callback, ms, ...more) => setTimeout((...given) => {
  if (ms === 1000) for (let line = 1; line <= 50000; line += 1) console.log('line ' + line);
  callback(...given);
}, ms, ...more);`;

describe('a step that is over', () => {
  it.concurrent('is not held up by connections that were kept', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 8 }, onTestFinished);
    const nodeArguments = preload(HAS_A_LAST_WORD, onTestFinished);
    const result = await run({ 'user-id': emulator.users.ids().join('\n') }, { nodeArguments });
    expect(result.exitCode).toBe(0);
    expect(emulator.connections).toBeGreaterThan(1);
    expect(result.log).toContain(LAST_WORD);
  });

  it.concurrent.for([
    ['user-1', 0],
    ['nobody', 1],
  ] as const)('ends, whatever is left: %s', async ([userId, exitCode], { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const nodeArguments = preload(SOMETHING_STAYS + HAS_A_LAST_WORD, onTestFinished);
    const result = await run({ 'user-id': userId }, { nodeArguments });
    expect(result).toMatchObject({ exitCode, signal: null, stderr: '' });
    expect(result.outputs['results']).toContain(userId);
    expect(result.log).toContain('Report: ');
    expect(result.log).not.toContain(LAST_WORD);
  });

  it.concurrent('has all of its log read before', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const nodeArguments = preload(MUCH_IS_SAID_LAST, onTestFinished);
    const result = await run({ 'user-id': 'user-1' }, { nodeArguments });
    expect(result.exitCode).toBe(0);
    expect(result.log).toContain('line 50000\n');
  });
});
