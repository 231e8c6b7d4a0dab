import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from './emulator.ts';
import type { Emulator, EmulatorOptions, Settings } from './emulator.ts';
import type { FaultOrder } from './faults.ts';
import {
  ValidationError,
  parseFaultOrders,
  parseSettings,
  parseUsers,
  parseWholeNumber,
  readFrom,
} from './validation.ts';

/** How many ids are shown. */
const SHOWN_IDS = 10;

/** What the command line asks for. */
interface CliOptions {
  emulator: EmulatorOptions;
  faults: FaultOrder[];
  tls: boolean;
  json: boolean;
}

interface Running {
  emulator: Emulator;
  /** The path of the authority's certificate, where there is TLS. */
  ca: string | undefined;
}

async function main(args: string[]): Promise<void> {
  const options = parseCliOptions(args);
  const { emulator, ca } = await start(options);
  for (const { fault, when } of options.faults) emulator.misbehave(fault, when);
  // Before anything is printed: whoever reads it may send a signal at once.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void emulator.close());
  process.stdout.write(options.json ? jsonLine(emulator, ca) : welcome(emulator, ca));
}

/** Reads the arguments after the script's name. Throws a `ValidationError`. */
function parseCliOptions(args: string[]): CliOptions {
  const values = parse(args);
  const { port = '0', users = '', tls = false, key, latency, json = false, faults = '[]' } = values;
  if (key !== undefined && !/^[!-~]+$/u.test(key)) {
    throw new ValidationError('--key must be visible ASCII without white space.');
  }
  const settings: Settings = {
    ...readFrom('--settings', () => parseSettings(values.settings ?? '{}')),
    ...(latency !== undefined && { latency: parseWholeNumber('--latency', latency, 0, 600_000) }),
    ...(values['rate-limit'] !== undefined && {
      rateLimit: {
        perSecond: parseWholeNumber('--rate-limit', values['rate-limit'], 1, 1_000_000),
        retryAfter: 1,
      },
    }),
  };
  return {
    emulator: {
      ...settings,
      port: parseWholeNumber('--port', port, 0, 65_535),
      keepRequests: false,
      users: readFrom('--users', () => parseUsers(users)),
      ...(key !== undefined && { apiKey: key }),
    },
    faults: readFrom('--faults', () => parseFaultOrders(faults)),
    tls,
    json,
  };
}

interface Values {
  port?: string;
  users?: string;
  tls?: boolean;
  key?: string;
  latency?: string;
  'rate-limit'?: string;
  faults?: string;
  settings?: string;
  json?: boolean;
}

function parse(args: string[]): Values {
  const string = { type: 'string' } as const;
  const boolean = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        port: string,
        users: string,
        tls: boolean,
        key: string,
        latency: string,
        'rate-limit': string,
        faults: string,
        settings: string,
        json: boolean,
      },
    }).values;
  } catch (error) {
    // Past its first sentence the message speaks to programmers.
    const [sentence] =
      error instanceof Error ? error.message.split(/\.?(?:\s|$)(?=[A-Z]|$)/u, 1) : [];
    throw new ValidationError(`${sentence ?? 'The options are not understood'}.`);
  }
}

async function start({ emulator: options, tls }: CliOptions): Promise<Running> {
  if (!tls) {
    const emulator = await startEmulator(options);
    return { emulator, ca: undefined };
  }
  // Loaded only where it is needed: it takes longer than all the rest.
  const { makeCertificateAuthority } = await import('./certificates.ts');
  const authority = await makeCertificateAuthority();
  const certificate = await authority.issue({ hosts: ['localhost', '127.0.0.1', '::1'] });
  const emulator = await startEmulator({ ...options, tls: certificate });
  const folder = await mkdtemp(join(tmpdir(), 'monocloud-emulator-'));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, authority.certificate);
  void emulator.closed.then(() => rm(folder, { recursive: true }));
  return { emulator, ca };
}

function jsonLine({ origin, apiKey, users }: Emulator, ca: string | undefined): string {
  const userIds = users.ids().slice(0, SHOWN_IDS);
  return `${JSON.stringify({ origin, apiKey, userIds, userCount: users.size, ca })}\n`;
}

function welcome({ origin, apiKey, users }: Emulator, ca: string | undefined): string {
  const ids = users.ids();
  const [firstId = ''] = ids;
  const more = ids.length > SHOWN_IDS ? [`… ${ids.length} in all`] : [];
  const trust =
    ca === undefined ? [] : ['', 'Trust its certificate:', `  NODE_EXTRA_CA_CERTS=${ca}`];
  const lines = [
    'An emulator of MonoCloud is running.',
    '',
    `  origin   ${origin}`,
    `  key      ${apiKey}`,
    `  users    ${[...ids.slice(0, SHOWN_IDS), ...more].join('\n           ')}`,
    ...trust,
    '',
    'As inputs of a step on this machine:',
    '  with:',
    `    domain: ${origin}`,
    `    api-key: ${apiKey}`,
    `    user-id: ${firstId}`,
    '',
    'See a failure: user-id: nobody (404), or any other api-key (401). For more, add a fault:',
    `  curl ${ca === undefined ? '' : `--cacert ${ca} `}${origin}/emulator/faults -d '{"fault":{"kind":"answer","status":503}}'`,
    '',
    'Ctrl+C ends it.',
  ];
  return `${lines.join('\n')}\n`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ValidationError ? 2 : 1;
}
