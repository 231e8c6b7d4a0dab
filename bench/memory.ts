import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseJsonObject } from '../src/monocloud/json.ts';
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

/** KiB */
interface Memory {
  /** Resident set. Node collects garbage only when it has to, so this grows with the speed, too. */
  readonly peak: number;
  /** What is left of the heap at the end, when garbage is collected. */
  readonly inUse: number;
}

/**
 * What memory a step needs at most, and what it still needs at its end, with few and with many users.
 * Goal under a rate limit: 16,000 users need at most 1.5 × the memory of 2000.
 */
export async function benchMemory(): Promise<string> {
  const rows: string[][] = [];
  for (const one of CASES) {
    const few = await medianMemory(one.few, one);
    const many = await medianMemory(one.many, one);
    const { concurrency, perSecond } = one;
    const limit = perSecond === undefined ? '' : `, ${perSecond} a second allowed`;
    const row = (users: number, { peak, inUse }: Memory): string[] => [
      `${users} users, ${concurrency} at once${limit}`,
      `${(peak / 1024).toFixed(0)} MiB`,
      ratio(peak, few.peak),
      `${(inUse / 1024).toFixed(1)} MiB`,
      ratio(inUse, few.inUse),
    ];
    rows.push(row(one.few, few), row(one.many, many));
  }
  return table(
    'Memory (medians of 3 rounds; with a limit, of 1)',
    ['', 'peak', 'to few', 'heap in use at the end', 'to few'],
    rows,
  );
}

async function medianMemory(users: number, one: Case): Promise<Memory> {
  const runs: Memory[] = [];
  while (runs.length < one.rounds) runs.push(await memoryOf(users, one));
  return {
    peak: median(runs.map(({ peak }) => peak)),
    inUse: median(runs.map(({ inUse }) => inUse)),
  };
}

async function memoryOf(users: number, { concurrency, perSecond }: Case): Promise<Memory> {
  const limit: Pick<EmulatorProcessOptions, 'rateLimit'> =
    perSecond === undefined ? {} : { rateLimit: { perSecond, retryAfter: 1 } };
  const emulator = await startEmulatorProcess({ users, ...limit });
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'peak');
  const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href;
  const step = prepareListStep(emulator, numberedUserIds(1, users), {
    inputs: { concurrency: String(concurrency) },
    nodeArguments: ['--expose-gc', '--import', `${preload}?file=${encodeURIComponent(file)}`],
  });
  try {
    await timed(step.command);
    const { peak, inUse } = parseJsonObject(readFileSync(file, 'utf8')) ?? {};
    return { peak: Number(peak), inUse: Number(inUse) };
  } finally {
    step.dispose();
    rmSync(folder, { recursive: true });
    await emulator.stop();
  }
}
