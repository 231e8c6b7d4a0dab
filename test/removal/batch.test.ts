import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiResponse } from '../../src/monocloud/response.ts';
import type { StopReason } from '../../src/removal/outcome.ts';
import { runBatch } from './batch-run.ts';
import {
  PROFILE,
  PROFILE_WITH_USERNAME,
  failure,
  sentTwice,
  status,
  userIds,
} from './scripted-api.ts';

/** This user is answered so, everybody else with a profile. */
function only(id: string, response: ApiResponse): (call: { userId: string }) => ApiResponse {
  return ({ userId }) => (userId === id ? response : PROFILE);
}

function times<T>(count: number, value: T): readonly T[] {
  return Array.from({ length: count }, () => value);
}

function throwInternally(): never {
  throw new TypeError('secret');
}

describe('many users', () => {
  it('join the first one where the API throttles it: alone, it would use up its retries', async () => {
    const { api, outcomes } = await runBatch({
      users: 4,
      script: ({ at }) => (at < 5000 ? status(429, 1000) : PROFILE),
    });
    expect(outcomes).toEqual(times(4, 'removed'));
    const asked = api.calls.map(({ userId }) => userId);
    expect(asked.slice(0, 5)).toEqual(['user-1', 'user-2', 'user-3', 'user-4', 'user-1']);
  });

  it('go one first, then as many as are allowed', async () => {
    const { api } = await runBatch({ users: 30, concurrency: 4, script: () => PROFILE });
    expect(api.calls.slice(0, 6).map(({ at }) => at)).toEqual([0, 10, 10, 10, 10, 20]);
    expect(api.mostInFlight).toBe(4);
  });

  it('can be none', async () => {
    const { api, stopReason } = await runBatch({ users: 0, script: () => PROFILE });
    expect([api.calls.length, stopReason]).toEqual([0, undefined]);
  });

  it('are sent no faster than requests-per-second allows', async () => {
    const { api } = await runBatch({
      users: 20,
      requestsPerSecond: 10,
      script: () => PROFILE,
    });
    expect(api.calls.at(-1)?.at).toBe(1900);
  });
});

