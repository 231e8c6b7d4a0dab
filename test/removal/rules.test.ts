import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/monocloud/answer.ts';
import type { FailureCause } from '../../src/monocloud/failure.ts';
import { makeProblem } from '../../src/monocloud/problem-details.ts';
import { ruleFor } from '../../src/removal/rules.ts';

const problem = makeProblem('Title', 'Detail');

function status(code: number): Answer {
  return { kind: 'error', status: code, whole: true, problem, retryAfter: undefined };
}

function failure(cause: FailureCause, mayHaveReached: boolean): Answer {
  return { kind: 'no answer', cause, mayHaveReached, problem };
}

const ALL = Array.from({ length: 500 }, (_, index) => 100 + index);
const among = (...codes: readonly number[]): ((code: number) => boolean) => {
  const set = new Set(codes);
  return (code) => set.has(code);
};

describe('of all statuses', () => {
  const retried = among(408, 429, 500, 502, 503, 504);
  const lost = among(500, 502, 503, 504);
  const doubtful = among(404, 409, 422);
  const rejected = among(401, 402, 403);

  it.each(ALL)('%i follows the table', (code) => {
    const rule = ruleFor(status(code));
    expect(rule.retried === true).toBe(retried(code));
    expect(rule.doubtful === true).toBe(doubtful(code));
    expect(rule.throttled === true).toBe(code === 429);
    expect(rule.unwell === true).toBe(code >= 500);
    if (lost(code)) expect(rule.lost).toBe(true);
    if (code < 500) expect(rule.lost).toBeUndefined();
    const redirect = code >= 300 && code < 400 ? 'redirect' : undefined;
    expect(rule.stops).toBe(rejected(code) ? 'key-rejected' : redirect);
  });
});

describe('without an answer', () => {
  const causes: readonly (readonly [FailureCause, object])[] = [
    ['connection-refused', { retried: true, unwell: true }],
    ['connection-reset', { retried: true, unwell: true }],
    ['timed-out', { retried: true, unwell: true }],
    ['body-broke-off', { retried: true, unwell: true }],
    ['no-final-answer', { unwell: true }],
    ['not-http', { unwell: true }],
    ['proxy-refused', { unwell: true }],
    ['tls', { stops: 'tls' }],
    ['unknown-host', { stops: 'unknown-host' }],
    ['cancelled', {}],
  ];

  it.each(causes)('%s follows the table', (cause, rule) => {
    expect(ruleFor(failure(cause, false))).toEqual(rule);
    expect(ruleFor(failure(cause, true))).toEqual({ ...rule, lost: true });
  });
});

it('a profile needs no rule', () => {
  const profile = { text: '{}', userId: undefined, hasUsername: false };
  expect(ruleFor({ kind: 'profile', status: 200, profile })).toEqual({});
});
