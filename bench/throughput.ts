import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ask } from '../test/emulator/http-client.ts';
import { startEmulatorProcess, type EmulatorProcess } from './emulator-process.ts';
import { hasCurl, interleaved, type Command } from './processes.ts';
import { prepareStep, type Step } from './step.ts';
import { inMs, inSeconds, median, ratio, table } from './table.ts';

const USERS = 1000;
/** ms */
const LATENCY = 20;
const CONCURRENCY = 16;
const ROUNDS = 5;
const SPAN = pathToFileURL(join(import.meta.dirname, 'request-span.mjs')).href;

/**
 * Many users against curl with the same work. The start of Node is told apart: it is there once,
 * however many the users, and depends on the machine alone.
 */
export async function benchThroughput(): Promise<string> {
  // Everybody loses a username only once: each run has users of its own.
  const emulator = await startEmulatorProcess(3 * ROUNDS * USERS, LATENCY);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const steps: Step[] = [];
  const spanFile = (round: number): string => join(folder, `span-${round}`);
  const stepFor = (run: number, nodeArguments: readonly string[] = []): Command => {
    const step = prepareStep({
      nodeArguments,
      inputs: {
        domain: emulator.origin,
        'api-key': emulator.apiKey,
        'user-id-file': 'users.txt',
        'max-users': String(USERS),
        concurrency: String(CONCURRENCY),
      },
      files: { 'users.txt': usersOf(run).join('\n') },
    });
    steps.push(step);
    return step.command;
  };
  try {
    const times = await interleaved(ROUNDS, (round) => {
      const probe = `${SPAN}?file=${encodeURIComponent(spanFile(round))}`;
      return new Map<string, Command>([
        ['node', { file: process.execPath, args: ['-e', '0'] }],
        ['action', stepFor(3 * round)],
        // Apart from the one that is timed: the probe takes time to load, too.
        ['action with a probe', stepFor(3 * round + 1, ['--import', probe])],
        ...(hasCurl()
          ? [['curl', curlFor(emulator, usersOf(3 * round + 2), folder)] as const]
          : []),
      ]);
    });
    const spans = Array.from({ length: ROUNDS }, (_, round) =>
      Number(readFileSync(spanFile(round), 'utf8')),
    );
    return report(times, median(spans), await latencyOf(emulator));
  } finally {
    for (const { dispose } of steps) dispose();
    rmSync(folder, { recursive: true });
    await emulator.stop();
  }
}

function usersOf(run: number): readonly string[] {
  return Array.from({ length: USERS }, (_, index) => `user-${run * USERS + index + 1}`);
}

function curlFor(
  { origin, apiKey }: EmulatorProcess,
  userIds: readonly string[],
  folder: string,
): Command {
  const config = join(folder, 'curl.config');
  const urls = userIds.map((id) => `url = "${origin}/api/users/${id}/username"`);
  writeFileSync(config, urls.join('\n'));
  const parallel = ['--parallel', '--parallel-max', String(CONCURRENCY)];
  const request = ['-X', 'DELETE', '-H', `X-API-Key: ${apiKey}`];
  return { file: 'curl', args: ['-s', ...parallel, ...request, '-K', config] };
}

/** What the latency is for a client: timers and the loopback add to what the server was told. */
async function latencyOf({ origin, apiKey }: EmulatorProcess): Promise<number> {
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

/** @param span ms from the action's first request to its last answer */
function report(
  times: ReadonlyMap<string, readonly number[]>,
  span: number,
  latency: number,
): string {
  const ideal = (USERS * LATENCY) / CONCURRENCY;
  const measured = (USERS * latency) / CONCURRENCY;
  const action = median(times.get('action') ?? []);
  const node = median(times.get('node') ?? []);
  const curlTimes = times.get('curl');
  const curl = curlTimes === undefined ? undefined : median(curlTimes);
  return table(
    `${USERS} users at ${LATENCY} ms of latency, ${CONCURRENCY} at once (medians of ${ROUNDS} rounds)`,
    ['', 'time', 'to ideal', 'to measured', 'to curl'],
    [
      ['ideal (users × latency ÷ concurrency)', inSeconds(ideal), '', '', ''],
      [`the same with the latency measured, ${inMs(latency)}`, inSeconds(measured), '', '', ''],
      curl === undefined
        ? ['curl (not on this machine)', '', '', '', '']
        : ['curl --parallel', inSeconds(curl), ratio(curl, ideal), ratio(curl, measured), ''],
      ...[
        ['the action, from its first request to its last answer', span] as const,
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