describe('a stop', () => {
  it.each([
    [status(401), 'key-rejected'],
    [status(402), 'key-rejected'],
    [status(403), 'key-rejected'],
    [status(302), 'redirect'],
    [failure('tls'), 'tls'],
    [failure('unknown-host'), 'unknown-host'],
  ] as const)(
    'comes with the first response that concerns everyone %#',
    async (response, reason) => {
      const { api, stopReason, outcomes } = await runBatch({ users: 20, script: () => response });
      expect(stopReason).toBe(reason);
      expect(api.calls).toHaveLength(1);
      expect(outcomes).toEqual(['failed', ...times(19, 'skipped')]);
    },
  );

  it.each([
    [status(401), 'key-rejected'],
    [status(402), 'key-rejected'],
    [status(302), 'redirect'],
    [failure('tls'), 'tls'],
  ] as const)('comes with a later one, too %#', async (response, reason) => {
    const { api, stopReason, outcomes } = await runBatch({
      users: 20,
      concurrency: 3,
      script: only('user-5', response),
    });
    expect(stopReason).toBe(reason);
    expect(api.calls.length).toBeLessThanOrEqual(7);
    expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(1);
    expect(outcomes).toHaveLength(20);
  });

  it.each([status(400), status(403), status(404), status(409), status(422), status(204)])(
    'does not come with a failure of one user alone %#',
    async (response) => {
      const { stopReason, outcomes } = await runBatch({
        users: 30,
        retries: 0,
        script: only('user-5', response),
      });
      expect(stopReason).toBeUndefined();
      expect(outcomes.filter((outcome) => outcome === 'removed')).toHaveLength(29);
    },
  );

  it('does not come with an unknown host once something has answered: that is retried', async () => {
    const { stopReason, results } = await runBatch({
      users: 30,
      script: ({ userId }, before) =>
        userId === 'user-5' && before < 2 ? failure('unknown-host') : PROFILE,
    });
    expect(stopReason).toBeUndefined();
    expect(results[4]).toMatchObject({ outcome: 'removed', attempts: 3 });
  });

  it.each([
    status(429),
    status(429, 1000),
    status(500),
    status(501),
    failure('timed-out', true),
    failure('connection-refused'),
    failure('not-http', true),
    failure('proxy-refused'),
  ])('comes after 10 users in a row for want of an answer %#', async (response) => {
    for (const retries of [0, 2]) {
      const { stopReason, outcomes } = await runBatch({
        users: 30,
        concurrency: 1,
        retries,
        script: () => response,
      });
      expect(stopReason).toBe('consecutive-failures');
      expect(outcomes.indexOf('skipped')).toBe(10);
    }
  });

  it('comes after 10 users in a row with 403, although the key was accepted before', async () => {
    const { stopReason, api } = await runBatch({
      users: 30,
      concurrency: 1,
      script: ({ userId }) => (userId === 'user-1' ? PROFILE : status(403)),
    });
    expect(stopReason).toBe('consecutive-failures');
    expect(api.calls).toHaveLength(11);
  });

  it.each([PROFILE, status(404), status(422)])(
    'does not come where an answer in between starts a new count %#',
    async (answer) => {
      const { stopReason, api } = await runBatch({
        users: 29,
        concurrency: 1,
        retries: 0,
        script: ({ userId, method }) => {
          const between = userId === 'user-10' || userId === 'user-20';
          if (method === 'GET') return status(500);
          return between ? answer : status(500);
        },
      });
      expect(stopReason).toBeUndefined();
      expect(new Set(api.calls.map(({ userId }) => userId)).size).toBe(29);
    },
  );

  it('does not come with lost responses that a reading settled', async () => {
    const { stopReason, outcomes } = await runBatch({
      users: 30,
      retries: 0,
      script: ({ method }) => (method === 'GET' ? PROFILE : status(504)),
    });
    expect(stopReason).toBeUndefined();
    expect(outcomes).toEqual(times(30, 'removed'));
  });

  it.each([
    ['settles a removal', status(500), false],
    ['looks for a username', status(422), true],
  ] as const)('comes with a reading that %s, too', async (_, response, ignoreNoUsername) => {
    const { stopReason, outcomes } = await runBatch({
      users: 5,
      retries: 0,
      ignoreNoUsername,
      script: ({ method }) => (method === 'GET' ? status(401) : response),
    });
    expect(stopReason).toBe('key-rejected');
    expect(outcomes.slice(1)).toEqual(times(4, 'skipped'));
  });

  it('comes after 10 users in a row of which the reading got no answer', async () => {
    const { stopReason, outcomes } = await runBatch({
      users: 30,
      concurrency: 1,
      retries: 1,
      script: ({ method }, before) => {
        if (method === 'GET') return failure('timed-out', true);
        return before === 0 ? status(500) : status(422);
      },
    });
    expect(stopReason).toBe('consecutive-failures');
    expect(outcomes.indexOf('skipped')).toBe(10);
  });

  it('comes after 10 users in a row with 5xx that still have their username', async () => {
    const { stopReason, outcomes } = await runBatch({
      users: 30,
      concurrency: 1,
      retries: 0,
      script: ({ method }) => (method === 'GET' ? PROFILE_WITH_USERNAME : status(504)),
    });
    expect(stopReason).toBe('consecutive-failures');
    expect(outcomes.slice(0, 11)).toEqual([...times(10, 'failed'), 'skipped']);
  });

  it('lets what is in flight end, and settles what was lost', async () => {
    const { stopReason, outcomes, api } = await runBatch({
      users: 10,
      concurrency: 2,
      latencyMs: ({ userId }) => (userId === 'user-2' ? 50 : 10),
      script: ({ userId, method }) => {
        if (userId === 'user-3') return status(401);
        if (userId !== 'user-2' || method === 'GET') return PROFILE;
        return status(502);
      },
    });
    expect(stopReason).toBe('key-rejected');
    expect(outcomes).toEqual(['removed', 'removed', 'failed', ...times(7, 'skipped')]);
    const ofSecond = api.calls.filter(({ userId }) => userId === 'user-2');
    expect(ofSecond.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
  });
});

describe('an error of the action itself', () => {
  it('stops as if cancelled, and the user that met it is unconfirmed', async () => {
    const { stopReason, outcomes, results, api } = await runBatch({
      users: 20,
      concurrency: 2,
      script: ({ userId }) => {
        return userId === 'user-3' ? throwInternally() : PROFILE;
      },
    });
    expect(stopReason).toBe('internal-error');
    expect(results[2]).toMatchObject({
      outcome: 'unconfirmed',
      status: null,
      attempts: 1,
      cause: { kind: 'internal-error', name: 'TypeError' },
    });
    expect(JSON.stringify(results)).not.toContain('secret');
    expect(api.calls.length).toBeLessThanOrEqual(4);
    expect(outcomes.filter((outcome) => outcome === 'skipped')).toHaveLength(20 - api.calls.length);
  });

  const internalErrors: readonly {
    readonly where: string;
    readonly throws?: boolean;
    readonly keep?: () => StopReason;
  }[] = [
    { where: 'in a request', throws: true },
    { where: 'in keeping a result', keep: () => 'internal-error' },
    { where: 'thrown in keeping a result', keep: throwInternally },
  ];

  it.each(internalErrors)('$where lets nothing more be sent', async ({ throws, keep }) => {
    let broken = false;
    const { results, api, stopReason } = await runBatch({
      users: 10,
      concurrency: 3,
      latencyMs: ({ userId }) => (userId === 'user-2' ? 50 : 10),
      script: ({ userId, method }) => {
        if (userId === 'user-3') broken = true;
        if (userId === 'user-3' && throws === true) return throwInternally();
        return userId === 'user-2' && method === 'DELETE' ? status(599) : PROFILE;
      },
      ended: ({ userId }) => (userId === 'user-3' ? keep?.() : undefined),
    });
    expect([broken, stopReason]).toEqual([true, 'internal-error']);
    expect(results[1]).toMatchObject({ outcome: 'unconfirmed', attempts: 1 });
    expect(api.methods).not.toContain('GET');
    expect(api.calls.length).toBeLessThanOrEqual(5);
    expect(results).toHaveLength(10);
  });

  it('counts the attempts that came before it', async () => {
    const { results } = await runBatch({
      script: (_, before) => (before === 2 ? throwInternally() : status(503)),
    });
    expect(results).toMatchObject([{ outcome: 'unconfirmed', attempts: 3 }]);
  });

  it('leaves nothing unconfirmed in a dry run: no removal was sent', async () => {
    const { results } = await runBatch({ dryRun: true, script: throwInternally });
    expect(results).toMatchObject([{ outcome: 'failed', status: null, attempts: 1 }]);
  });

  it('leaves nothing unconfirmed before a request: the user is skipped', async () => {
    let calls = 0;
    const now = (): number => {
      calls += 1;
      return calls > 1 ? throwInternally() : 0;
    };
    const { results, stopReason, api } = await runBatch({
      users: 2,
      clock: { now, sleep: () => Promise.resolve() },
      script: () => PROFILE,
    });
    expect(results).toMatchObject([
      { outcome: 'skipped', attempts: 0, cause: { kind: 'internal-error' } },
      { outcome: 'skipped', attempts: 0, cause: { kind: 'not-sent' } },
    ]);
    expect([api.calls.length, stopReason]).toEqual([0, 'internal-error']);
  });

  it('that is no Error is named, too', async () => {
    const { results } = await runBatch({
      script: () => {
        // oxlint-disable-next-line eslint/no-throw-literal, typescript/only-throw-error
        throw 'secret';
      },
    });
    expect(results).toMatchObject([{ cause: { kind: 'internal-error', name: 'string' } }]);
  });

  it.each(['report-lost', 'internal-error'] as const)(
    'stops where a result could not be kept: %s',
    async (reason) => {
      const { stopReason, api, outcomes } = await runBatch({
        users: 20,
        script: () => PROFILE,
        ended: (_, index) => (index === 0 ? reason : undefined),
      });
      expect(stopReason).toBe(reason);
      expect(api.calls).toHaveLength(1);
      expect(outcomes).toEqual(['removed', ...times(19, 'skipped')]);
    },
  );

  it('stops where keeping a result throws, and the others are accounted for', async () => {
    const { stopReason, api, outcomes } = await runBatch({
      users: 20,
      concurrency: 2,
      script: () => PROFILE,
      ended: (_, index) => {
        return index === 3 ? throwInternally() : undefined;
      },
    });
    expect(stopReason).toBe('internal-error');
    expect(api.calls.length).toBeLessThanOrEqual(5);
    expect(outcomes).toHaveLength(20);
  });
});

describe('one Retry-After', () => {
  it('holds everyone', async () => {
    const { api, outcomes } = await runBatch({
      users: 20,
      script: ({ userId }, before) =>
        userId === 'user-3' && before === 0 ? status(429, 60_000) : PROFILE,
    });
    const receivedAt = 20;
    expect(api.calls.filter(({ at }) => at > receivedAt && at < receivedAt + 60_000)).toEqual([]);
    expect(outcomes).toEqual(times(20, 'removed'));
  });

  it('that a reading got holds everyone, too', async () => {
    let receivedAt = Infinity;
    const { api } = await runBatch({
      users: 20,
      concurrency: 2,
      random: () => 0,
      latencyMs: ({ userId }) => (userId === 'user-1' || userId === 'user-2' ? 10 : 7),
      script: ({ userId, method, at }, before) => {
        if (userId !== 'user-2') return PROFILE;
        if (method === 'DELETE') return before === 0 ? status(500) : status(422);
        if (before > 0) return PROFILE;
        receivedAt = at + 10;
        return status(429, 60_000);
      },
    });
    expect(receivedAt).toBeLessThan(Infinity);
    expect(api.calls.filter(({ at }) => at > receivedAt && at < receivedAt + 60_000)).toEqual([]);
  });
});

it('cancelling skips the rest, and leaves what was in flight unconfirmed', async () => {
  const cancel = new AbortController();
  const { stopReason, outcomes } = await runBatch({
    users: 10,
    concurrency: 2,
    cancelled: cancel.signal,
    script: ({ userId }) => {
      if (userId !== 'user-2') return PROFILE;
      cancel.abort();
      return failure('cancelled', true);
    },
  });
  expect(stopReason).toBe('cancelled');
  expect(outcomes.slice(0, 2)).toEqual(['removed', 'unconfirmed']);
  expect(outcomes.slice(3)).toEqual(times(7, 'skipped'));
});

it('cancelling before the start skips everyone, with the reason', async () => {
  const { stopReason, outcomes, api } = await runBatch({
    users: 3,
    cancelled: AbortSignal.abort('log-closed'),
    script: () => PROFILE,
  });
  expect([stopReason, api.calls.length]).toEqual(['log-closed', 0]);
  expect(outcomes).toEqual(times(3, 'skipped'));
});

it('whatever is answered, every user is accounted for, in order, within the limits', async () => {
  const response = fc.constantFrom(
    PROFILE,
    PROFILE_WITH_USERNAME,
    status(404),
    status(422),
    status(401),
    status(403),
    status(429, 2000),
    status(429),
    status(503),
    status(599),
    failure('connection-lost', true),
    failure('response-mismatch', true),
    failure('timed-out'),
    failure('unknown-host'),
    sentTwice(PROFILE),
    sentTwice(status(422)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(response, { minLength: 1, maxLength: 40, size: 'max' }),
      fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 10 }),
      fc.record({
        concurrency: fc.integer({ min: 1, max: 8 }),
        retries: fc.integer({ min: 0, max: 3 }),
        users: fc.integer({ min: 1, max: 25 }),
        ignoreNoUsername: fc.boolean(),
        requestsPerSecond: fc.constantFrom(undefined, 2, 50),
      }),
      async (responses, latencies, settings) => {
        let sent = 0;
        const { api, results } = await runBatch({
          ...settings,
          script: () => {
            sent += 1;
            return responses[sent % responses.length] ?? PROFILE;
          },
          latencyMs: ({ at }) => latencies[Math.round(at) % latencies.length] ?? 1,
        });
        expect(api.mostInFlight).toBeLessThanOrEqual(settings.concurrency);
        expect(results.map(({ userId }) => userId)).toEqual(userIds(settings.users));
        for (const { userId, outcome, attempts } of results) {
          const removals = api.calls.filter(
            (one) => one.userId === userId && one.method === 'DELETE',
          );
          expect(attempts).toBe(removals.length);
          expect(attempts).toBeLessThanOrEqual(settings.retries + 1);
          expect(outcome === 'skipped').toBe(attempts === 0);
        }
      },
    ),
    { numRuns: 200 },
  );
});
