import { STATUS_CODES } from 'node:http';
import type { Failure, FailureCause } from '../monocloud/failure.ts';
import type { ApiResponse, ErrorReason, ValidationError } from '../monocloud/response.ts';
import type {
  NotDone,
  NotDoneCause,
  OutcomeName,
  StopReason,
  UserResult,
} from '../removal/outcome.ts';
import type { Settings } from '../settings.ts';
import {
  FAILURES,
  HINTS,
  INTERNAL_ERROR,
  KEY_NOT_SENT,
  PHRASES,
  RESPONSE_FAULTS,
  RESULT_PARTS,
  SKIPPED,
  STOPS,
  TLS_BROKE,
  TLS_HINT,
  UNEXPECTED_BODIES,
  type Message,
} from './messages.ts';
import { count, duration, fill, joined, sentence } from './text.ts';

/** Says why one user is not done, and what to do about it. */
export function notDoneText(
  result: Pick<UserResult, 'userId' | 'attempts'> & NotDone,
  { maxRetryWaitMs, dryRun }: Pick<Settings, 'maxRetryWaitMs' | 'dryRun'>,
): string {
  const { userId, cause, attempts, retryAfterTooLongMs } = result;
  return joined([
    `User ${userId}:`,
    causeText(cause),
    retryAfterTooLongMs === undefined
      ? ''
      : fill(PHRASES.waitTooLong, {
          asked: Math.ceil(retryAfterTooLongMs / 1000),
          allowed: maxRetryWaitMs / 1000,
        }),
    attempts > 1 ? fill(PHRASES.gaveUp, { attempts }) : '',
    hintFor(result, dryRun),
  ]);
}

/** The cause in the terms of RFC 9457, made of what is known. */
export function madeProblem(cause: NotDoneCause): {
  readonly title: string;
  readonly detail: string;
} {
  switch (cause.kind) {
    case 'not-sent':
      return SKIPPED;
    case 'internal-error':
      return { title: STOPS['internal-error'].title, detail: internalErrorText(cause.name) };
    case 'no-response':
      return { title: FAILURES[cause.failure.cause].title, detail: failureText(cause.failure) };
    case 'error': {
      const { status, reason } = cause;
      const detail = joined([answeredText(status, reason), reasonText(reason, status)]);
      return { title: titleOf(reason) || statusText(status), detail };
    }
  }
}

function causeText(cause: NotDoneCause): string {
  if (cause.kind === 'error') {
    const { status, reason } = cause;
    return joined([
      answeredText(status, reason),
      titleSentence(reason),
      reasonText(reason, status),
    ]);
  }
  const { title, detail } = madeProblem(cause);
  return joined([sentence(title), detail]);
}

/** Only what sends problem details is known to be MonoCloud. */
function answeredText(status: number, { kind }: ErrorReason): string {
  const phrase = kind === 'problem' ? PHRASES.monoCloudAnswered : PHRASES.serverAnswered;
  return fill(phrase, { status: statusText(status) });
}

function titleSentence(reason: ErrorReason): string {
  return reason.kind === 'problem' ? '' : sentence(titleOf(reason));
}

function titleOf(reason: ErrorReason): string {
  return reason.kind === 'problem'
    ? (reason.problem.title ?? '')
    : RESPONSE_FAULTS[reason.kind].title;
}

/** The title, where it says more than the status does, the detail and each validation error. */
function reasonText(reason: ErrorReason, status: number): string {
  switch (reason.kind) {
    case 'problem': {
      const { title, detail, errors } = reason.problem;
      const ownTitle = title === STATUS_CODES[status] ? undefined : title;
      return joined(
        [ownTitle, detail, ...errors.map((error) => validationText(error))].map((text) =>
          sentence(text),
        ),
      );
    }
    case 'redirect': {
      const { host } = reason;
      const target = host === undefined ? '' : fill(PHRASES.pointsTo, { host });
      return joined([target, RESPONSE_FAULTS.redirect.text]);
    }
    case 'not-proven':
      return RESPONSE_FAULTS['not-proven'].text.replace('{body}', UNEXPECTED_BODIES[reason.body]);
    case 'without-problem':
    case 'body-too-large':
    case 'body-encoded':
      return RESPONSE_FAULTS[reason.kind].text;
  }
}

function validationText({ label, message }: ValidationError): string {
  if (message === undefined || label === message) return label ?? '';
  return label === undefined ? message : `${label}: ${message}`;
}

