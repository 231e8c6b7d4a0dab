import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserResult } from '../../src/removal/outcome.ts';
import { processUsers, type RemovalSettings } from '../../src/removal/process-users.ts';
import type { StopReason } from '../../src/removal/stop.ts';
import {
  PROFILE,
  PROFILE_WITH_USERNAME,
  ScriptedApi,
  failure,
  status,
  userIds,
  type Call,
  type Script,
} from './scripted-api.ts';
import { VirtualClock } from './virtual-clock.ts';

interface World extends Partial<RemovalSettings> {
  readonly users?: number;
  readonly script: Script;
  readonly latency?: (call: Call) => number;
  readonly random?: () => number;
  readonly cancelled?: AbortSignal;
  readonly ended?: (result: UserResult, index: number) => void;
}

interface Ending {
  readonly api: ScriptedApi;
  readonly reason: StopReason | undefined;
  readonly results: readonly UserResult[];
  readonly outcomes: readonly string[];
}

async function run({ users = 1, script, latency, ...more }: World): Promise<Ending> {
  const clock = new VirtualClock();
  const api = new ScriptedApi(clock, script, latency);
  const byIndex = new Map<number, UserResult>();
  const settings = {
    userIds: userIds(users),
    dryRun: false,
    concurrency: 4,
    retries: 3,
    maxRetryWait: 120_000,
    ...more,
  };
  const reason = await processUsers(settings, {
    api,
    clock,
    random: more.random ?? (() => 0.5),
    cancelled: more.cancelled ?? new AbortController().signal,
    observer: { tried: () => {}, read: () => {}, retrying: () => {} },
    ended: (result, index) => {
      expect(byIndex.has(index)).toBe(false);
      byIndex.set(index, result);
      more.ended?.(result, index);
    },
  });
  const results = settings.userIds.flatMap((_, index) => byIndex.get(index) ?? []);
  return { api, reason, results, outcomes: results.map(({ outcome }) => outcome) };
}

const sequence =
  (...answers: readonly ReturnType<Script>[]): Script =>
  (_, tried) =>
    answers[tried] ?? PROFILE;

describe('one user', () => {
  it('is removed with one request', async () => {
    const { api, results } = await run({ script: () => PROFILE });
    expect(results).toMatchObject([
      { userId: 'user-1', outcome: 'removed', attempts: 1, confirmedByRead: false },
    ]);
    expect(api.calls).toHaveLength(1);
  });

  it.each([
    status(408),
    status(429),
    status(500),
    status(502),
    status(503),
    status(504),
    failure('connection-refused'),
    failure('connection-reset', true),
    failure('timed-out', true),
    failure('body-broke-off', true),
  ])('gets further tries after what may pass %#', async (answer) => {
    const { results } = await run({ script: sequence(answer, answer, answer) });
    expect(results).toMatchObject([{ outcome: 'removed', attempts: 4 }]);
  });

  it.each([400, 401, 402, 403, 404, 405, 409, 410, 422, 301, 501, 505, 204, 200])(
    '%i is final',
    async (code) => {
      const { results, api } = await run({ script: () => status(code, 1000) });
      expect(api.calls).toHaveLength(1);
      expect(results).toMatchObject([
        { outcome: code === 404 ? 'not-found' : 'failed', status: code, attempts: 1 },
      ]);
    },
  );

  it.each([
    ['what came back has no username', PROFILE, { outcome: 'removed', confirmedByRead: true }],
    ['there still is a username', PROFILE_WITH_USERNAME, { outcome: 'failed', status: 422 }],
    ['the user does not exist', status(404), { outcome: 'not-found', status: 404 }],
    ['the reading fails', status(500), { outcome: 'unconfirmed', status: 500 }],
    ['the reading is lost', failure('timed-out', true), { outcome: 'unconfirmed', status: null }],
  ])('after a lost answer: %s', async (_, read, expected) => {
    for (const lost of [failure('connection-reset', true), status(503)]) {
      const { results, api } = await run({
        script: ({ verb }, tried) => {
          if (verb === 'read') return read;
          return tried === 0 ? lost : status(422);
        },
      });
      expect(results).toMatchObject([{ ...expected, attempts: 2 }]);
      expect(api.calls.map(({ verb }) => verb)).toEqual(['remove', 'remove', 'read']);
    }
  });

  it('is not read without a lost answer', async () => {
    const refused = failure('connection-refused');
    const { api } = await run({ script: sequence(refused, status(429), status(422)) });
    expect(api.calls.map(({ verb }) => verb)).toEqual(['remove', 'remove', 'remove']);
  });

  it('whose wait is longer than accepted is not tried again', async () => {
    const { results, reason, api } = await run({
      users: 3,
      script: () => status(429, 121_000),
    });
    expect(api.calls).toHaveLength(1);
    expect(results[0]).toMatchObject({ outcome: 'failed', status: 429, refusedWait: 121_000 });
    expect(reason).toBe('wait-refused');
  });

  it('waits at most as long as backoff says, and not after the last try', async () => {
    const { api } = await run({ script: () => status(500), random: () => 0.999_999, retries: 10 });
    const gaps = api.calls.slice(1).map(({ at }, index) => at - (api.calls[index]?.at ?? 0) - 10);
    const bounds = [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000, 20_000, 20_000];
    expect(gaps.map((gap) => Math.round(gap))).toEqual(bounds);
  });
});

