import { Random } from './random.ts';

/** What there is of a user before the batch begins. */
export type Beginning = 'has a username' | 'has no username' | 'is missing';

/** Everything about one trial that is not the policy's own doing. */
export interface Plan {
  readonly seed: number;
  /** By user id, in the order given. */
  readonly users: ReadonlyMap<string, Beginning>;
  readonly dryRun: boolean;
  readonly concurrency: number;
  readonly retries: number;
  /** ms */
  readonly maxRetryWait: number;
  /** How probable it is that something goes wrong with a request. */
  readonly faultRate: number;
  /** What goes wrong is that the API is down. */
  readonly outage: boolean;
  /** ms after the start; undefined where nobody cancels. */
  readonly cancelAt: number | undefined;
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
    concurrency: random.pick([1, 2, 4, 16]),
    retries: random.pick([0, 1, 3, 10]),
    maxRetryWait: random.pick([0, 10_000, 120_000]),
    faultRate: random.pick(FAULT_RATES),
    outage: random.chance(0.2),
    cancelAt: random.chance(0.25) ? random.between(0, 20_000) : undefined,
  };
}

function drawBeginning(random: Random): Beginning {
  if (random.chance(0.75)) return 'has a username';
  return random.chance(0.5) ? 'has no username' : 'is missing';
}
