import {
  processUsers,
  type BatchDependencies,
  type BatchSettings,
} from '../../src/removal/batch.ts';
import type { StopReason } from '../../src/removal/outcome.ts';
import { userId } from '../removal/scripted-api.ts';
import { VirtualClock } from '../removal/virtual-clock.ts';
import { History } from './history.ts';
import { ModelApi } from './model-api.ts';
import type { Plan } from './plan.ts';
import { Random } from './random.ts';

/** What is put to the test: the policy as it is, or a wrong one that has to be found. */
export type Policy = (
  settings: BatchSettings,
  dependencies: BatchDependencies,
) => Promise<StopReason | undefined>;

/** What one trial came to. */
export interface Trial {
  readonly plan: Plan;
  readonly history: History;
  /** `stuck`: it waited for something that could not happen any more. */
  readonly stopReason: StopReason | 'stuck' | undefined;
}

/** ms: later than anything that a trial waits for */
const END_OF_TIME = 1e12;

/** Runs a batch against the model, in virtual time. The same plan goes the same way every time. */
export async function runTrial(plan: Plan, policy: Policy = processUsers): Promise<Trial> {
  const clock = new VirtualClock();
  const never = new AbortController().signal;
  const history = new History(clock.now);
  const cancelling = new AbortController();
  const random = new Random(plan.seed ^ 0x5e_ed);
  const api = new ModelApi(plan, random, clock, history, cancelling.signal);
  const cancel = async (atMs: number): Promise<void> => {
    await clock.sleep(atMs, never);
    history.cancelled = history.moment();
    cancelling.abort('cancelled');
  };
  if (plan.cancelAtMs !== undefined) void cancel(plan.cancelAtMs);

  const { internalError, ...settings } = plan;
  const userIds = [...plan.users.keys()].map((id) => userId(id));
  const work = policy(
    { ...settings, userIds, requestsPerSecond: undefined },
    {
      api,
      clock,
      random: random.next,
      cancelled: cancelling.signal,
      observer: { attempted: () => {}, retrying: () => {} },
      ended: (result, index) => {
        const truth = api.truthOf(result.userId);
        history.verdicts.push({ index, result, at: history.moment(), truth });
        const number = history.verdicts.length;
        if (internalError?.where !== 'result' || internalError.number !== number) return undefined;
        history.broken ??= history.moment();
        throw new TypeError('An error of the action itself.');
      },
    },
  );
  const stuck = clock.sleep(END_OF_TIME, never).then(() => 'stuck' as const);
  return { plan, history, stopReason: await Promise.race([work, stuck]) };
}
