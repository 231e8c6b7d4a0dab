import {
  processUsers,
  type BatchDependencies,
  type BatchSettings,
} from '../../src/removal/batch.ts';
import type { Clock } from '../../src/removal/clock.ts';
import type { StopReason, UserResult } from '../../src/removal/outcome.ts';
import { ScriptedApi, userIds, type Call, type Script } from './scripted-api.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface World extends Partial<BatchSettings> {
  readonly users?: number;
  readonly script: Script;
  readonly latencyMs?: (call: Call) => number;
  /** Of the policy; a virtual one by default. */
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly cancelled?: AbortSignal;
  readonly ended?: BatchDependencies['ended'];
}

export interface Run {
  readonly api: ScriptedApi;
  readonly stopReason: StopReason | undefined;
  /** In the order given. */
  readonly results: readonly UserResult[];
  readonly outcomes: readonly string[];
}

/** Runs a batch against a scripted API, in virtual time. */
export async function runBatch(world: World): Promise<Run> {
  const { users = 1, script, latencyMs, random = () => 0.5, ended, cancelled, ...more } = world;
  const virtualClock = new VirtualClock();
  const { clock = virtualClock } = world;
  const api = new ScriptedApi(virtualClock, script, latencyMs);
  const byIndex = new Map<number, UserResult>();
  const settings: BatchSettings = {
    userIds: userIds(users),
    dryRun: false,
    ignoreNoUsername: false,
    concurrency: 4,
    requestsPerSecond: undefined,
    retries: 3,
    maxRetryWaitMs: 120_000,
    ...more,
  };
  const stopReason = await processUsers(settings, {
    api,
    clock,
    random,
    cancelled: cancelled ?? new AbortController().signal,
    observer: { attempted: () => {}, retrying: () => {} },
    ended: (result, index) => {
      if (byIndex.has(index)) throw new Error(`User ${index} ended twice.`);
      byIndex.set(index, result);
      return ended?.(result, index);
    },
  });
  const results = settings.userIds.flatMap((_, index) => byIndex.get(index) ?? []);
  return { api, stopReason, results, outcomes: results.map(({ outcome }) => outcome) };
}
