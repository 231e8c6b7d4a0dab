import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmulatorProcess } from './emulator-process.ts';
import { timed } from './processes.ts';
import { prepareStep } from './step.ts';
import { median, ratio, table } from './table.ts';

const FEW = 2000;
const MANY = 40_000;
/** What `concurrency` is unless asked for, and more of it. */
const CONCURRENCIES = [4, 16, 32];
/** When the collector of garbage runs is its own affair: one run tells little. */
const ROUNDS = 3;

/** What memory a step needs at most, with few and with many users. */
export async function benchMemory(): Promise<string> {
  const rows: string[][] = [];
  for (const concurrency of CONCURRENCIES) {
    const few = await medianPeak(FEW, concurrency);
    const many = await medianPeak(MANY, concurrency);
    const row = (users: number, peak: number): string[] => [
      `${users} users, ${concurrency} at once`,
      `${(peak / 1024).toFixed(0)} MiB`,
      ratio(peak, few),
    ];
    rows.push(row(FEW, few), row(MANY, many));
  }
  return table(
    `Memory at its peak (resident set; medians of ${ROUNDS} rounds)`,
    ['', 'peak', `to ${FEW}`],
    rows,
  );
}

async function medianPeak(users: number, concurrency: number): Promise<number> {
  const peaks: number[] = [];
  while (peaks.length < ROUNDS) peaks.push(await peakOf(users, concurrency));
  return median(peaks);
}

/** @returns KiB */
async function peakOf(users: number, concurrency: number): Promise<number> {
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
      concurrency: String(concurrency),
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
