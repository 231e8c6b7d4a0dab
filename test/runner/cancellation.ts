import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** How long the runner waits for a cancelled step, in milliseconds. */
export interface Escalation {
  /** From SIGINT to SIGTERM. */
  readonly afterSigint: number;
  /** From SIGTERM to SIGKILL. */
  readonly afterSigterm: number;
}

/** The waits of actions/runner, ProcessInvoker.cs. */
export const runnerEscalation: Escalation = { afterSigint: 7500, afterSigterm: 2500 };

/**
 * Asks a process to end, and kills it in the end. On Windows, which has no signals, the runner
 * presses Ctrl+C and Ctrl+Break instead; a process with a channel is asked to act as if it did
 * (console-keys.cjs). Settles when the process has ended or was killed.
 */
export async function cancelProcess(child: ChildProcess, escalation: Escalation): Promise<void> {
  const ended = new AbortController();
  child.once('exit', () => {
    ended.abort();
  });
  const endsWithin = async (milliseconds: number): Promise<boolean> => {
    try {
      await wait(milliseconds, undefined, { signal: ended.signal });
      return false;
    } catch {
      return true;
    }
  };
  const ask = (signal: NodeJS.Signals, key: NodeJS.Signals): void => {
    if (child.connected) child.send(key);
    else child.kill(signal);
  };

  ask('SIGINT', 'SIGINT');
  if (await endsWithin(escalation.afterSigint)) return;
  ask('SIGTERM', 'SIGBREAK');
  if (await endsWithin(escalation.afterSigterm)) return;
  child.kill('SIGKILL');
}
