import { isNotDone, type NotDone, type OutcomeName, type UserResult } from '../removal/outcome.ts';

/** One user, as much of it as is kept until the end: no profile, and no problem. */
export interface TallyEntry {
  readonly outcome: OutcomeName;
  readonly status: number | null;
  readonly attempts: number;
}

/** A user that is not done, and the place in the order given. */
export type Failure = UserResult & NotDone & { readonly index: number };

/** At most this many of those that are not done are kept with their problem. */
const KEPT_FAILURES = 50;

/** What a step has come to so far. It grows by a few numbers for each user, and no more. */
export class Tally {
  readonly #entries: (TallyEntry | undefined)[];
  readonly #ignoreNotFound: boolean;
  /** Most users come to the same: what is equal is kept once. */
  readonly #distinct = new Map<string, TallyEntry>();
  readonly #counts = new Map<OutcomeName, number>();
  #failures: readonly Failure[] = [];
  #failed = 0;

  constructor(users: number, ignoreNotFound: boolean) {
    this.#entries = Array.from({ length: users });
    this.#ignoreNotFound = ignoreNotFound;
  }

  /** @param index the user's place in the order given */
  add(result: UserResult, index: number): void {
    const { outcome, status, attempts } = result;
    const name = `${outcome} ${status} ${attempts}`;
    const entry = this.#distinct.get(name) ?? { outcome, status, attempts };
    this.#distinct.set(name, entry);
    this.#entries[index] = entry;
    this.#counts.set(outcome, this.count(outcome) + 1);
    if (!this.isFailure(result)) return;
    this.#failed += 1;
    this.#failures = [...this.#failures, { ...result, index }]
      .toSorted((one, other) => one.index - other.index)
      .slice(0, KEPT_FAILURES);
  }

  /** Whether the user counts as not done: a missing one may be asked to be ignored. */
  isFailure(result: UserResult): result is UserResult & NotDone {
    return isNotDone(result) && !(this.#ignoreNotFound && result.outcome === 'not-found');
  }

  /** In the order given; undefined for a user that has not ended. */
  get entries(): readonly (TallyEntry | undefined)[] {
    return this.#entries;
  }

  get users(): number {
    return this.#entries.length;
  }

  get ended(): number {
    return this.#counts.values().reduce((sum, number) => sum + number, 0);
  }

  /** How many are not done. */
  get failed(): number {
    return this.#failed;
  }

  /** The first of those that are not done, in the order given: 50 at most. */
  get failures(): readonly Failure[] {
    return this.#failures;
  }

  count(outcome: OutcomeName): number {
    return this.#counts.get(outcome) ?? 0;
  }
}