describe('many users', () => {
  it('go one first, then as many as are allowed', async () => {
    const { api } = await run({ users: 30, concurrency: 4, script: () => PROFILE });
    expect(api.calls[1]?.at).toBe(10);
    expect(api.calls.slice(1, 5).map(({ at }) => at)).toEqual([10, 10, 10, 10]);
    expect(api.calls[5]?.at).toBe(20);
    expect(api.most).toBe(4);
  });

  it.each([
    [status(401), 'key-rejected'],
    [status(402), 'key-rejected'],
    [status(403), 'key-rejected'],
    [status(302), 'redirect'],
    [failure('tls'), 'tls'],
    [failure('unknown-host'), 'unknown-host'],
  ] as const)('are stopped by one answer %#', async (answer, stopped) => {
    const first = await run({ users: 20, script: () => answer });
    expect(first.reason).toBe(stopped);
    expect(first.api.calls).toHaveLength(1);
    expect(first.outcomes).toEqual(['failed', ...Array.from({ length: 19 }, () => 'skipped')]);

    const later = await run({
      users: 20,
      concurrency: 3,
      script: ({ userId }) => (userId === 'user-5' ? answer : PROFILE),
    });
    expect(later.reason).toBe(stopped);
    expect(later.api.calls.length).toBeLessThanOrEqual(7);
    expect(later.outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(1);
    expect(later.outcomes).toHaveLength(20);
  });

  it.each([status(400), status(404), status(409), status(422), status(429)])(
    'are not stopped by a failure that is one user’s alone %#',
    async (answer) => {
      const { reason, api } = await run({ users: 30, retries: 0, script: () => answer });
      expect(reason).toBeUndefined();
      expect(api.calls).toHaveLength(30);
    },
  );

  it.each([status(500), status(501), failure('timed-out', true), failure('not-http', true)])(
    'are stopped by 10 in a row without an answer or with 5xx %#',
    async (answer) => {
      const { reason, api } = await run({
        users: 30,
        concurrency: 1,
        retries: 0,
        script: () => answer,
      });
      expect(reason).toBe('unwell');
      expect(api.calls).toHaveLength(10);
    },
  );

  it.each([PROFILE, status(404)])('an answer in between starts the count anew %#', async (good) => {
    const { reason, api } = await run({
      users: 29,
      concurrency: 1,
      retries: 0,
      script: ({ userId }) => (userId === 'user-10' || userId === 'user-20' ? good : status(500)),
    });
    expect(reason).toBeUndefined();
    expect(api.calls).toHaveLength(29);
  });

  it('a bug stops them, and is accounted for', async () => {
    const { reason, outcomes, results } = await run({
      users: 20,
      concurrency: 2,
      script: ({ userId }) => {
        if (userId === 'user-3') throw new TypeError('secret');
        return PROFILE;
      },
    });
    expect(reason).toBe('bug');
    expect(outcomes).toHaveLength(20);
    expect(results[2]).toMatchObject({ outcome: 'unconfirmed' });
    expect(JSON.stringify(results)).not.toContain('secret');
  });

  it('a report that is lost stops them', async () => {
    const { reason, api } = await run({
      users: 20,
      script: () => PROFILE,
      ended: () => {
        throw new Error('disk full');
      },
    });
    expect(reason).toBe('report-lost');
    expect(api.calls).toHaveLength(1);
  });

  it('one Retry-After holds everyone', async () => {
    const { api, outcomes } = await run({
      users: 20,
      script: ({ userId }, tried) =>
        userId === 'user-3' && tried === 0 ? status(429, 60_000) : PROFILE,
    });
    const toldAt = 20;
    const inThePause = api.calls.filter(({ at }) => at > toldAt && at < toldAt + 60_000);
    expect(inThePause).toEqual([]);
    expect(new Set(outcomes)).toEqual(new Set(['removed']));
  });

  it('a Retry-After that a reading was told holds everyone, too', async () => {
    let toldAt = Infinity;
    const { api } = await run({
      users: 20,
      concurrency: 2,
      random: () => 0,
      latency: ({ userId }) => (userId === 'user-1' || userId === 'user-2' ? 10 : 7),
      script: ({ userId, verb, at }, tried) => {
        if (userId !== 'user-2') return PROFILE;
        if (verb === 'remove') return tried === 0 ? status(503) : status(422);
        toldAt = at + 10;
        return status(429, 60_000);
      },
    });
    const inThePause = api.calls.filter(({ at }) => at > toldAt && at < toldAt + 60_000);
    expect(inThePause).toEqual([]);
  });

  it('cancelling skips the rest, and leaves what was under way unconfirmed', async () => {
    const cancel = new AbortController();
    const { reason, outcomes } = await run({
      users: 10,
      concurrency: 2,
      cancelled: cancel.signal,
      script: ({ userId }) => {
        if (userId !== 'user-2') return PROFILE;
        cancel.abort();
        return failure('cancelled', true);
      },
    });
    expect(reason).toBe('cancelled');
    expect(outcomes.slice(0, 2)).toEqual(['removed', 'unconfirmed']);
    expect(outcomes.slice(3)).toEqual(Array.from({ length: 7 }, () => 'skipped'));
  });
});

describe('cancelling while the answer is on its way', () => {
  it.each([
    ['an error that is final stands', status(400), 'failed'],
    ['a user that is not there stands', status(404), 'not-found'],
    ['an error that would be tried again settles nothing', status(429), 'unconfirmed'],
    ['nothing that came back settles nothing', failure('cancelled', false), 'unconfirmed'],
    ['a profile is a removal', PROFILE, 'removed'],
  ] as const)('%s', async (_, answer, outcome) => {
    const cancel = new AbortController();
    const { api, reason, outcomes } = await run({
      cancelled: cancel.signal,
      script: () => {
        cancel.abort();
        return answer;
      },
    });
    expect(reason).toBe('cancelled');
    expect(outcomes).toEqual([outcome]);
    expect(api.calls).toHaveLength(1);
  });
});

describe('a dry run', () => {
  it('only ever reads', async () => {
    const answers = [PROFILE_WITH_USERNAME, PROFILE, status(404), status(400)];
    const { api, outcomes } = await run({
      users: 4,
      dryRun: true,
      script: ({ userId }) => answers[Number(userId.at(-1)) - 1] ?? PROFILE,
    });
    expect(api.calls.map(({ verb }) => verb)).toEqual(['read', 'read', 'read', 'read']);
    expect(outcomes).toEqual(['would-remove', 'no-username', 'not-found', 'failed']);
  });
});

it('whatever is answered, every user is accounted for, in order, within the limits', async () => {
  const answer = fc.constantFrom(
    PROFILE,
    PROFILE_WITH_USERNAME,
    status(404),
    status(422),
    status(401),
    status(429, 2000),
    status(429),
    status(503),
    failure('connection-reset', true),
    failure('timed-out'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 25 }),
      async (answers, latencies, concurrency, retries, users) => {
        let asked = 0;
        const { api, results } = await run({
          users,
          concurrency,
          retries,
          script: () => {
            asked += 1;
            return answers[asked % answers.length] ?? PROFILE;
          },
          latency: ({ at }) => latencies[Math.round(at) % latencies.length] ?? 1,
        });
        expect(api.most).toBeLessThanOrEqual(concurrency);
        expect(results.map(({ userId }) => userId)).toEqual(userIds(users));
        for (const { userId, outcome, attempts } of results) {
          const sent = api.calls.filter((one) => one.userId === userId && one.verb === 'remove');
          expect(attempts).toBe(sent.length);
          expect(attempts).toBeLessThanOrEqual(retries + 1);
          expect(outcome === 'skipped').toBe(attempts === 0);
        }
      },
    ),
    { numRuns: 200 },
  );
});
