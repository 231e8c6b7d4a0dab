import { describe, expect, it } from 'vitest';
import type { ApiResponse } from '../../src/monocloud/response.ts';
import { runBatch, type World } from './batch-run.ts';
import {
  PROFILE,
  PROFILE_WITH_USERNAME,
  failure,
  sentTwice,
  status,
  type Script,
} from './scripted-api.ts';

const OTHER_USER = status(200, undefined, { kind: 'not-proven', body: 'other-user' });
const NO_PROFILE = status(200, undefined, { kind: 'not-proven', body: 'object' });

/** Removals and readings are answered in these orders, then with profiles. */
function script(removals: readonly ApiResponse[], readings: readonly ApiResponse[] = []): Script {
  return ({ method }, before) => (method === 'GET' ? readings : removals)[before] ?? PROFILE;
}

/** One response for every removal, one for every reading. */
function always(removal: ApiResponse, reading: ApiResponse): Script {
  return ({ method }) => (method === 'GET' ? reading : removal);
}

describe('one user', () => {
  it('is removed with one request', async () => {
    const { api, results } = await runBatch({ script: () => PROFILE });
    expect(results).toMatchObject([
      { userId: 'user-1', outcome: 'removed', status: 200, attempts: 1, confirmedByRead: false },
    ]);
    expect(api.methods).toEqual(['DELETE']);
  });

  it('is removed also where the profile still shows a username', async () => {
    const { results, api } = await runBatch({ script: () => PROFILE_WITH_USERNAME });
    expect(results).toMatchObject([{ outcome: 'removed', profile: { hasUsername: true } }]);
    expect(api.methods).toEqual(['DELETE']);
  });

  it.each([
    ...[408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530].map((code) => status(code)),
    failure('connection-refused'),
    failure('connection-lost', true),
    failure('timed-out', true),
    failure('response-incomplete', true),
    failure('lookup-failed'),
    failure('proxy-unavailable'),
  ])('gets further attempts after what may pass %#', async (response) => {
    const { results } = await runBatch({ script: script([response, response, response]) });
    expect(results).toMatchObject([{ outcome: 'removed', attempts: 4, confirmedByRead: false }]);
  });

  it.each([400, 401, 402, 403, 404, 405, 409, 410, 422, 301, 204, 200])(
    '%i is final',
    async (code) => {
      const { results, api } = await runBatch({ script: () => status(code, 1000) });
      expect(api.methods).toEqual(['DELETE']);
      const outcome = code === 404 ? 'not-found' : 'failed';
      expect(results).toMatchObject([{ outcome, status: code, attempts: 1 }]);
    },
  );

  it.each([
    failure('connection-refused'),
    failure('lookup-failed'),
    failure('proxy-unavailable'),
    failure('proxy-refused'),
    failure('tls'),
    failure('unknown-host'),
    status(429),
    status(408),
  ])('is not read where no response was lost %#', async (response) => {
    for (const last of [response, status(422)]) {
      const { api, results } = await runBatch({
        retries: 1,
        script: ({ method }, before) => {
          if (method === 'GET') return PROFILE;
          return before === 0 ? response : last;
        },
      });
      expect(api.methods).not.toContain('GET');
      expect(results).toMatchObject([{ outcome: 'failed' }]);
    }
  });

  it('gets no further attempt where the API asks for too long a wait', async () => {
    const { results, stopReason, api } = await runBatch({
      users: 3,
      script: () => status(429, 121_000),
    });
    expect(api.calls).toHaveLength(1);
    expect(results[0]).toMatchObject({
      outcome: 'failed',
      status: 429,
      retryAfterTooLongMs: 121_000,
    });
    expect(stopReason).toBe('retry-after-too-long');
  });

  it('waits at most as long as backoff says, and not after the last attempt', async () => {
    const { api } = await runBatch({
      script: () => status(500),
      random: () => 0.999_999,
      retries: 10,
    });
    const removals = api.calls.filter(({ method }) => method === 'DELETE');
    const gaps = removals.slice(1).map(({ at }, index) => at - (removals[index]?.at ?? 0) - 10);
    const bounds = [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000, 20_000, 20_000];
    expect(gaps.map((gap) => Math.round(gap))).toEqual(bounds);
  });
});

/** What can be lost, and what may look like a removal that has already happened. */
const LOST = [
  failure('connection-lost', true),
  failure('timed-out', true),
  failure('response-incomplete', true),
  ...[500, 502, 503, 504, 520, 524, 530].map((code) => status(code)),
];
/** Lost, and final at once. */
const LOST_AND_FINAL = [
  ...[501, 505, 525, 599].map((code) => status(code)),
  failure('response-mismatch', true),
  failure('no-final-response', true),
  failure('not-http', true),
  failure('headers-too-large', true),
];

