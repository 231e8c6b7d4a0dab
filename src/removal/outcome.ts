import { makeProblem, type ProblemDetails } from '../monocloud/problem-details.ts';
import type { Profile } from '../monocloud/profile.ts';
import type { UserId } from '../monocloud/user-id.ts';
import type { Rule } from './rules.ts';

/** What became of one user. */
export type Outcome = Removed | Previewed | NotDone;

/** The username is gone: the API said so, or a later reading of the user did. */
export interface Removed {
  readonly outcome: 'removed';
  readonly status: number;
  readonly profile: Profile;
  readonly confirmedByRead: boolean;
}

/** In a dry run: what is there now. */
export interface Previewed {
  readonly outcome: 'would-remove' | 'no-username';
  readonly status: number;
  readonly profile: Profile;
}

export interface NotDone {
  readonly outcome: 'not-found' | 'failed' | 'unconfirmed' | 'skipped';
  /** The status that decided; null where no answer came. */
  readonly status: number | null;
  readonly problem: ProblemDetails;
  /** What the answer that decided means for everyone else. */
  readonly rule: Rule;
  /** Set where a further try was due, but the API asked for a longer wait than is accepted. */
  readonly refusedWait?: number;
}

/** A user that the step is through with. */
export type UserResult = Outcome & {
  readonly userId: UserId;
  /** How often the removal (in a dry run, the reading) was sent. */
  readonly attempts: number;
};

export type OutcomeName = Outcome['outcome'];

export function isNotDone<T extends Outcome>(outcome: T): outcome is T & NotDone {
  return 'problem' in outcome;
}

/** Never sent. @param refusedWait ms that the API asked to wait, where that is why */
export function skipped(refusedWait?: number): NotDone & { readonly attempts: 0 } {
  return {
    outcome: 'skipped',
    attempts: 0,
    status: null,
    problem: makeProblem('Skipped', 'The batch was stopped before this user was sent.'),
    rule: {},
    ...(refusedWait !== undefined && { refusedWait }),
  };
}

/** A bug of ours got in the way: whether something was sent is not known. */
export function broken(error: unknown): NotDone & { readonly attempts: 0 } {
  const name = error instanceof Error ? error.name : typeof error;
  return {
    outcome: 'unconfirmed',
    attempts: 0,
    status: null,
    problem: makeProblem('Internal error', `The action failed on this user (${name}).`),
    rule: {},
  };
}
