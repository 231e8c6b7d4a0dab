import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmulatorProcess } from './emulator-process.ts';
import { timed } from './processes.ts';
import { prepareStep } from './step.ts';
import { ratio, table } from './table.ts';

const FEW = 2000;
const MANY = 40_000;

/** What memory a step needs at most, with few and with many users. */
export async function benchMemory(): Promise<string> {
  const few = await peakOf(FEW);
  const many = await peakOf(MANY);
  const row = (users: number, peak: number): readonly string[] => [
    `${users} users`,
    `${(peak / 1024).toFixed(0)} MiB`,
    ratio(peak, few),
  ];
  return table(
    'Memory at its peak (resident set)',
    ['', 'peak', `to ${FEW}`],
    [row(FEW, few), row(MANY, many)],
  );
}

/** @returns KiB */
async function peakOf(users: number): Promise<number> {
  const emulator = await startEmulatorProcess(users, 0);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'peak');
  const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href;
  const step = prepareStep({
    inputs: {
      domain: emulator.origin,
      'api-key': emulator.apiKey,
      'user-id-file': 'users.txt',
      'max-users': String(users),
      concurrency: '32',
    },
    files: {
      'users.txt': Array.from({ length: users }, (_, index) => `user-${index + 1}`).join('\n'),
    },
    nodeArguments: ['--import', `${preload}?file=${encodeURIComponent(file)}`],
  });
  try {
    await timed(step.command);
    return Number(readFileSync(file, 'utf8'));
  } finally {
    step.dispose();
    rmSync(folder, { recursive: true });
    await emulator.stop();
  }
}
