import { timed } from './processes.ts';
import { startEmulatorProcess } from './servers.ts';
import { numberedUserIds, prepareListStep } from './step.ts';
import { inSeconds, median, ratio } from './table.ts';

/** A tenant that allows so many requests a second, and answers 429 with `Retry-After: 1` past it. */
export interface LimitedTenant {
  readonly perSecond: number;
  readonly users: number;
}

/** What came of all users of such a tenant. */
export interface LimitedRun {
  readonly ms: number;
  readonly usersDone: number;
  readonly throttled: number;
  readonly requests: number;
}

/** The columns of `limitedCells`. */
export const LIMITED_HEADER = ['done', 'refused', 'of all', 'time', 'to ideal'];

/**
 * Removes every username of a new tenant.
 *
 * @param processes the inputs of each of the processes that do it at once
 */
export async function runLimited(
  { perSecond, users }: LimitedTenant,
  processes: readonly Readonly<Record<string, string>>[],
): Promise<LimitedRun> {
  const emulator = await startEmulatorProcess({ users, rateLimit: { perSecond, retryAfter: 1 } });
  const steps = processes.map((inputs) =>
    prepareListStep(emulator, numberedUserIds(1, users), { inputs }),
  );
  try {
    const times = await Promise.all(steps.map(({ command }) => timed(command)));
    const throttled = await emulator.count('throttled');
    return {
      ms: Math.max(...times),
      usersDone: await emulator.count('usersDone'),
      throttled,
      requests: throttled + (await emulator.count('accepted')),
    };
  } finally {
    for (const { dispose } of steps) dispose();
    await emulator.stop();
  }
}

/** Medians of several runs. The ideal is all users at the rate that is allowed, from the start on. */
export function limitedCells(
  { perSecond, users }: LimitedTenant,
  runs: readonly LimitedRun[],
): readonly string[] {
  const ms = median(runs.map((run) => run.ms));
  const refused = median(runs.map(({ throttled, requests }) => throttled / requests));
  return [
    String(Math.min(...runs.map(({ usersDone }) => usersDone))),
    String(median(runs.map(({ throttled }) => throttled))),
    `${(100 * refused).toFixed(1)} %`,
    inSeconds(ms),
    ratio(ms, (1000 * users) / perSecond),
  ];
}
