import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process to be started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Its whole environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Which exit code is the right one; 0 by default. */
  readonly exitCode?: number;
}

/**
 * Runs a process to its end.
 *
 * @returns the ms from before its start to its end
 * @throws Error where it did not end as it should have: such a run measures something else
 */
export async function timed({ file, args, env, cwd, exitCode = 0 }: Command): Promise<number> {
  const started = performance.now();
  const child = spawn(file, args, { env: env ?? {}, cwd, stdio: 'ignore' });
  await once(child, 'exit');
  const took = performance.now() - started;
  if (child.exitCode !== exitCode) {
    throw new Error(`${file} ended with ${child.exitCode ?? child.signalCode}, not ${exitCode}`);
  }
  return took;
}

/** Each command of each round in turn, so that what slows the machine down slows down all of them. */
export async function interleaved(
  rounds: number,
  commands: (round: number) => ReadonlyMap<string, Command>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, command] of commands(round)) {
      const took = await timed(command);
      times.set(name, [...(times.get(name) ?? []), took]);
    }
  }
  return times;
}
