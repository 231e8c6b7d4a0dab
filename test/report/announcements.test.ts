import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { progressLine, startTicker } from '../../src/report/progress.ts';
import { Tally } from '../../src/report/tally.ts';
import { userIds } from '../removal/scripted-api.ts';
import { notDone, removed } from './fixtures.ts';

describe('the progress line', () => {
  it('says how far the work is', () => {
    const tally = new Tally(100, false);
    for (const [index, id] of userIds(25).entries()) {
      tally.add(index === 3 ? notDone(id) : removed(id), index);
    }
    expect(progressLine(tally, 5000)).toBe(
      '25 of 100 users, 1 not done, 5 a second, about 15 s left.',
    );
  });

  it.each([0, 5000])('says nothing of the time left before the first user ended (%i ms)', (ms) => {
    expect(progressLine(new Tally(3, false), ms)).toBe('0 of 3 users, 0 not done, 0 a second.');
  });
});

describe('the ticker', () => {
  it('tells often at first, then more seldom, under 200 times in a day', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const times: number[] = [];
    const stop = startTicker(Date.now, (elapsed) => times.push(elapsed));
    vi.advanceTimersByTime(60_000);
    expect(times).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60].map((s) => s * 1000));
    vi.advanceTimersByTime(3 * 3_600_000);
    expect(times.length).toBeLessThan(200);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual(gaps.toSorted((one, other) => one - other));
    const told = times.length;
    stop();
    vi.advanceTimersByTime(3_600_000);
    expect(times).toHaveLength(told);
  });
});
