import type { NotDone } from '../removal/outcome.ts';
import type { StopReason } from '../removal/stop.ts';

/** What to check for the statuses that users can do something about. */
const HINTS: ReadonlyMap<number, string> = new Map([
  [
    401,
    'Check the secret that holds the API key: it may be missing in this workflow context (secrets ' +
      'are not passed to workflows from forks), revoked, or of another tenant.',
  ],
  [402, 'Check the plan of the tenant: it may not include the Management API, or a bill is due.'],
  [403, 'Check the permissions of the API key: it must be allowed to change users.'],
  [
    404,
    'Check the user id and that the user belongs to this tenant. If the user may be gone already, ' +
      'set `on-not-found: ignore`.',
  ],
]);

const UNCONFIRMED =
  'Whether the username was removed is not known: run the step again, or look the user up.';

/** @returns a sentence on what to do, or undefined where there is nothing better than the problem */
export function hintFor({ outcome, status }: NotDone): string | undefined {
  if (outcome === 'unconfirmed') return UNCONFIRMED;
  return status === null ? undefined : HINTS.get(status);
}

const STOPPED: Readonly<Record<StopReason, string>> = {
  'key-rejected': 'the API does not accept the key for this',
  redirect: 'the server points elsewhere, and the key is not taken there',
  tls: 'there is no secure connection to the domain',
  'unknown-host': 'the domain is not known',
  unwell: '10 users in a row got no answer, or a 5xx',
  'wait-refused': 'the API asks to wait longer than `max-retry-wait` allows',
  cancelled: 'the step was cancelled',
  'report-lost': 'the report or the profiles could not be written (check the space on the disk)',
  bug: 'the action met an error of its own making, which is worth an issue',
};

/** Completes "Stopped: …". */
export function stopInWords(reason: StopReason): string {
  return STOPPED[reason];
}

/** Whether it is one user's answer that stopped the batch, rather than something about the step. */
export function isToldByUser(reason: StopReason): boolean {
  return !['cancelled', 'report-lost', 'bug'].includes(reason);
}
