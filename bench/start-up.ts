import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { curlFor, hasCurl } from './curl.ts';
import { bundleLeanPeer, bundlePeer } from './peer.ts';
import { interleaved, type Command } from './processes.ts';
import { startEmulatorProcess, type EmulatorProcess } from './servers.ts';
import { BUNDLE, prepareStep, trustIn, type Step } from './step.ts';
import { inMs, median, ratio, table } from './table.ts';

const ROUNDS = 31;

type Times = ReadonlyMap<string, readonly number[]>;

/**
 * One removal as a whole process, what of it is start-up, and what an action of a few lines needs for
 * the same. Goal: at most 1.1 × that action as ncc bundles it, and near that one as lean as can be.
 */
export async function benchStartUp(): Promise<string> {
  const users = 4 * ROUNDS;
  const plain = await startEmulatorProcess({ users });
  const tls = await startEmulatorProcess({ users, tlsHost: '127.0.0.1' });
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const steps: Step[] = [];
  const prepare = (...args: Parameters<typeof prepareStep>): Command => {
    const step = prepareStep(...args);
    steps.push(step);
    return step.command;
  };
  try {
    const stages = nodeStages(folder);
    const scripts = {
      action: BUNDLE,
      peer: bundlePeer(join(folder, 'peer')),
      'lean peer': bundleLeanPeer(join(folder, 'lean-peer')),
    };
    const times = await interleaved(ROUNDS, (round) => {
      const refusal = prepare({ inputs: inputsFor(plain, '.'), exitCode: 1 });
      const commands = new Map<string, Command>([...stages, ['refusal', refusal]]);
      for (const emulator of [plain, tls]) {
        const protocol = protocolOf(emulator);
        // A username is removed only once: each command has a user of its own.
        const user = (place: number): string => `user-${4 * round + place}`;
        for (const [index, [name, script]] of Object.entries(scripts).entries()) {
          const inputs = inputsFor(emulator, user(index + 1));
          const command = prepare({ script, inputs, env: trustIn(emulator) });
          commands.set(`${name} ${protocol}`, command);
        }
        if (hasCurl()) commands.set(`curl ${protocol}`, curlFor(emulator, [user(4)], folder));
      }
      return commands;
    });
    const sizes = Object.values(scripts).map((script) => statSync(script).size);
    return [
      stagesTable(times),
      peersTable(times, 'http:', sizes),
      peersTable(times, 'https:', sizes),
    ].join('\n');
  } finally {
    for (const { dispose } of steps) dispose();
    rmSync(folder, { recursive: true });
    await plain.stop();
    await tls.stop();
  }
}

function protocolOf({ origin }: EmulatorProcess): string {
  return new URL(origin).protocol;
}

function inputsFor({ origin, apiKey }: EmulatorProcess, userId: string): Record<string, string> {
  return { domain: origin, 'api-key': apiKey, 'user-id': userId };
}

/** Processes that do the part of a step that is Node's own. */
function nodeStages(folder: string): readonly (readonly [string, Command])[] {
  const script = (name: string, source: string): Command => {
    const file = join(folder, `${name}.cjs`);
    writeFileSync(file, source);
    return { file: process.execPath, args: [file] };
  };
  const modules = readFileSync(BUNDLE, 'utf8').matchAll(/\brequire\("[^"]+"\)/gu);
  return [
    ['empty', script('empty', '')],
    ['modules', script('modules', Array.from(modules, ([call]) => `${call};`).join('\n'))],
  ];
}

function stagesTable(times: Times): string {
  const time = (name: string): number => median(times.get(name) ?? []);
  const empty = time('empty');
  const removal = time('action http:');
  const added = (what: string, ms: number): readonly string[] => [
    `  + ${what}`,
    inMs(ms),
    ratio(ms, empty),
  ];
  return table(
    `What one removal goes to, without TLS (whole processes, medians of ${ROUNDS} rounds)`,
    ['', 'time', 'to empty'],
    [
      ['an empty Node process', inMs(empty), ''],
      added('the modules of Node that it loads', time('modules') - empty),
      added('the bundle, up to an input that is refused', time('refusal') - time('modules')),
      added('the request, the report, outputs and summary', removal - time('refusal')),
      ['one removal', inMs(removal), ratio(removal, empty)],
    ],
  );
}

function peersTable(times: Times, protocol: string, sizes: readonly number[]): string {
  const empty = median(times.get('empty') ?? []);
  const action = times.get(`action ${protocol}`) ?? [];
  const row = (what: string, name: string, size?: number): readonly string[] => {
    const ms = times.get(`${name} ${protocol}`);
    if (ms === undefined) return [`${what} (not on this machine)`, '', '', '', ''];
    return [
      what,
      size === undefined ? '' : `${Math.round(size / 1000)} KB`,
      inMs(median(ms)),
      name === 'curl' ? '' : inMs(median(ms) - empty),
      name === 'action' ? '' : ratio(median(action), median(ms)),
    ];
  };
  return table(
    `One removal over ${protocol}//, against an action of a few lines on the same libraries`,
    ['', 'bundle', 'time', 'over empty', 'the action to it'],
    [
      row('the action', 'action', sizes[0]),
      row('the peer, as ncc bundles it', 'peer', sizes[1]),
      row('the peer, less what nothing asks for and undici', 'lean peer', sizes[2]),
      row('curl', 'curl'),
    ],
  );
}
