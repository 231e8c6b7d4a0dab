import type { FailureCause } from '../monocloud/failure.ts';
import type { ApiResponse, ErrorReason } from '../monocloud/response.ts';
import type { StopCause } from './outcome.ts';

/** What follows from a response. It is decided once, and travels with the response. */
export interface Meaning {
  /** A response came, whatever it says. */
  readonly answered: boolean;
  /** May pass: there is another attempt while retries are left. */
  readonly retried: boolean;
  /** The API has too much to do: everyone slows down. */
  readonly slowsDown: boolean;
  /** ms that the API asks to wait; only where there is another attempt. */
  readonly retryAfterMs: number | undefined;
  /** A kept connection failed, so there were two requests. */
  readonly sentTwice: boolean;
  /** No word on what became of a request, so it may have taken effect. */
  readonly lost: boolean;
  /** What a removal looks like that has already happened. */
  readonly mayMeanAlreadyRemoved: boolean;
  /** 404 with its body: there is no such user. */
  readonly notFound: boolean;
  /** Every other user would meet the same. */
  readonly stops: StopCause | undefined;
  /** A sign that the API is down or refuses everybody; ten users in a row stop the batch. */
  readonly countsAsOutage: boolean;
}

/** What does not hold is left out. */
type Rule = Partial<Omit<Meaning, 'answered' | 'sentTwice' | 'retryAfterMs' | 'notFound'>>;

const SERVER_FAILED: Rule = { retried: true, lost: true, countsAsOutage: true };
const ALREADY_REMOVED: Rule = { mayMeanAlreadyRemoved: true };

/** The contract's table of statuses. What is not here and in no range below is final. */
const STATUS_RULES: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [401, { stops: 'key-rejected' }],
  [402, { stops: 'key-rejected' }],
  [403, { stops: 'key-rejected', countsAsOutage: true }],
  [404, ALREADY_REMOVED],
  [408, { retried: true }],
  [409, ALREADY_REMOVED],
  [422, ALREADY_REMOVED],
  [429, { retried: true, slowsDown: true, countsAsOutage: true }],
  [500, SERVER_FAILED],
  [502, SERVER_FAILED],
  [503, { ...SERVER_FAILED, slowsDown: true }],
  [504, SERVER_FAILED],
  // Gateways of Cloudflare.
  [520, SERVER_FAILED],
  [521, SERVER_FAILED],
  [522, SERVER_FAILED],
  [523, SERVER_FAILED],
  [524, SERVER_FAILED],
  [530, SERVER_FAILED],
]);

const PASSING: Rule = { retried: true, countsAsOutage: true };

/** The contract's table of failures without a response. Whether one is lost, it says itself. */
const FAILURE_RULES: Readonly<Record<FailureCause, Rule>> = {
  'connection-refused': PASSING,
  'connection-lost': PASSING,
  'timed-out': PASSING,
  'response-incomplete': PASSING,
  'lookup-failed': PASSING,
  'proxy-unavailable': PASSING,
  'response-mismatch': {},
  'no-final-response': { countsAsOutage: true },
  'not-http': { countsAsOutage: true },
  'headers-too-large': { countsAsOutage: true },
  'proxy-refused': { countsAsOutage: true },
  tls: { stops: 'tls' },
  'unknown-host': { stops: 'unknown-host' },
  cancelled: {},
};

/** Without its body even a plain status proves little. */
const CUT_OFF: ReadonlySet<ErrorReason['kind']> = new Set(['body-too-large', 'body-encoded']);

const NOTHING_FOLLOWS: Required<Rule> = {
  retried: false,
  slowsDown: false,
  lost: false,
  mayMeanAlreadyRemoved: false,
  stops: undefined,
  countsAsOutage: false,
};

/** Decides what follows from a response. */
export type Classify = (response: ApiResponse) => Meaning;

/**
 * Makes the classifier of one step. It remembers two things that earlier responses proved: that the
 * host exists, so that an unknown host may pass, and that the key is accepted, so that a 403 is about
 * one user.
 */
export function createClassifier(): Classify {
  let hostAnswered = false;
  let keyAccepted = false;

  const ruleFor = (response: ApiResponse): Rule => {
    switch (response.kind) {
      case 'profile':
        return {};
      case 'error': {
        const rule = STATUS_RULES.get(response.status) ?? rangeRule(response.status);
        return response.status === 403 && keyAccepted ? { ...rule, stops: undefined } : rule;
      }
      case 'no-response': {
        const { cause, mayHaveReached } = response.failure;
        const rule = cause === 'unknown-host' && hostAnswered ? PASSING : FAILURE_RULES[cause];
        return mayHaveReached ? { ...rule, lost: true } : rule;
      }
    }
  };

  return (response) => {
    const rule = ruleFor(response);
    hostAnswered ||= response.kind !== 'no-response';
    keyAccepted ||= provesKey(response);
    const isError = response.kind === 'error';
    return {
      ...NOTHING_FOLLOWS,
      ...rule,
      answered: response.kind !== 'no-response',
      sentTwice: response.sentTwice,
      // The first of two may have taken effect, and its response was lost.
      lost: rule.lost === true || response.sentTwice,
      retryAfterMs: isError && rule.retried === true ? response.retryAfterMs : undefined,
      notFound: isError && response.status === 404 && !CUT_OFF.has(response.reason.kind),
    };
  };
}

const NO_PROOF_OF_KEY: ReadonlySet<number> = new Set([401, 402, 403, 408, 429]);

/** A status that the API gives only to a key that it accepts, and a gateway does not give at all. */
function provesKey(response: ApiResponse): boolean {
  if (response.kind === 'no-response') return false;
  const { status } = response;
  return status === 200 || (status >= 400 && status < 500 && !NO_PROOF_OF_KEY.has(status));
}

function rangeRule(status: number): Rule {
  if (status >= 300 && status < 400) return { stops: 'redirect' };
  return status >= 500 ? { lost: true, countsAsOutage: true } : {};
}
