import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { timed } from './processes.ts';
import { startEmulatorProcess, type EmulatorProcessOptions } from './servers.ts';
import { numberedUserIds, prepareListStep } from './step.ts';
import { median, ratio, table } from './table.ts';

interface Case {
  readonly few: number;
  readonly many: number;
  readonly concurrency: number;
  /** Requests a second that the tenant allows; past it 429 with `Retry-After: 1`. */
  readonly perSecond?: number;
  /** One run tells little: when garbage is collected is for Node to choose. */
  readonly rounds: number;
}

const CASES: readonly Case[] = [
  // What `concurrency` is by default, and more of it.
  ...[4, 16, 32].map((concurrency) => ({ few: 2000, many: 40_000, concurrency, rounds: 3 })),
  // It takes 90 s.
  { few: 2000, many: 16_000, concurrency: 4, perSecond: 200, rounds: 1 },
];

/** What memory a step needs at most, with few and with many users. */
export async function benchMemory(): Promise<string> {
  const rows: string[][] = [];
  for (const one of CASES) {
    const few = await medianPeak(one.few, one);
    const many = await medianPeak(one.many, one);
    const { concurrency, perSecond } = one;
    const limit = perSecond === undefined ? '' : `, ${perSecond} a second allowed`;
    const row = (users: number, peak: number): string[] => [
      `${users} users, ${concurrency} at once${limit}`,
      `${(peak / 1024).toFixed(0)} MiB`,
      ratio(peak, few),
    ];
    rows.push(row(one.few, few), row(one.many, many));
  }
  return table(
    'Memory at its peak (resident set; medians of 3 rounds, with a limit of 1)',
    ['', 'peak', 'to few'],
    rows,
  );
}

async function medianPeak(users: number, one: Case): Promise<number> {
  const peaks: number[] = [];
  while (peaks.length < one.rounds) peaks.push(await peakOf(users, one));
  return median(peaks);
}

/** @returns KiB */
async function peakOf(users: number, { concurrency, perSecond }: Case): Promise<number> {
  const limit: Pick<EmulatorProcessOptions, 'rateLimit'> =
    perSecond === undefined ? {} : { rateLimit: { perSecond, retryAfter: 1 } };
  const emulator = await startEmulatorProcess({ users, ...limit });
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'peak');
  const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href;
  const step = prepareListStep(emulator, numberedUserIds(1, users), {
    inputs: { concurrency: String(concurrency) },
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
