import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { curlFor, hasCurl, inParallel } from './curl.ts';
import { timed, type Command } from './processes.ts';
import { startEmulatorProcess, startProxyProcess } from './servers.ts';
import { numberedUserIds, prepareListStep } from './step.ts';
import { inSeconds, median, ratio, table } from './table.ts';

const USERS = 500;
const LATENCY_MS = 20;
const CONCURRENCY = 16;
const ROUNDS = 7;
/** A name that only the proxy knows, so that nothing goes past it. */
const TENANT = 'acme.monocloud.test';

interface Run {
  readonly ms: number;
  readonly connections: number;
  readonly tunnels: number;
}

/** Many users through a CONNECT proxy, against curl through the same one. Goal: at most 1.3 × curl. */
export async function benchProxy(): Promise<string> {
  const heading =
    `${USERS} users at ${LATENCY_MS} ms of latency, ${CONCURRENCY} at once, over TLS through a ` +
    `proxy (whole processes, medians of ${ROUNDS} rounds)`;
  if (!hasCurl()) return `${heading}\n  skipped: curl is not on this machine\n`;
  const emulator = await startEmulatorProcess({
    users: 2 * ROUNDS * USERS,
    latency: LATENCY_MS,
    tlsHost: TENANT,
  });
  const proxy = await startProxyProcess(emulator.port);
  const tenant = { origin: `https://${TENANT}`, apiKey: emulator.apiKey, ca: emulator.ca };
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));

  const runOf = async (command: Command): Promise<Run> => {
    const connections = await emulator.count('connections');
    const tunnels = await proxy.count('tunnels');
    const ms = await timed(command);
    return {
      ms,
      connections: (await emulator.count('connections')) - connections,
      tunnels: (await proxy.count('tunnels')) - tunnels,
    };
  };

  const runs: { readonly action: Run[]; readonly curl: Run[] } = { action: [], curl: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const usersOf = (run: number): readonly string[] => numberedUserIds(run * USERS + 1, USERS);
      const step = prepareListStep(tenant, usersOf(2 * round), {
        inputs: { concurrency: String(CONCURRENCY) },
        env: { HTTPS_PROXY: proxy.url },
      });
      runs.action.push(await runOf(step.command));
      step.dispose();
      const more = ['--proxy', proxy.url, ...inParallel(CONCURRENCY)];
      runs.curl.push(await runOf(curlFor(tenant, usersOf(2 * round + 1), folder, more)));
    }
  } finally {
    rmSync(folder, { recursive: true });
    await proxy.stop();
    await emulator.stop();
  }
  return table(
    heading,
    ['', 'time', 'tunnels', 'connections to the tenant', 'to curl'],
    [rowOf('curl --parallel', runs.curl, undefined), rowOf('the action', runs.action, runs.curl)],
  );
}

function rowOf(what: string, runs: readonly Run[], curl: readonly Run[] | undefined): string[] {
  const ms = medianOf(runs, 'ms');
  return [
    what,
    inSeconds(ms),
    String(medianOf(runs, 'tunnels')),
    String(medianOf(runs, 'connections')),
    curl === undefined ? '' : ratio(ms, medianOf(curl, 'ms')),
  ];
}

function medianOf(runs: readonly Run[], name: keyof Run): number {
  return median(runs.map((run) => run[name]));
}
