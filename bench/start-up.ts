import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulatorProcess, type EmulatorProcess } from './emulator-process.ts';
import { hasCurl, interleaved, type Command } from './processes.ts';
import { BUNDLE, prepareStep, type Step } from './step.ts';
import { inMs, median, ratio, table } from './table.ts';

const ROUNDS = 21;

/** One removal as a whole process, what of it is start-up, and what curl needs for the same. */
export async function benchStartUp(): Promise<string> {
  const emulator = await startEmulatorProcess(2 * ROUNDS, 0);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const steps: Step[] = [];
  try {
    const stages = writeStages(folder);
    const times = await interleaved(ROUNDS, (round) => {
      const removal = prepareStep({ inputs: inputsFor(emulator, `user-${2 * round + 1}`) });
      const refusal = prepareStep({ inputs: inputsFor(emulator, '.'), exitCode: 1 });
      steps.push(removal, refusal);
      const curl = curlFor(emulator, `user-${2 * round + 2}`);
      return new Map([
        ...stages,
        ['refusal', refusal.command],
        ['removal', removal.command],
        ...(hasCurl() ? [['curl', curl] as const] : []),
      ]);
    });
    return report(times);
  } finally {
    for (const { dispose } of steps) dispose();
    rmSync(folder, { recursive: true });
    await emulator.stop();
  }
}

function inputsFor({ origin, apiKey }: EmulatorProcess, userId: string): Record<string, string> {
  return { domain: origin, 'api-key': apiKey, 'user-id': userId };
}

function curlFor({ origin, apiKey }: EmulatorProcess, userId: string): Command {
  const url = `${origin}/api/users/${userId}/username`;
  return { file: 'curl', args: ['-fsS', '-X', 'DELETE', '-H', `X-API-Key: ${apiKey}`, url] };
}

/** Processes that do a part of what a step does. */
function writeStages(folder: string): readonly (readonly [string, Command])[] {
  const script = (name: string, source: string): Command => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, source);
    return { file: process.execPath, args: [file] };
  };
  return [
    ['empty', { file: process.execPath, args: ['-e', '0'] }],
    ['module', script('module', '')],
    ['modules', script('modules', sourceThatLoads(nodeModulesOf(BUNDLE)))],
  ];
}

/** As the bundle does: an `import` would also load what some of their exports stand for. */
function sourceThatLoads(names: readonly string[]): string {
  return `import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    for (const name of ${JSON.stringify(names)}) require(name);`;
}

/** The modules of Node that a bundle of ncc's asks for. */
function nodeModulesOf(bundle: string): readonly string[] {
  const calls = readFileSync(bundle, 'utf8').matchAll(
    /createRequire\(import\.meta\.url\)\("(?<name>[^"]+)"\)/gu,
  );
  return Array.from(calls, ({ groups }) => groups?.['name'] ?? '');
}

function report(times: ReadonlyMap<string, readonly number[]>): string {
  const time = (name: string): number => median(times.get(name) ?? []);
  const empty = time('empty');
  const row = (what: string, ms: number): readonly string[] => [what, inMs(ms), ratio(ms, empty)];
  const added = (what: string, name: string, before: string): readonly string[] => [
    `  + ${what}`,
    inMs(time(name) - time(before)),
    '',
  ];
  return table(
    `One removal as a whole process (medians of ${ROUNDS} rounds; the bundle has ` +
      `${statSync(BUNDLE).size} bytes)`,
    ['', 'time', 'to empty'],
    [
      row('an empty Node process', empty),
      added('an ES module as its script', 'module', 'empty'),
      added('the modules of Node that it asks for', 'modules', 'module'),
      added('the bundle, up to an input that is refused', 'refusal', 'modules'),
      added('the request, the report, outputs and summary', 'removal', 'refusal'),
      row('one removal', time('removal')),
      times.has('curl') ? row('curl', time('curl')) : ['curl (not on this machine)', '', ''],
      ...(times.has('curl')
        ? [['one removal to curl', '', ratio(time('removal'), time('curl'))]]
        : []),
      ['over an empty process', inMs(time('removal') - empty), ''],
    ],
  );
}