describe('a lost response', () => {
  const readings: readonly (readonly [string, ApiResponse, object])[] = [
    ['there is no username', PROFILE, { outcome: 'removed', confirmedByRead: true, status: 200 }],
    ['there still is a username', PROFILE_WITH_USERNAME, { outcome: 'failed' }],
    ['there is no such user', status(404), { outcome: 'not-found', status: 404 }],
    ['the reading is refused', status(403), { outcome: 'unconfirmed', status: 403 }],
    ['the reading fails', status(500), { outcome: 'unconfirmed', status: 500 }],
    ['the reading is lost', failure('timed-out', true), { outcome: 'unconfirmed', status: null }],
    ['the reading is of another user', OTHER_USER, { outcome: 'unconfirmed', status: 200 }],
    ['the reading has no profile', NO_PROFILE, { outcome: 'unconfirmed', status: 200 }],
  ];

  it.each(readings)('and a 422 afterwards: %s', async (_, reading, expected) => {
    for (const lost of [...LOST, sentTwice(status(429))]) {
      for (const code of [404, 409, 422]) {
        const { results, api } = await runBatch({
          script: ({ method }, before) => {
            if (method === 'GET') return reading;
            return before === 0 ? lost : status(code);
          },
        });
        const lastStatus = reading === PROFILE_WITH_USERNAME ? { status: code } : {};
        expect(results).toMatchObject([{ attempts: 2, ...lastStatus, ...expected }]);
        expect(api.methods.slice(0, 3)).toEqual(['DELETE', 'DELETE', 'GET']);
      }
    }
  });

  it.each(readings)('and no attempt left: %s', async (_, reading, expected) => {
    for (const lost of LOST) {
      const { results, api } = await runBatch({ retries: 1, script: always(lost, reading) });
      expect(results).toMatchObject([{ attempts: 2, ...expected }]);
      expect(api.methods.slice(0, 3)).toEqual(['DELETE', 'DELETE', 'GET']);
    }
  });

  it.each(readings)('that is final: %s', async (_, reading, expected) => {
    for (const lost of LOST_AND_FINAL) {
      const { results, api } = await runBatch({ script: always(lost, reading) });
      expect(results).toMatchObject([{ attempts: 1, ...expected }]);
      expect(api.methods.slice(0, 2)).toEqual(['DELETE', 'GET']);
    }
  });

  it.each(readings)('of a request that was sent twice: %s', async (_, reading, expected) => {
    const { results, api } = await runBatch({ script: always(sentTwice(status(422)), reading) });
    expect(results).toMatchObject([{ attempts: 1, ...expected }]);
    expect(api.methods.slice(0, 2)).toEqual(['DELETE', 'GET']);
  });

  it('is settled by a later removal that worked, without a reading', async () => {
    const { api, results } = await runBatch({ script: script([status(500), PROFILE]) });
    expect(api.methods).toEqual(['DELETE', 'DELETE']);
    expect(results).toMatchObject([{ outcome: 'removed', confirmedByRead: false }]);
  });

  it.each([400, 401, 403, 302, 204])(
    'is not settled by a %i, and nothing is read',
    async (code) => {
      const { api, results } = await runBatch({ script: script([status(500), status(code)]) });
      expect(api.methods).toEqual(['DELETE', 'DELETE']);
      expect(results).toMatchObject([{ outcome: 'unconfirmed', status: code }]);
    },
  );

  it('has a reading that is retried like any request', async () => {
    const { api, results } = await runBatch({
      script: script(
        [status(500), status(422)],
        [failure('connection-lost', true), status(429, 1000), status(503), PROFILE],
      ),
    });
    expect(api.methods).toEqual(['DELETE', 'DELETE', 'GET', 'GET', 'GET', 'GET']);
    expect(results).toMatchObject([{ outcome: 'removed', confirmedByRead: true, attempts: 2 }]);
  });

  it('is unconfirmed, with the reason, where another user got a wait that is too long', async () => {
    const { results, stopReason } = await runBatch({
      users: 3,
      retries: 0,
      maxRetryWaitMs: 1000,
      script: ({ userId, method }) => {
        if (userId === 'user-1' || method === 'GET') return PROFILE;
        return userId === 'user-2' ? status(429, 5000) : status(599);
      },
      latencyMs: ({ userId }) => (userId === 'user-3' ? 20 : 10),
    });
    expect(results[2]).toMatchObject({ outcome: 'unconfirmed', retryAfterTooLongMs: 4990 });
    expect(stopReason).toBe('retry-after-too-long');
  });

  it('is unconfirmed where the API asks for too long a wait: a reading would wait as long', async () => {
    const { results, stopReason } = await runBatch({
      users: 2,
      maxRetryWaitMs: 1000,
      script: always(status(503, 1001), PROFILE),
    });
    expect(stopReason).toBe('retry-after-too-long');
    expect(results).toMatchObject([
      { outcome: 'unconfirmed', retryAfterTooLongMs: 1001 },
      { outcome: 'skipped' },
    ]);
  });
});

