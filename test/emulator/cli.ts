import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError, parseCliOptions } from './cli-options.ts';
import type { CliOptions } from './cli-options.ts';
import { startEmulator } from './emulator.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';

/** How many ids are shown. */
const SHOWN_IDS = 10;

interface Running {
  emulator: Emulator;
  /** The path of the authority's certificate, where there is TLS. */
  ca: string | undefined;
  stop: () => Promise<void>;
}

async function main(args: string[]): Promise<void> {
  const options = parseCliOptions(args);
  const { emulator, ca, stop } = await start(options);
  // Before anything is printed: whoever reads it may send a signal at once.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
  process.stdout.write(options.json ? jsonLine(emulator, ca) : welcome(emulator, ca));
}

async function start({ port, users, tls, key, latency }: CliOptions): Promise<Running> {
  const options: EmulatorOptions = {
    port,
    latency,
    keepRequests: false,
    ...(users !== undefined && { users }),
    ...(key !== undefined && { apiKey: key }),
  };
  if (!tls) {
    const emulator = await startEmulator(options);
    return { emulator, ca: undefined, stop: () => emulator.close() };
  }
  // Loaded only where it is needed: it takes longer than all the rest.
  const { makeCertificateAuthority } = await import('./certificates.ts');
  const authority = await makeCertificateAuthority();
  const certificate = await authority.issue({ hosts: ['localhost', '127.0.0.1', '::1'] });
  const emulator = await startEmulator({ ...options, tls: certificate });
  const folder = await mkdtemp(join(tmpdir(), 'monocloud-emulator-'));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, authority.certificate);
  const stop = async (): Promise<void> => {
    await emulator.close();
    await rm(folder, { recursive: true });
  };
  return { emulator, ca, stop };
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
    'A stand-in for MonoCloud is running.',
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
    'See a failure: user-id: nobody (404), or any other api-key (401). For more, tell it to:',
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
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
