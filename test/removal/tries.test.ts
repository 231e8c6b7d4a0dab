import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/monocloud/answer.ts';
import { createPace, type Leave } from '../../src/removal/pace.ts';
import { Stop } from '../../src/removal/stop.ts';
import { askWithin, tryRepeatedly, type Tries, type TryPolicy } from '../../src/removal/tries.ts';
import { PROFILE, failure, status, userId } from './scripted-api.ts';
import { VirtualClock } from './virtual-clock.ts';

const USER = userId('user-1');

interface Trial {
  readonly tries: Tries;
  /** What was observed, in order. */
  readonly seen: readonly string[];
  /** ms at which each try was sent. */
  readonly sentAt: readonly number[];
}

/** @param answers one for each try, which takes 10 ms; after the last of them, profiles */
async function trial(
  answers: readonly Answer[],
  policy: Partial<TryPolicy> = {},
  onSent: (count: number) => void = () => {},
): Promise<Trial> {
  const clock = new VirtualClock();
  const never = new AbortController().signal;
  const seen: string[] = [];
  const sentAt: number[] = [];
  const ask = async (): Promise<Answer> => {
    sentAt.push(clock.now());
    onSent(sentAt.length);
    await clock.sleep(10, never);
    return answers[sentAt.length - 1] ?? PROFILE;
  };
  const tries = await tryRepeatedly(USER, ask, {
    retries: 3,
    pace: createPace({ maxRetryWait: 10_000, clock }),
    clock,
    random: () => 0.5,
    stopped: never,
    cancelled: never,
    observer: {
      tried: (id, attempt, { kind }, took) => seen.push(`${id} tried ${attempt}: ${kind}, ${took}`),
      read: () => seen.push('read'),
      retrying: (id, attempt, { kind }, wait) =>
        seen.push(`${id} retrying ${attempt}: ${kind}, ${wait}`),
    },
    ...policy,
  });
  return { tries, seen, sentAt };
}

/** What a request says when it leaves. */
function leaving(): { left: unknown[][]; leave: Leave } {
  const left: unknown[][] = [];
  return { left, leave: (...given) => left.push(given) };
}

describe('the tries of a user', () => {
  it('are observed, and backed off from', async () => {
    const { tries, seen, sentAt } = await trial([status(503), failure('timed-out', true)]);
    expect(tries).toEqual({ attempts: 3, last: PROFILE, lost: true, unanswered: true });
    expect(seen).toEqual([
      'user-1 tried 1: error, 10',
      'user-1 retrying 1: error, 500',
      'user-1 tried 2: no answer, 10',
      'user-1 retrying 2: no answer, 1000',
      'user-1 tried 3: profile, 10',
    ]);
    expect(sentAt).toEqual([0, 510, 1520]);
  });

  it('keep to what the API asks, without a backoff on top', async () => {
    const { seen, sentAt } = await trial([status(503, 2000)]);
    expect(seen[1]).toBe('user-1 retrying 1: error, 2000');
    expect(sentAt).toEqual([0, 2010]);
  });

  it('end where the API asks for too long a wait, and say so', async () => {
    const { tries, seen } = await trial([status(503, 10_001)]);
    expect(tries).toMatchObject({
      attempts: 1,
      lost: true,
      unanswered: false,
      refusedWait: 10_001,
    });
    expect(seen).toHaveLength(1);
  });

  it('end with the last, without a wait', async () => {
    const { tries, seen } = await trial([status(408), status(408)], { retries: 1 });
    expect(tries).toEqual({ attempts: 2, last: status(408), lost: false, unanswered: false });
    expect(seen.filter((line) => line.includes('retrying'))).toHaveLength(1);
  });

  it('are none where the step is stopped already', async () => {
    const { tries, sentAt } = await trial([], { stopped: AbortSignal.abort() });
    expect(tries).toEqual({ attempts: 0, last: undefined, lost: false, unanswered: false });
    expect(sentAt).toEqual([]);
  });

  it('are not gone on with after a stop', async () => {
    const stop = new Stop();
    const { tries, seen } = await trial(
      [status(500), status(500)],
      { stopped: stop.signal },
      (count) => count === 2 && stop.now('unwell'),
    );
    expect(tries).toMatchObject({ attempts: 2, lost: true, unanswered: false });
    expect(seen.at(-1)).toBe('user-1 tried 2: error, 10');
  });

  it('are not begun where the stop comes with the admission', async () => {
    const stop = new Stop();
    const left: unknown[][] = [];
    const pace = {
      enter: () => {
        stop.now('unwell');
        return Promise.resolve({
          kind: 'go',
          leave: (...given: unknown[]) => left.push(given),
        } as const);
      },
      refusedWait: () => undefined,
    };
    const { tries, sentAt } = await trial([], { stopped: stop.signal, pace });
    expect(tries.attempts).toBe(0);
    expect(sentAt).toEqual([]);
    expect(left).toEqual([[false, undefined]]);
  });
});

describe('a request under the pace', () => {
  it.each([
    [PROFILE, [false, undefined]],
    [status(429), [true, undefined]],
    [status(429, 5000), [true, 5000]],
    [status(503, 5000), [false, 5000]],
    [status(400, 5000), [false, undefined]],
  ] as const)('says how it ended: %j', async (answer, said) => {
    const { left, leave } = leaving();
    expect(await askWithin(leave, () => Promise.resolve(answer), USER)).toBe(answer);
    expect(left).toEqual([said]);
  });

  it('says so also where a bug ends it', async () => {
    const { left, leave } = leaving();
    const asked = askWithin(leave, () => Promise.reject(new Error('bug')), USER);
    await expect(asked).rejects.toThrow('bug');
    expect(left).toEqual([[false, undefined]]);
  });
});
