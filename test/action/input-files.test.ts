import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILE_FAULTS } from '../../src/report/messages.ts';
import { expectRefused, inputMessage } from './refused-step.ts';
import { ONE_USER, scenario } from './scenario.ts';

const isWindows = process.platform === 'win32';

describe('files that would destroy each other are refused', () => {
  const { wrong, right } = FILE_FAULTS['same-file'];

  it.concurrent.for([
    ['report-file', 'profiles-file', 'out.jsonl', 'out.jsonl'],
    ['report-file', 'profiles-file', 'out.jsonl', './a/../out.jsonl'],
    ['user-id-file', 'report-file', 'users.txt', ' users.txt '],
    ['user-id-file', 'profiles-file', 'users.txt', ' users.txt '],
  ] as const)('%s and %s: %s, %s', async ([one, other, file, same], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const user = one === 'user-id-file' ? {} : ONE_USER;
    const inputs = { ...user, [one]: file, [other]: same };
    const result = await run(inputs, { files: { 'users.txt': 'user-1\n' } });
    const message = inputMessage(other, wrong.replace('{other}', one), right);
    expectRefused(result, emulator, message);
    expect(result.file('users.txt')).toBe('user-1\n');
  });
});

describe('a file that cannot be written is refused before anything is sent', () => {
  it.concurrent.for([
    ['report-file', 'folder', 'not-regular', ''],
    ['profiles-file', 'folder', 'not-regular', ''],
    ['report-file', 'taken/report.jsonl', 'unwritable', 'EEXIST'],
    ['report-file', 'taken/folder/report.jsonl', 'unwritable', isWindows ? 'ENOENT' : 'ENOTDIR'],
    ['profiles-file', 'x'.repeat(300), 'unwritable', isWindows ? 'ENOENT' : 'ENAMETOOLONG'],
  ] as const)('%s: %s: %s %s', async ([name, file, fault, code], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { taken: '', 'folder/file': '' };
    const result = await run({ ...ONE_USER, [name]: file }, { files });
    const path = join(result.workspace, file);
    const shown = path.length > 200 ? `a text of ${path.length} characters` : `\`${path}\``;
    const { wrong, right } = FILE_FAULTS[fault];
    const what = wrong.replace('{code}', code).replace('{path}', shown);
    expectRefused(result, emulator, inputMessage(name, what, right));
  });

  it.skipIf(isWindows).for(['report-file', 'profiles-file', 'user-id-file'])(
    '%s: a device (Windows has none)',
    { concurrent: true },
    async (name, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const user = name === 'user-id-file' ? {} : ONE_USER;
      const result = await run({ ...user, [name]: '/dev/null' });
      const { wrong, right } = FILE_FAULTS['not-regular'];
      const what = wrong.replace('{path}', '`/dev/null`');
      expectRefused(result, emulator, inputMessage(name, what, right));
    },
  );
});
