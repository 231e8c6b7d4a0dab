import { describe, expect, it } from 'vitest';
import { userIdLines } from './many-users.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { CLOSED_PORT } from './this-machine.ts';

/** The cells of a table's rows that begin with this user. */
function rowOf(user: string, summary: string): readonly string[] {
  const row = new RegExp(`<tr><td><code>${user}</code></td>(?<cells>.*?)</tr>`, 'u').exec(summary);
  return (row?.groups?.['cells'] ?? '').split(/<\/?td>/u).filter((cell) => cell !== '');
}

describe('the summary of a step', () => {
  it.concurrent('of a success has the counts alone', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER);
    expect(result.summaryFile.trimEnd().split(/\r?\n/u)).toEqual([
      '<h2>Username removed from 1 of 1 user</h2>',
      `<p>Tenant <code>127.0.0.1:${emulator.port}</code></p>`,
      '<table><tr><th>Outcome</th><th>Users</th></tr><tr><td>Removed</td><td>1</td></tr></table>',
    ]);
  });

  it.concurrent('of a failure names the user and codes, but no detail', async (context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const problem = { title: 'No', detail: 'Of somebody.', errors: { name: ['of somebody'] } };
    emulator.misbehave({ kind: 'problem', status: 422, problem });
    const result = await run(ONE_USER);
    expect(result.summaryFile).not.toContain('somebody');
    expect(result.summaryFile.trimEnd().split(/\r?\n/u)).toEqual([
      '<h2>Username removed from 0 of 1 user</h2>',
      `<p>Tenant <code>127.0.0.1:${emulator.port}</code></p>`,
      '<table><tr><th>Outcome</th><th>Users</th></tr><tr><td>Failed</td><td>1</td></tr></table>',
      '<h3>Not done</h3>',
      '<table><tr><th>User</th><th>Outcome</th><th>Status</th><th>What was answered</th></tr>' +
        '<tr><td><code>user-1</code></td><td>Failed</td><td>422 Unprocessable Entity</td>' +
        '<td><code>No (name)</code></td></tr></table>',
    ]);
  });

  it.concurrent('says where no response came', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain: CLOSED_PORT.origin, retries: '0' });
    expect(result.summary).toContain('<td>Failed</td><td>no response</td><td><code>No connection');
  });

  it.concurrent('of a missing user that is ignored names nobody', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-9', 'on-not-found': 'ignore' });
    expect(result.summary).toContain('<td>Not found</td><td>1</td>');
    expect(result.summary).not.toContain('user-9');
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

  it.concurrent('lists the first 50 of many', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 70 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 422 }, { next: 'all' });
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
