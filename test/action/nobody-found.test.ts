import { describe, expect, it } from 'vitest';
import { outcomesOf } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

const IGNORED = { 'user-id': userIdLines(3), 'on-not-found': 'ignore' };
const NOBODY = { kind: 'warning', title: 'No user found' };

describe('`on-not-found: ignore`, and nobody is found', () => {
  it.concurrent.for([{}, { 'dry-run': 'true' }])('gets a warning: %j', async (inputs, context) => {
    const { run } = await scenario({ users: ['somebody'] }, context.onTestFinished);
    const result = await run({ ...IGNORED, ...inputs });
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(times(3, 'not-found'));
    expect(result.annotations).toMatchObject([NOBODY]);
    expect(result.annotations[0]?.message).toMatch(/^None of the 3 users exists\./u);
  });

  it.concurrent('gets one beside those on bare 404s', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['somebody'] }, onTestFinished);
    emulator.misbehave({ kind: 'html', status: 404 }, { next: 'all' });
    const result = await run(IGNORED);
    expect(result.conclusion).toBe('success');
    const titles = result.annotations.map(({ title }) => title);
    expect(titles.filter((title) => title === NOBODY.title)).toHaveLength(1);
    expect(titles).toHaveLength(4);
  });
});

describe('without it', () => {
  it.concurrent('the users are the failures', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: ['somebody'] }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(3) });
    expect(result.annotations.map(({ title }) => title)).toEqual(times(3, 'User not found'));
  });
});
