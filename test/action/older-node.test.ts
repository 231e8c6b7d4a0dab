import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../emulator/emulator.ts';
import type { StepResult } from '../runner/run-action.ts';
import { preload } from './preload.ts';
import { expectRefused } from './refused-step.ts';
import { ONE_USER, scenario } from './scenario.ts';

/** Each Node on the path that is older than the action needs, by its version. */
const OLDER_NODES = olderNodes();

function olderNodes(): readonly (readonly [version: string, path: string])[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = new Set((process.env['PATH'] ?? '').split(delimiter));
  const found = Array.from(folders, (folder) => join(folder, name)).flatMap((path) => {
    if (!existsSync(path)) return [];
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major < 24 || (major === 24 && minor < 5) ? [[version, path] as const] : [];
  });
  return [...new Map(found)];
}

function expectRefusedNode(result: StepResult, emulator: Emulator, version: string): void {
  expect(result.conclusion).toBe('failure');
  expect(result.masks).toContain(emulator.apiKey);
  const message = result.annotations[0]?.message ?? '';
  expect(message).toContain(`Node ${version}`);
  expect(message).toContain('24.5');
  expect(message).toContain('2.328.0');
  expect(message).toMatch(/Nothing was sent\.$/u);
  expectRefused(result, emulator, message, 'Node.js is too old');
}

describe('a Node that is too old', () => {
  it.concurrent.for(['16.20.2', '18.20.8', '20.19.0', '22.18.0', '23.11.1', '24.0.0', '24.4.1'])(
    '%s is refused before anything is sent',
    async (version, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const source = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
      const result = await run(ONE_USER, { nodeArguments: preload(source, onTestFinished) });
      expectRefusedNode(result, emulator, version);
    },
  );

  it.concurrent.for(['24.5.0', '24.10.0', '25.0.0', '30.1.0'])(
    '%s is not',
    async (version, { onTestFinished }) => {
      const { run } = await scenario({}, onTestFinished);
      const source = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
      const result = await run(ONE_USER, { nodeArguments: preload(source, onTestFinished) });
      expect(result.conclusion).toBe('success');
    },
  );
});

describe.skipIf(OLDER_NODES.length === 0)('an older Node itself (where the path has one)', () => {
  // The bundle has to load there: nothing in it may be too new for its parser.
  it.concurrent.for(OLDER_NODES.length === 0 ? [['none', ''] as const] : OLDER_NODES)(
    '%s is refused before anything is sent',
    async ([version, node], { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run(ONE_USER, { node, env: { NODE_V8_COVERAGE: '' } });
      expectRefusedNode(result, emulator, version);
    },
  );
});
