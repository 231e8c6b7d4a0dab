import { Random } from './random.ts';

/** What there is of a user before the batch begins. */
export type Beginning = 'has a username' | 'has no username' | 'is missing';

/** An API that answers nothing but 429 for a while. */
export interface Throttling {
  /** ms from the start; Infinity for ever */
  readonly untilMs: number;
  /** In seconds; undefined where it does not say. */
  readonly retryAfter: number | undefined;
}

/** An error of the action itself: the n-th request, or keeping the n-th result, throws. */
export interface InternalError {
  readonly where: 'request' | 'result';
  readonly number: number;
}

/** Everything about one trial that the policy does not decide. */
export interface Plan {
  readonly seed: number;
  /** By user id, in the order given. */
  readonly users: ReadonlyMap<string, Beginning>;
  readonly dryRun: boolean;
  readonly ignoreNoUsername: boolean;
  readonly concurrency: number;
  readonly retries: number;
  readonly maxRetryWaitMs: number;
  /** How probable it is that something goes wrong with a request. */
  readonly faultRate: number;
  /** What goes wrong is that the API is down. */
  readonly outage: boolean;
  /** How probable it is that a request meets a connection that the server has closed already. */
  readonly staleRate: number;
  readonly throttling: Throttling | undefined;
  readonly internalError: InternalError | undefined;
  /** ms after the start; undefined where nobody cancels. */
  readonly cancelAtMs: number | undefined;
}

const FAULT_RATES = [0, 0.1, 0.3, 0.6, 0.95];

/** The same plan for the same seed. */
export function planFrom(seed: number): Plan {
  const random = new Random(seed);
  const users = new Map<string, Beginning>();
  const count = random.pick([1, 2, 5, 12, 30]);
  for (let number = 1; number <= count; number += 1) {
    users.set(`user-${number}`, drawBeginning(random));
  }
  return {
    seed,
    users,
    dryRun: random.chance(0.1),
    ignoreNoUsername: random.chance(0.3),
    concurrency: random.pick([1, 2, 4, 16]),
    retries: random.pick([0, 1, 3, 10]),
    maxRetryWaitMs: random.pick([0, 10_000, 120_000]),
    faultRate: random.pick(FAULT_RATES),
    outage: random.chance(0.2),
    staleRate: random.pick([0, 0, 0.1, 0.5]),
    throttling: random.chance(0.1) ? drawThrottling(random) : undefined,
    internalError: random.chance(0.08) ? drawInternalError(random, count) : undefined,
    cancelAtMs: random.chance(0.25) ? random.between(0, 20_000) : undefined,
  };
}

/** @returns whether everything goes well */
export function isWithoutFaults(plan: Plan): boolean {
  const { faultRate, staleRate, throttling, internalError, cancelAtMs } = plan;
  const others = [throttling, internalError, cancelAtMs];
  return faultRate === 0 && staleRate === 0 && others.every((one) => one === undefined);
}

function drawBeginning(random: Random): Beginning {
  if (random.chance(0.75)) return 'has a username';
  return random.chance(0.5) ? 'has no username' : 'is missing';
}

function drawThrottling(random: Random): Throttling {
  const retryAfter = random.pick([0, 1, 5, 30]);
  return {
    untilMs: random.chance(0.5) ? Infinity : random.between(1000, 60_000),
    retryAfter: retryAfter === 0 ? undefined : retryAfter,
  };
}

function drawInternalError(random: Random, users: number): InternalError {
  return { where: random.pick(['request', 'result']), number: random.between(1, users) };
}
