import { describe, expect, it } from 'vitest';
import { broken, skipped } from '../../src/removal/outcome.ts';
import { Stop } from '../../src/removal/stop.ts';

describe('a stop', () => {
  it('keeps its first reason', () => {
    const stop = new Stop();
    expect([stop.reason, stop.signal.aborted]).toEqual([undefined, false]);
    stop.now('tls');
    stop.now('bug');
    expect([stop.reason, stop.signal.aborted]).toEqual(['tls', true]);
  });

  it('comes with a signal, also with one that was given before', () => {
    const controller = new AbortController();
    const stop = new Stop();
    stop.when(controller.signal, 'cancelled');
    expect(stop.reason).toBeUndefined();
    controller.abort();
    expect(stop.reason).toBe('cancelled');
    const later = new Stop();
    later.when(controller.signal, 'cancelled');
    expect(later.reason).toBe('cancelled');
  });
});

describe('a user that was not seen through', () => {
  it('was skipped', () => {
    expect(skipped()).toEqual({
      outcome: 'skipped',
      attempts: 0,
      status: null,
      problem: {
        title: 'Skipped',
        detail: 'The batch was stopped before this user was sent.',
        status: undefined,
        errors: [],
        sent: undefined,
      },
      rule: {},
    });
    expect(skipped()).not.toHaveProperty('refusedWait');
    expect(skipped(5000)).toMatchObject({ outcome: 'skipped', refusedWait: 5000 });
  });

  it.each([
    [new TypeError('secret'), 'TypeError'],
    ['secret', 'string'],
  ])('met a bug, of which only the name is told', (error, name) => {
    expect(broken(error)).toMatchObject({
      outcome: 'unconfirmed',
      attempts: 0,
      status: null,
      problem: { title: 'Internal error', detail: `The action failed on this user (${name}).` },
    });
  });
});
