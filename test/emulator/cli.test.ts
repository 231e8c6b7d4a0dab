import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './http-client.ts';
import { parseRecord } from '../../emulator/validation.ts';

const CLI = fileURLToPath(new URL('../../emulator/cli.ts', import.meta.url));

interface Cli {
  process: ChildProcessWithoutNullStreams;
  output: { stdout: string; stderr: string };
  exit: Promise<number | null>;
}

const started: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

function run(...args: string[]): Cli {
  const child = spawn(process.execPath, [CLI, ...args]);
  started.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const { promise: exit, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  return { process: child, output, exit };
}

/** The line of `--json`, once it is there. */
async function firstLine({ process: { stdout }, output }: Cli): Promise<Record<string, unknown>> {
  await once(stdout, 'data');
  return parseRecord(output.stdout) ?? {};
}

describe('the command line', () => {
  it('serves a number of users and ends on SIGTERM', async () => {
    const cli = run('--json', '--users', '12', '--key', 'my-key', '--latency', '1');
    const { origin, ...others } = await firstLine(cli);
    expect(others).toMatchObject({ apiKey: 'my-key', userCount: 12 });
    expect(others['userIds']).toHaveLength(10);

    const headers = { 'X-API-Key': 'my-key' };
    const url = `${String(origin)}/api/users/user-1/username`;
    expect(await ask(url, { method: 'DELETE', headers })).toMatchObject({ status: 200 });

    cli.process.kill('SIGTERM');
    expect(await cli.exit).toBe(0);
    expect(cli.output.stderr).toBe('');
  });

  it('takes limits, faults and settings', async () => {
    const faults = '{"fault": {"kind": "answer", "status": 500}}';
    const settings = '{"maxInFlight": {"limit": 5}}';
    const cli = run('--json', '--rate-limit', '2', '--faults', faults, '--settings', settings);
    const { origin, apiKey } = await firstLine(cli);
    const url = `${String(origin)}/api/users/user-with-username`;
    const headers = { 'X-API-Key': String(apiKey) };
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await ask(url, { headers })).status);
    expect(statuses).toEqual([500, 200, 429]);
  });

  it('serves TLS, and takes the certificate away on SIGINT', async () => {
    const cli = run('--json', '--tls');
    const { origin, ca } = await firstLine(cli);
    const file = String(ca);
    const answer = await ask(`${String(origin)}/api/users/x`, { ca: await readFile(file, 'utf8') });
    expect(answer.status).toBe(401);

    cli.process.kill('SIGINT');
    expect(await cli.exit).toBe(0);
    await expect(access(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says what to paste into a workflow', async () => {
    const cli = run();
    await once(cli.process.stdout, 'data');
    cli.process.kill('SIGTERM');
    await cli.exit;
    expect(cli.output.stdout).toMatch(
      /domain: http:\/\/127\.0\.0\.1:\d+\n +api-key: [0-9a-f]{48}\n +user-id: user-with-username\n/u,
    );
  });

  it.each([
    [['--port', 'x'], '--port must be a whole number from 0 to 65535, not "x".'],
    [
      ['--users', '0'],
      '--users: The number of users must be a whole number from 1 to 1000000, not "0".',
    ],
    [['--users', 'a,b@c'], '--users: "b@c" is not a user id. '],
    [['--key', 'a b'], '--key must be visible ASCII without white space.'],
    [['--rate-limit', '0'], '--rate-limit must be a whole number from 1 to 1000000, not "0".'],
    [['--faults', '[{}]'], '--faults: faults[0].fault is missing.'],
    [['--settings', '{"a":1}'], '--settings: a is not known; known are '],
    [['--prot', '1'], "Unknown option '--prot'."],
    [['serve'], "Unexpected argument 'serve'."],
  ])('refuses %j', async (args, sentence) => {
    const { output, exit } = run(...args);
    expect(await exit).toBe(2);
    expect(output.stdout).toBe('');
    expect(output.stderr).toContain(sentence);
    expect(output.stderr.trimEnd()).not.toContain('\n');
  });
});
