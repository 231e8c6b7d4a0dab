import type { ErrorResponse, NoResponse, Profile } from '../monocloud/response.ts';
import type { UserId } from '../monocloud/user-id.ts';

/** What became of one user. */
export type Outcome = Removed | Found | NotDone;

/** The username is gone: the API said so, or a later reading of the user did. */
export interface Removed {
  readonly outcome: 'removed';
  readonly status: number;
  readonly profile: Profile;
  readonly confirmedByRead: boolean;
}

/** What a reading found: in a dry run, or a user that had no username before. */
export interface Found {
  readonly outcome: 'would-remove' | 'no-username';
  readonly status: number;
  readonly profile: Profile;
}

export interface NotDone {
  readonly outcome: 'not-found' | 'failed' | 'unconfirmed' | 'skipped';
  /** The status that decided; null where no response came. */
  readonly status: number | null;
  readonly cause: NotDoneCause;
  /** Set where another attempt was due, but the API asked for a longer wait (ms) than is accepted. */
  readonly retryAfterTooLongMs: number | undefined;
}

/** Why a user is not done. */
export type NotDoneCause =
  | ErrorResponse
  | NoResponse
  | { readonly kind: 'not-sent' }
  /** An error of the action itself. @property name of the error's class */
  | { readonly kind: 'internal-error'; readonly name: string };

/** A user that the step is through with. */
export type UserResult = Outcome & {
  readonly userId: UserId;
  /** How often the removal (in a dry run, the reading) was sent. */
  readonly attempts: number;
};

export type OutcomeName = Outcome['outcome'];

/** In the order in which counts of them are shown. */
export const OUTCOMES: readonly OutcomeName[] = [
  'removed',
  'would-remove',
  'no-username',
  'not-found',
  'failed',
  'unconfirmed',
  'skipped',
];

/** Why a batch is stopped by what one response said. */
export type StopCause = 'key-rejected' | 'redirect' | 'tls' | 'unknown-host';

export const STOP_REASONS = [
  'key-rejected',
  'redirect',
  'tls',
  'unknown-host',
  'consecutive-failures',
  'retry-after-too-long',
  'cancelled',
  'log-closed',
  'report-lost',
  'internal-error',
] as const;

/** Why no further user was sent. It is the reason of the abort signal. */
export type StopReason = (typeof STOP_REASONS)[number];

/** @returns why the signal was aborted; undefined where it was not */
export function stopReasonOf(signal: AbortSignal): StopReason | undefined {
  if (!signal.aborted) return undefined;
  return STOP_REASONS.find((reason) => reason === signal.reason) ?? 'cancelled';
}

export function isNotDone<T extends Outcome>(outcome: T): outcome is T & NotDone {
  return 'cause' in outcome;
}

/** Makes the outcome of a user that is not done. */
export function notDone(
  outcome: NotDone['outcome'],
  cause: NotDoneCause,
  retryAfterTooLongMs?: number,
): NotDone {
  const status = cause.kind === 'error' ? cause.status : null;
  return { outcome, status, cause, retryAfterTooLongMs };
}
