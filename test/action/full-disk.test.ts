import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outcomesOf, userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

/** The device that is always full. */
const FULL = '/dev/full';

describe.skipIf(process.platform !== 'linux')('a full disk (by /dev/full of Linux)', () => {
  it.concurrent.for(['report-file', 'profiles-file'])(
    'stops the work where the %s cannot be written',
    async (input, { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
      const { mode } = statSync(FULL);
      const result = await run({ 'user-id': userIdLines(5), [input]: FULL });
      expect(result.exitCode).toBe(1);
      expect(result.annotations).toEqual([
        {
          kind: 'error',
          title: 'Stopped early',
          message:
            'Stopped: the report or the profiles could not be written (check the space on the disk). ' +
            '4 users skipped.',
        },
      ]);
      // What was done is said all the same.
      expect(result.log).toContain(
        `User user-1: removed, but the line could not be written to \`${input}\`.\n`,
      );
      expect(result.log).not.toContain('user-2');
      expect(outcomesOf(result)).toEqual(['removed', 'skipped', 'skipped', 'skipped', 'skipped']);
      expect(result.outputs).toMatchObject({ 'removed-count': '1', 'failed-count': '4' });
      expect(emulator.requests).toHaveLength(1);
      // Made for the owner only is what the action made: a device is everybody's.
      expect(statSync(FULL).mode).toBe(mode);
    },
  );

  it.concurrent('fails the step where the outputs cannot be written', async (context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const result = await run({ 'user-id': 'user-1' }, { env: { GITHUB_OUTPUT: FULL } });
    expect(result.exitCode).toBe(1);
    expect(result.annotations).toEqual([
      {
        kind: 'error',
        title: 'Outputs not written',
        message:
          'The outputs could not be written to the file that the runner gave in GITHUB_OUTPUT. Check ' +
          'the space on its disk. What was done is in the log and in the report.',
      },
    ]);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
    expect(result.summary).toContain('Username removed from 1 of 1 user');
    expect(result.stdout).not.toContain('user_id');
  });
});