function failureText(failure: Failure): string {
  const { cause, peer, host, mayHaveReached, code } = failure;
  const words = FAILURES[cause];
  const text = peer === 'proxy' ? (words.proxy ?? words.tenant) : words.tenant;
  const isBroken = cause === 'tls' && mayHaveReached;
  return joined([
    fill(isBroken ? TLS_BROKE : text, { host }),
    cause === 'tls' && !mayHaveReached ? joined([KEY_NOT_SENT, TLS_HINT]) : '',
    codeText(cause, code),
  ]);
}

function codeText(cause: FailureCause, code: string): string {
  if (code === '' || code === 'no code') return '';
  const isStatus = /^\d+$/u.test(code);
  if (isStatus) return fill(PHRASES.proxyAnswered, { status: statusText(Number(code)) });
  return cause === 'cancelled' ? '' : fill(PHRASES.errorCode, { code });
}

function hintFor({ outcome, cause, status }: NotDone, dryRun: boolean): string {
  if (outcome === 'unconfirmed') return HINTS.unconfirmed;
  if (cause.kind !== 'error' || status === null) return '';
  const isProblem = cause.reason.kind === 'problem';
  if (status === 401) return HINTS[status];
  if (outcome === 'not-found') return HINTS[404];
  if (status === 402 || status === 403) {
    return joined([HINTS[status], isProblem ? '' : HINTS.firewall]);
  }
  return [409, 422].includes(status) && !dryRun ? HINTS.noUsername : '';
}

/**
 * What was answered, without personal data: the title, where it says more than the status does, and
 * of each validation error the code or the field. A message may quote what the user entered.
 */
export function titleWithCodes(cause: NotDoneCause): string {
  if (cause.kind !== 'error') return cause.kind === 'not-sent' ? '' : madeProblem(cause).title;
  const { reason, status } = cause;
  if (reason.kind !== 'problem') return titleOf(reason);
  const { title, errors } = reason.problem;
  const labels = errors.flatMap(({ label }) => label ?? []);
  const ownTitle = title === STATUS_CODES[status] ? undefined : title;
  if (ownTitle === undefined || labels.length === 0) return ownTitle ?? labels.join(', ');
  return `${ownTitle} (${labels.join(', ')})`;
}

/** `404 Not Found`. */
export function statusText(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

/** What came back for one attempt, as short as can be. */
export function responseText(response: ApiResponse): string {
  return response.kind === 'no-response'
    ? FAILURES[response.failure.cause].title
    : statusText(response.status);
}

/** The last line of a step with several users. */
export function resultsText(
  counts: Readonly<Partial<Record<OutcomeName, number>>>,
  { users, failed, dryRun, elapsedMs }: ResultSettings,
): string {
  const wanted = counts[dryRun ? 'would-remove' : 'removed'] ?? 0;
  const names = ['no-username', 'not-found', 'failed', 'unconfirmed', 'skipped'] as const;
  const rest = names.flatMap((name) => {
    const number = counts[name] ?? 0;
    return number === 0 ? [] : [fill(RESULT_PARTS[name], { number })];
  });
  const first = fill(dryRun ? RESULT_PARTS['would-remove'] : RESULT_PARTS.removed, {
    number: wanted,
    users: count(users, dryRun ? 'user' : 'username'),
  });
  const { done, notDone, dryRunDone, dryRunNotDone } = RESULT_PARTS;
  const [asDone, asNotDone] = dryRun ? [dryRunDone, dryRunNotDone] : [done, notDone];
  return joined([
    fill(failed === 0 ? asDone : asNotDone, {
      failed: count(failed, 'user'),
      time: duration(elapsedMs),
    }),
    `${[first, ...rest].join(', ')}.`,
  ]);
}

interface ResultSettings {
  readonly users: number;
  readonly failed: number;
  readonly dryRun: boolean;
  readonly elapsedMs: number;
}

/**
 * Why a step stopped early.
 *
 * @param skipped how many users were not sent because of it
 * @returns undefined where it left nobody out: the user that caused it has the reason already
 */
export function stopMessage(reason: StopReason | undefined, skipped: number): Message | undefined {
  if (reason === undefined) return undefined;
  const { title, text, byUser } = STOPS[reason];
  if (byUser && skipped === 0) return undefined;
  const rest = skipped === 0 ? '' : fill(PHRASES.skipped, { users: count(skipped, 'user') });
  return { title, text: joined([fill(PHRASES.stopped, { why: text }), rest]) };
}

export function internalErrorText(name: string): string {
  return fill(INTERNAL_ERROR, { name });
}

/** What an unexpected error is called. A message may quote what the error came from. */
export function errorName(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
  return `${name}${code}`;
}
