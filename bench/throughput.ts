import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ask } from '../test/emulator/http-client.ts';
import { curlFor, hasCurl, inParallel } from './curl.ts';
import { interleaved, type Command } from './processes.ts';
import { startEmulatorProcess } from './servers.ts';
import { numberedUserIds, prepareListStep, type Step, type Tenant } from './step.ts';
import { inMs, inSeconds, median, ratio, table } from './table.ts';

const USERS = 1000;
const LATENCY_MS = 20;
const CONCURRENCY = 16;
const ROUNDS = 5;
const SPAN = pathToFileURL(join(import.meta.dirname, 'request-span.mjs')).href;

/**
 * Many users against curl with the same work. The start of Node is shown apart: it is there once,
 * however many the users, and depends on the machine alone.
 */
export async function benchThroughput(): Promise<string> {
  // A username is removed only once: each run has users of its own.
  const emulator = await startEmulatorProcess({ users: 3 * ROUNDS * USERS, latency: LATENCY_MS });
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const steps: Step[] = [];
  const spanFile = (round: number): string => join(folder, `span-${round}`);
  const usersOf = (run: number): readonly string[] => numberedUserIds(run * USERS + 1, USERS);
  const stepFor = (run: number, nodeArguments: readonly string[] = []): Command => {
    const inputs = { concurrency: String(CONCURRENCY) };
    const step = prepareListStep(emulator, usersOf(run), { inputs, nodeArguments });
    steps.push(step);
    return step.command;
  };
  try {
    const times = await interleaved(ROUNDS, (round) => {
      const probe = `${SPAN}?file=${encodeURIComponent(spanFile(round))}`;
      const curlUsers = usersOf(3 * round + 2);
      return new Map<string, Command>([
        ['node', { file: process.execPath, args: ['-e', '0'] }],
        ['action', stepFor(3 * round)],
        // Apart from the one that is timed: the probe takes time to load, too.
        ['action with a probe', stepFor(3 * round + 1, ['--import', probe])],
        ...(hasCurl()
          ? [['curl', curlFor(emulator, curlUsers, folder, inParallel(CONCURRENCY))] as const]
          : []),
      ]);
    });
    const spans = Array.from({ length: ROUNDS }, (_, round) =>
      Number(readFileSync(spanFile(round), 'utf8')),
    );
    return report(times, median(spans), await measureLatency(emulator));
  } finally {
    for (const { dispose } of steps) dispose();
    rmSync(folder, { recursive: true });
    await emulator.stop();
  }
}

/** @returns ms that a client sees: timers and the loopback add to what the emulator waits */
async function measureLatency({ origin, apiKey }: Tenant): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  for (let count = 0; count < 50; count += 1) {
    const started = performance.now();
    await ask(`${origin}/api/users/user-1`, { headers: { 'x-api-key': apiKey }, agent });
    times.push(performance.now() - started);
  }
  agent.destroy();
  return median(times);
}

/** @param spanMs from the action's first request to its last response */
function report(
  times: ReadonlyMap<string, readonly number[]>,
  spanMs: number,
  latencyMs: number,
): string {
  const ideal = (USERS * LATENCY_MS) / CONCURRENCY;
  const measured = (USERS * latencyMs) / CONCURRENCY;
  const action = median(times.get('action') ?? []);
  const node = median(times.get('node') ?? []);
  const curlTimes = times.get('curl');
  const curl = curlTimes === undefined ? undefined : median(curlTimes);
  return table(
    `${USERS} users at ${LATENCY_MS} ms of latency, ${CONCURRENCY} at once (medians of ${ROUNDS} rounds)`,
    ['', 'time', 'to ideal', 'to measured', 'to curl'],
    [
      ['ideal (users × latency ÷ concurrency)', inSeconds(ideal), '', '', ''],
      [`the same with the latency measured, ${inMs(latencyMs)}`, inSeconds(measured), '', '', ''],
      curl === undefined
        ? ['curl (not on this machine)', '', '', '', '']
        : ['curl --parallel', inSeconds(curl), ratio(curl, ideal), ratio(curl, measured), ''],
      ...[
        ['the action, from its first request to its last response', spanMs] as const,
        ['the action as a process, less what an empty one takes', action - node] as const,
        ['the action as a process, all included', action] as const,
      ].map(([what, took]) => [
        what,
        inSeconds(took),
        ratio(took, ideal),
        ratio(took, measured),
        curl === undefined ? '' : ratio(took, curl),
      ]),
    ],
  );
}
