import { describe, expect, it } from 'vitest';
import { userIdLines } from './many-users.ts';
import { scenario } from './scenario.ts';

const TAKEN = {
  title: 'Validation failed',
  detail: 'Ada Lovelace is locked.',
  errors: [{ code: 'UserLocked', description: 'Ada Lovelace is locked.' }],
};

/** The cells of a table's rows that begin with this user. */
function rowOf(user: string, summary: string): readonly string[] {
  const row = new RegExp(`<tr><td><code>${user}</code></td>(?<cells>.*?)</tr>`, 'u').exec(summary);
  return (row?.groups?.['cells'] ?? '').split(/<\/?td>/u).filter((cell) => cell !== '');
}

describe('the summary of a step that failed', () => {
  it.concurrent('for one user says no more than that', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 422, problem: TAKEN });
    const result = await run({ 'user-id': 'user-1' });
    expect(rowOf('user-1', result.summary)).toEqual([
      'Failed',
      '422 Unprocessable Entity',
      '<code>Validation failed (UserLocked)</code>',
    ]);
    expect(result.summary).not.toContain('Stopped');
    expect(result.summary).not.toContain('Ada Lovelace');
    expect(result.annotations.map(({ title }) => title)).toEqual(['Username not removed']);
  });

  it.concurrent('with a wrong key for one user does not speak of others', async (context) => {
    const { run } = await scenario({}, context.onTestFinished);
    const result = await run({ 'user-id': 'user-1', 'api-key': 'a-key-of-nobody' });
    expect(result.summary).not.toContain('Stopped');
    expect(result.annotations).toHaveLength(1);
    expect(rowOf('user-1', result.summary).slice(0, 2)).toEqual(['Failed', '401 Unauthorized']);
    // The title is the status in other words: it is not said twice.
    expect(result.summary.match(/Unauthorized/gu)).toHaveLength(1);
  });

  it.concurrent('that stopped says why, and who was never asked', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': userIdLines(3), 'api-key': 'a-key-of-nobody' });
    expect(result.summary).toMatch(/<p>Stopped: the API does not accept the key.*<\/p>/u);
    expect(rowOf('user-2', result.summary).slice(0, 2)).toEqual(['Skipped', 'not sent']);
    expect(rowOf('user-3', result.summary).slice(0, 2)).toEqual(['Skipped', 'not sent']);
    expect(result.summary).not.toContain('no response');
  });

  it.concurrent('for want of an answer says so', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'drop' }, { next: 'all' });
    const result = await run({ 'user-id': 'user-1', retries: '0' });
    expect(rowOf('user-1', result.summary).slice(0, 2)).toEqual(['Unconfirmed', 'no response']);
  });

  it.concurrent('has no backticks, which mean nothing there', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'rate-limited', retryAfter: 60 });
    const inputs = { 'user-id': userIdLines(3), 'max-retry-wait': '1' };
    const result = await run(inputs);
    expect(result.summary).toContain('longer than <code>max-retry-wait</code> allows');
    expect(result.summary).not.toContain('`');
  });

  it.concurrent('lists the first 50 of many', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 70 }, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 422, problem: TAKEN }, { next: 'all' });
    const result = await run({ 'user-id': userIdLines(70) });
    expect(rowOf('user-50', result.summary)).toHaveLength(3);
    expect(rowOf('user-51', result.summary)).toHaveLength(0);
    expect(result.summary).toContain('… and 20 more users: see the report.');
  });
});

describe('the summary of a dry run', () => {
  it.concurrent('lists the first 50 that would lose their username', async ({ onTestFinished }) => {
    const { run } = await scenario({ users: 70 }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(70), 'dry-run': 'true' });
    expect(result.conclusion).toBe('success');
    const listed = [...result.summary.matchAll(/<code>(?<id>user-\d+)<\/code>/gu)];
    expect(listed.map(({ groups }) => groups?.['id'])).toEqual(userIdLines(50).split('\n'));
    expect(result.summary).toContain('… and 20 more users: see the report.');
  });

  it.concurrent('lists nobody else', async ({ onTestFinished }) => {
    const users = ['user-1', { id: 'user-2', username: null }, 'user-3'];
    const { run } = await scenario({ users }, onTestFinished);
    const result = await run({ 'user-id': userIdLines(4), 'dry-run': 'true' });
    const planned = result.summary.slice(result.summary.indexOf('Would lose the username'));
    expect(planned).toContain('user-1');
    expect(planned).toContain('user-3');
    expect(planned).not.toMatch(/user-[24]/u);
  });
});
