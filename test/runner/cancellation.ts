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

/** Asks a process to end, ever less kindly. Settles when it has ended or was killed. */
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

  child.kill('SIGINT');
  if (await endsWithin(escalation.afterSigint)) return;
  child.kill('SIGTERM');
  if (await endsWithin(escalation.afterSigterm)) return;
  child.kill('SIGKILL');
}
