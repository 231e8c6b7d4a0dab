import { describe, expect, it } from 'vitest';
import { STOP_REASONS, isNotDone, notDone, stopReasonOf } from '../../src/removal/outcome.ts';
import { PROFILE, failure, status } from './scripted-api.ts';

describe('the reason of a stop', () => {
  it.each(STOP_REASONS)('is %s, and stays what it was first', (reason) => {
    const stop = new AbortController();
    expect(stopReasonOf(stop.signal)).toBeUndefined();
    stop.abort(reason);
    stop.abort('internal-error');
    expect(stopReasonOf(stop.signal)).toBe(reason);
  });

  it.each([undefined, 'something', new Error('x')])(
    'is that it was cancelled, where %s is none',
    (reason) => {
      expect(stopReasonOf(AbortSignal.abort(reason))).toBe('cancelled');
    },
  );
});

describe('a user that is not done', () => {
  it('has the status of the response that decided', () => {
    const cause = status(503, 1000);
    if (cause.kind !== 'error') throw new Error('unreachable');
    expect(notDone('failed', cause, 500_000)).toEqual({
      outcome: 'failed',
      status: 503,
      cause,
      retryAfterTooLongMs: 500_000,
    });
  });

  it('has no status where there was no response', () => {
    const cause = failure('timed-out', true);
    if (cause.kind !== 'no-response') throw new Error('unreachable');
    expect(notDone('unconfirmed', cause)).toMatchObject({ outcome: 'unconfirmed', status: null });
    expect(notDone('skipped', { kind: 'not-sent' }).status).toBeNull();
    const error = notDone('unconfirmed', { kind: 'internal-error', name: 'TypeError' });
    expect(error).toMatchObject({ status: null, retryAfterTooLongMs: undefined });
  });

  it('differs from one that is done', () => {
    if (PROFILE.kind !== 'profile') throw new Error('unreachable');
    const { profile } = PROFILE;
    const removed = { outcome: 'removed', status: 200, profile, confirmedByRead: false } as const;
    expect(isNotDone(removed)).toBe(false);
    expect(isNotDone({ outcome: 'no-username', status: 200, profile })).toBe(false);
    expect(isNotDone(notDone('skipped', { kind: 'not-sent' }))).toBe(true);
  });
});
