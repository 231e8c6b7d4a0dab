import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefused, inputMessage } from './refused-step.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1' };
const isWindows = process.platform === 'win32';
const OWN_FILE = 'Give each a file of its own.';

describe('files that would destroy each other are refused', () => {
  it.concurrent.for([
    ['report-file', 'profiles-file', 'out.jsonl', 'out.jsonl'],
    ['report-file', 'profiles-file', 'out.jsonl', './a/../out.jsonl'],
  ] as const)('%s and %s: %s, %s', async ([one, other, file, same], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, [one]: file, [other]: same });
    expectRefused(
      result,
      emulator,
      inputMessage(other, `is the same file as \`${one}\``, OWN_FILE),
    );
    expect(result.written).toEqual([]);
  });

  it.concurrent.for(['report-file', 'profiles-file'] as const)(
    'user-id-file and %s',
    async (name, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run(
        { 'user-id-file': 'users.txt', [name]: ' users.txt ' },
        { files: { 'users.txt': 'user-1\n' } },
      );
      const wrong = 'is the same file as `user-id-file`';
      expectRefused(result, emulator, inputMessage(name, wrong, OWN_FILE));
      expect(result.file('users.txt')).toBe('user-1\n');
    },
  );
});

describe('a file that cannot be written is refused before anything is sent', () => {
  it.concurrent.for([
    ['report-file', 'folder', 'EISDIR'],
    ['report-file', 'taken/report.jsonl', 'EEXIST'],
    ['report-file', 'taken/folder/report.jsonl', isWindows ? 'ENOENT' : 'ENOTDIR'],
    ['profiles-file', 'folder', 'EISDIR'],
    ['profiles-file', 'x'.repeat(300), isWindows ? 'ENOENT' : 'ENAMETOOLONG'],
  ] as const)('%s: %s: %s', async ([name, file, code], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const files = { taken: '', 'folder/file': '' };
    const result = await run({ ...ONE_USER, [name]: file }, { files });
    const path = join(result.workspace, file);
    const shown = path.length > 200 ? `a text of ${path.length} characters` : `\`${path}\``;
    const wrong = `names a file that cannot be written (${code}): ${shown}`;
    const right = 'Check the path, which is relative to the workspace.';
    expectRefused(result, emulator, inputMessage(name, wrong, right));
  });
});
