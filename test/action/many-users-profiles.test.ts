import { describe, expect, it } from 'vitest';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

describe('the profiles of many users', () => {
  it.concurrent('are written as they came, one a line', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    const odd =
      '\uFEFF{ "user_id" : "user-3","n":123456789012345678901234567890, "z":1,\r\n"a":"é\\n" }';
    emulator.misbehave({ kind: 'answer', status: 200, body: odd }, { user: 'user-3' });
    const result = await run({
      'user-id': `nobody\n${userIdLines(5)}`,
      'profiles-file': 'private/profiles.jsonl',
      concurrency: '1',
    });
    const profiles = ['user-1', 'user-2', 'user-4', 'user-5'].map((id) =>
      emulator.users.profile(id),
    );
    profiles.splice(
      2,
      0,
      '{ "user_id" : "user-3","n":123456789012345678901234567890, "z":1, "a":"é\\n" }',
    );
    expect(result.file('private/profiles.jsonl')).toBe(`${profiles.join('\n')}\n`);
    expect(result.outputs['profile']).toBe('');
  });

  it.concurrent('are nowhere unless asked for', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': userIdLines(3) });
    expect(result.written).toEqual([result.outputs['report-file']]);
  });

  it.concurrent('survive a kill', async ({ onTestFinished }) => {
    const { emulator, start } = await scenario({ users: 6 }, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers' }, { user: 'user-6' });
    const step = start({
      'user-id': userIdLines(6),
      'profiles-file': 'profiles.jsonl',
      concurrency: '1',
    });
    await emulator.waitForRequests(6);
    step.kill();
    const result = await step.finished;
    const profiles = emulator.users
      .ids()
      .slice(0, 5)
      .map((id) => emulator.users.profile(id));
    expect(result.file('profiles.jsonl')).toBe(`${profiles.join('\n')}\n`);
  });
});
