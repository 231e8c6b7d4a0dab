import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseJsonObject } from '../src/monocloud/json.ts';
import { actionRoot } from '../test/runner/action-definition.ts';

/** A tenant in a process of its own, so that it takes no time from what is measured. */
export interface EmulatorProcess {
  readonly origin: string;
  readonly apiKey: string;
  readonly stop: () => Promise<void>;
}

/** @param latency ms before each answer */
export async function startEmulatorProcess(
  users: number,
  latency: number,
): Promise<EmulatorProcess> {
  const script = join(actionRoot, 'emulator', 'cli.ts');
  const args = [script, '--json', '--users', String(users), '--latency', String(latency)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: unknown[] = await once(createInterface(child.stdout), 'line');
  const { origin, apiKey } = parseJsonObject(String(lines[0])) ?? {};
  if (typeof origin !== 'string' || typeof apiKey !== 'string') {
    throw new TypeError('The emulator did not say where it is.');
  }
  return {
    origin,
    apiKey,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
