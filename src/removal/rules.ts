import type { Answer } from '../monocloud/answer.ts';
import type { FailureCause } from '../monocloud/failure.ts';

/** Why a batch is stopped by what one user's answer said. */
export type StopCause = 'key-rejected' | 'redirect' | 'tls' | 'unknown-host';

/** What follows from an answer. What is left out does not hold. */
export interface Rule {
  /** May pass: tried again while there are tries left. */
  readonly retried?: true;
  /** The API has too much to do: fewer requests at once. */
  readonly throttled?: true;
  /** No word from the API on what became of the request: it may have taken effect. */
  readonly lost?: true;
  /** What a removal that already happened looks like, so after a lost answer the user is read. */
  readonly doubtful?: true;
  /** Every other user would meet the same. */
  readonly stops?: StopCause;
  /** A sign that the API is down; ten users in a row stop the batch. */
  readonly unwell?: true;
}

/** The contract's table of statuses. What is not here and in no range below is final. */
const STATUS_RULES: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [401, { stops: 'key-rejected' }],
  [402, { stops: 'key-rejected' }],
  [403, { stops: 'key-rejected' }],
  [404, { doubtful: true }],
  [408, { retried: true }],
  [409, { doubtful: true }],
  [422, { doubtful: true }],
  [429, { retried: true, throttled: true }],
  [500, { retried: true, lost: true, unwell: true }],
  [502, { retried: true, lost: true, unwell: true }],
  [503, { retried: true, lost: true, unwell: true }],
  [504, { retried: true, lost: true, unwell: true }],
]);

/** The contract's table of failures without an answer. Whether one is lost, it says itself. */
const FAILURE_RULES: Readonly<Record<FailureCause, Rule>> = {
  'connection-refused': { retried: true, unwell: true },
  'connection-reset': { retried: true, unwell: true },
  'timed-out': { retried: true, unwell: true },
  'body-broke-off': { retried: true, unwell: true },
  'no-final-answer': { unwell: true },
  'not-http': { unwell: true },
  'proxy-refused': { unwell: true },
  tls: { stops: 'tls' },
  'unknown-host': { stops: 'unknown-host' },
  cancelled: {},
};

const FINAL: Rule = {};

export function ruleFor(answer: Answer): Rule {
  switch (answer.kind) {
    case 'profile':
      return FINAL;
    case 'error':
      return STATUS_RULES.get(answer.status) ?? rangeRule(answer.status);
    case 'no answer': {
      const rule = FAILURE_RULES[answer.cause];
      return answer.mayHaveReached ? { ...rule, lost: true } : rule;
    }
  }
}

/** @returns ms that the API asks to wait before it is asked again, where that is worth doing */
export function waitAskedBy(answer: Answer): number | undefined {
  return answer.kind === 'error' && ruleFor(answer).retried ? answer.retryAfter : undefined;
}

function rangeRule(status: number): Rule {
  if (status >= 300 && status < 400) return { stops: 'redirect' };
  return status >= 500 ? { unwell: true } : FINAL;
}