describe('a user that has no username already', () => {
  const ignoring: Partial<World> = { ignoreNoUsername: true };

  it.each([404, 409, 422])('is done after a %i where that is ignored', async (code) => {
    const { api, results } = await runBatch({ ...ignoring, script: always(status(code), PROFILE) });
    expect(api.methods).toEqual(['DELETE', 'GET']);
    expect(results).toMatchObject([{ outcome: 'no-username', status: 200, attempts: 1 }]);
  });

  it.each([
    ['there is a username', PROFILE_WITH_USERNAME],
    ['the reading is of another user', OTHER_USER],
    ['the reading has no profile', NO_PROFILE],
    ['there is no such user', status(404)],
    ['the reading fails', status(500)],
    ['the reading is lost', failure('timed-out', true)],
  ])('is what the response meant where %s', async (_, reading) => {
    for (const [code, outcome] of [
      [404, 'not-found'],
      [409, 'failed'],
      [422, 'failed'],
    ] as const) {
      const { results } = await runBatch({ ...ignoring, script: always(status(code), reading) });
      expect(results).toMatchObject([{ outcome, status: code }]);
    }
  });

  it('is removed where a response was lost before', async () => {
    const { results } = await runBatch({
      ...ignoring,
      script: script([status(500), status(422)], [PROFILE]),
    });
    expect(results).toMatchObject([{ outcome: 'removed', confirmedByRead: true }]);
  });

  it('is not read after anything else', async () => {
    for (const code of [400, 403, 204]) {
      const { api } = await runBatch({ ...ignoring, script: always(status(code), PROFILE) });
      expect(api.methods).toEqual(['DELETE']);
    }
  });
});

describe('cancelling while the response is on its way', () => {
  it.each([
    ['an error that is final stands', status(400), 'failed'],
    ['a user that does not exist stands', status(404), 'not-found'],
    ['an error that would be retried settles nothing', status(429), 'unconfirmed'],
    ['no response settles nothing', failure('cancelled', false), 'unconfirmed'],
    ['a final error after a lost response settles nothing', sentTwice(status(422)), 'unconfirmed'],
    ['a profile is a removal', PROFILE, 'removed'],
  ] as const)('%s', async (_, response, outcome) => {
    const cancel = new AbortController();
    const { api, stopReason, outcomes } = await runBatch({
      cancelled: cancel.signal,
      ignoreNoUsername: true,
      script: ({ method }) => {
        cancel.abort();
        return method === 'GET' ? PROFILE : response;
      },
    });
    expect(stopReason).toBe('cancelled');
    expect(outcomes).toEqual([outcome]);
    expect(api.calls).toHaveLength(1);
  });

  it('during the reading settles nothing', async () => {
    const cancel = new AbortController();
    const { outcomes, api } = await runBatch({
      cancelled: cancel.signal,
      script: ({ method }) => {
        if (method === 'DELETE') return failure('response-mismatch', true);
        cancel.abort();
        return failure('cancelled', true);
      },
    });
    expect(outcomes).toEqual(['unconfirmed']);
    expect(api.methods).toEqual(['DELETE', 'GET']);
  });
});

describe('a dry run', () => {
  it('only ever reads', async () => {
    const responses = [PROFILE_WITH_USERNAME, PROFILE, status(404), status(400), OTHER_USER];
    const { api, outcomes } = await runBatch({
      users: 5,
      dryRun: true,
      ignoreNoUsername: true,
      script: ({ userId }) => responses[Number(userId.at(-1)) - 1] ?? PROFILE,
    });
    expect(api.methods).toEqual(Array.from({ length: 5 }, () => 'GET'));
    expect(outcomes).toEqual(['would-remove', 'no-username', 'not-found', 'failed', 'failed']);
  });

  it('retries, and fails where nothing comes', async () => {
    const { api, results } = await runBatch({
      dryRun: true,
      script: () => failure('timed-out', true),
    });
    expect(api.calls).toHaveLength(4);
    expect(results).toMatchObject([{ outcome: 'failed', status: null, attempts: 4 }]);
  });
});
