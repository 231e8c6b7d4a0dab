import { describe, expect, it } from 'vitest';
import { scenario } from './scenario.ts';

describe('one user', () => {
  it('removes the username and hands the profile on', async () => {
    const { emulator, run } = await scenario();
    const result = await run({ 'user-id': 'user-1' });
    expect(result.exitCode).toBe(0);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
    expect(result.outputs).toMatchObject({
      profile: emulator.users.profile('user-1'),
      status: '200',
      problem: '',
      'removed-count': '1',
      'failed-count': '0',
    });
  });
});
