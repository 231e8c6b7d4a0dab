import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startEmulator } from '../emulator/emulator.ts';
import { startProxy } from '../emulator/proxy.ts';
import { parseSettings } from '../emulator/validation.ts';

/**
 * The process of a server, which `servers.ts` starts: an emulator, or a proxy where `--proxy-to` names
 * the port that every tunnel leads to. Its first line says where it is. For each line that it reads it
 * writes one with what it has counted so far. It ends with its input.
 */
const string = { type: 'string' } as const;
const { values } = parseArgs({
  options: { users: string, settings: string, key: string, cert: string, 'proxy-to': string },
});

interface Server {
  readonly place: Readonly<Record<string, string | number>>;
  readonly counts: () => Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
}

async function emulatorServer(): Promise<Server> {
  const { users = '0', settings = '{}', key, cert } = values;
  const emulator = await startEmulator({
    ...parseSettings(settings),
    users: Number(users),
    keepRequests: false,
    ...(key !== undefined &&
      cert !== undefined && {
        tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') },
      }),
  });
  const { origin, port, apiKey, counts } = emulator;
  return {
    place: { origin, port, apiKey },
    counts: () => ({
      ...counts,
      connections: emulator.connections,
      usersDone: emulator.users.counts().withoutUsername,
    }),
    close: () => emulator.close(),
  };
}

async function proxyServer(port: number): Promise<Server> {
  const proxy = await startProxy({ resolve: () => ({ host: '127.0.0.1', port }) });
  return {
    place: { url: proxy.url },
    counts: () => ({ connects: proxy.connects.length, tunnels: proxy.tunnels }),
    close: () => proxy.close(),
  };
}

const port = values['proxy-to'];
const server = port === undefined ? await emulatorServer() : await proxyServer(Number(port));
const print = (value: object): unknown => process.stdout.write(`${JSON.stringify(value)}\n`);
createInterface(process.stdin)
  .on('line', () => print(server.counts()))
  .on('close', () => void server.close());
print(server.place);
