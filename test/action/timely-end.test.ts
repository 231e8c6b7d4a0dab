import { describe, expect, it } from 'vitest';
import { preload } from './preload.ts';
import { scenario } from './scenario.ts';

/** As the look-up of a name that nobody answers: nothing can end it. */
const SOMETHING_STAYS = 'setInterval(() => {}, 1000);';

describe('a step that is over', () => {
  it.concurrent.for([
    ['user-1', 0],
    ['nobody', 1],
  ] as const)('ends, whatever is left: %s', async ([userId, exitCode], { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const nodeArguments = preload(SOMETHING_STAYS, onTestFinished);
    const result = await run({ 'user-id': userId }, { nodeArguments });
    expect(result).toMatchObject({ exitCode, signal: null, stderr: '' });
    expect(result.outputs['results']).toContain(userId);
    expect(result.log).toContain('Report: ');
  });
});
