import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeCertificateAuthority } from '../emulator/certificates.ts';
import type { Settings } from '../emulator/emulator.ts';
import { parseJsonObject, type JsonObject } from '../src/monocloud/json.ts';
import type { Tenant } from './step.ts';

/** A server in a process of its own, so that it takes no time from what is measured. */
export interface ServerProcess {
  /** What it has counted since its start. */
  readonly count: (
    name: 'accepted' | 'throttled' | 'connections' | 'usersDone' | 'tunnels',
  ) => Promise<number>;
  readonly stop: () => Promise<void>;
}

export interface EmulatorProcess extends ServerProcess, Tenant {
  readonly port: number;
}

export interface ProxyProcess extends ServerProcess {
  readonly url: string;
}

export interface EmulatorProcessOptions extends Pick<Settings, 'latency' | 'rateLimit'> {
  readonly users: number;
  /** The host whose certificate it has. Default: plain HTTP. */
  readonly tlsHost?: string;
}

/** Starts a tenant with users `user-1` and on; resolves when it listens. */
export async function startEmulatorProcess({
  users,
  tlsHost,
  ...settings
}: EmulatorProcessOptions): Promise<EmulatorProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const write = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  };
  const args = ['--users', String(users), '--settings', JSON.stringify(settings)];
  let ca: string | undefined;
  if (tlsHost !== undefined) {
    const authority = await makeCertificateAuthority();
    const { key, cert } = await authority.issue({ hosts: [tlsHost] });
    ca = write('ca.pem', authority.certificate);
    args.push('--key', write('key.pem', key), '--cert', write('cert.pem', cert));
  }
  const { place, count, stop } = await startServer(args);
  return {
    origin: String(place['origin']),
    port: Number(place['port']),
    apiKey: String(place['apiKey']),
    ca,
    count,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts a proxy all of whose tunnels lead to that port of this machine; resolves when it listens. */
export async function startProxyProcess(port: number): Promise<ProxyProcess> {
  const { place, count, stop } = await startServer(['--proxy-to', String(port)]);
  return { url: String(place['url']), count, stop };
}

async function startServer(
  args: readonly string[],
): Promise<ServerProcess & { readonly place: JsonObject }> {
  const script = join(import.meta.dirname, 'server.ts');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  // From the start on: it may end early, and then it would be waited for in vain.
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<JsonObject> => {
    const object = parseJsonObject(String((await lines.next()).value));
    if (object === undefined) throw new TypeError('A server did not say what it was asked for.');
    return object;
  };
  return {
    place: await nextLine(),
    count: async (name) => {
      child.stdin.write('\n');
      return Number((await nextLine())[name]);
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
