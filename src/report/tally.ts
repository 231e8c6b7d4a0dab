import {
  isNotDone,
  OUTCOMES,
  type NotDone,
  type OutcomeName,
  type UserResult,
} from '../removal/outcome.ts';
import type { Settings } from '../settings.ts';

/** One user, as much of it as is kept until the end: no profile, and no problem. */
export interface TallyEntry {
  readonly outcome: OutcomeName;
  readonly status: number | null;
  readonly attempts: number;
}

/** A user that is not done, and the place in the order given. */
export type Failure = UserResult & NotDone & { readonly index: number };

/** A user that would lose the username, and the place in the order given. */
export interface Planned {
  readonly userId: string;
  readonly index: number;
}

/** At most this many users are kept for the summary. */
export const MAX_LISTED = 50;

/** What a step has come to so far. It grows by a few numbers for each user, and no more. */
export class Tally {
  readonly #entries: (TallyEntry | undefined)[];
  readonly #ignoreNotFound: boolean;
  /** Most users come to the same: what is equal is kept once. */
  readonly #distinct = new Map<string, TallyEntry>();
  readonly #counts = new Map<OutcomeName, number>();
  #failures: readonly Failure[] = [];
  #planned: readonly Planned[] = [];
  #failed = 0;
  #ended = 0;

  constructor({ userIds, ignoreNotFound }: Pick<Settings, 'userIds' | 'ignoreNotFound'>) {
    this.#entries = Array.from({ length: userIds.length });
    this.#ignoreNotFound = ignoreNotFound;
  }

  /** @param index the user's place in the order given */
  add(result: UserResult, index: number): void {
    const { userId, outcome, status, attempts } = result;
    const name = `${outcome} ${status} ${attempts}`;
    const entry = this.#distinct.get(name) ?? { outcome, status, attempts };
    this.#distinct.set(name, entry);
    this.#entries[index] = entry;
    this.#counts.set(outcome, this.count(outcome) + 1);
    this.#ended += 1;
    if (outcome === 'would-remove') this.#planned = withFirst(this.#planned, { userId, index });
    if (!this.isFailure(result)) return;
    this.#failed += 1;
    this.#failures = withFirst(this.#failures, { ...result, index });
  }

  /** Whether the user counts as not done: one that does not exist may be ignored. */
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
    return this.#ended;
  }

  /** How many are not done, those that have not ended among them. */
  get failed(): number {
    return this.#failed + (this.users - this.#ended);
  }

  /** The first of those that are not done, in the order given: 50 at most. */
  get failures(): readonly Failure[] {
    return this.#failures;
  }

  /** The first of those that would lose their username, in the order given: 50 at most. */
  get planned(): readonly Planned[] {
    return this.#planned;
  }

  /** How many users came to each outcome, in the order of `OUTCOMES`; none is left out that occurs. */
  get counts(): Readonly<Partial<Record<OutcomeName, number>>> {
    return Object.fromEntries(
      OUTCOMES.filter((outcome) => this.count(outcome) > 0).map((outcome) => [
        outcome,
        this.count(outcome),
      ]),
    );
  }

  count(outcome: OutcomeName): number {
    return this.#counts.get(outcome) ?? 0;
  }
}

/** The list with one more in its place, and no longer than what is listed. */
function withFirst<T extends { readonly index: number }>(list: readonly T[], one: T): readonly T[] {
  const last = list[MAX_LISTED - 1];
  if (last !== undefined && last.index < one.index) return list;
  return [...list, one]
    .toSorted((first, second) => first.index - second.index)
    .slice(0, MAX_LISTED);
}
