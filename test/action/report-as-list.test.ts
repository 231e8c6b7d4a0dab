import { describe, expect, it } from 'vitest';
import { outcomesOf, reportOf, reportText, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { expectRefusedFor } from './refused-step.ts';
import { requestedUsers, requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';

const FROM_REPORT = { 'user-id-file': 'list.jsonl', concurrency: '1' };

/** A report as a later job gets it: as a file of its workspace. */
function asList(...reports: readonly string[]): { files: Record<string, string> } {
  return { files: { 'list.jsonl': reports.join('') } };
}

describe('plan, approve, apply', () => {
  it.concurrent('applies exactly what the plan says', async ({ onTestFinished }) => {
    const users = ['user-1', { id: 'user-2', username: null }, 'user-4', 'user-5'];
    const { emulator, run } = await scenario({ users }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'user-5' });
    const plan = await run({ 'user-id': userIdLines(5), 'dry-run': 'true' });
    expect(outcomesOf(plan)).toEqual([
      'would-remove',
      'no-username',
      'not-found',
      'would-remove',
      'failed',
    ]);
    expect(reportOf(plan)[0]).toMatchObject({ type: 'run', dry_run: true, users: 5 });
    expect(reportOf(plan).at(-1)).toMatchObject({
      type: 'end',
      outcomes: { 'would-remove': 2, 'no-username': 1, 'not-found': 1, failed: 1 },
    });

    const planned = requestsTo(emulator).length;
    const result = await run(FROM_REPORT, asList(reportText(plan)));
    expect(result.conclusion).toBe('success');
    expect(requestsTo(emulator).slice(planned)).toEqual(['DELETE user-1', 'DELETE user-4']);
    expect(result.log).toContain('Took 2 of 5 users from the report');
    expect(emulator.users.hasUsername('user-5')).toBe(true);
    expect(reportOf(result)[0]).toMatchObject({ dry_run: false, users: 2 });
  });

  it.concurrent('can be read once more before it is applied', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const plan = await run({ 'user-id': userIdLines(3), 'dry-run': 'true' });
    emulator.users.removeUsername('user-2');
    const again = await run({ ...FROM_REPORT, 'dry-run': 'true' }, asList(reportText(plan)));
    expect(outcomesOf(again)).toEqual(['would-remove', 'no-username', 'would-remove']);
  });

  it.concurrent('counts by `max-users` what is applied', async ({ onTestFinished }) => {
    const users = ['user-1', { id: 'user-2', username: null }, 'user-3'];
    const { emulator, run } = await scenario({ users }, onTestFinished);
    const plan = await run({ 'user-id': userIdLines(3), 'dry-run': 'true' });
    const inputs = { ...FROM_REPORT, 'max-users': '2' };
    const result = await run(inputs, asList(reportText(plan)));
    expect(result.conclusion).toBe('success');
    expect(emulator.users.counts().withUsername).toBe(0);
    const { connections } = emulator;
    const refused = await run({ ...inputs, 'max-users': '1' }, asList(reportText(plan)));
    expect(refused.annotations[0]?.message).toContain('names 2 users, and `max-users` allows 1');
    expect(emulator.connections).toBe(connections);
  });
});

describe('the rest of a run', () => {
  it.concurrent('that stopped is picked up', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 8 }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 401 }, { user: 'user-4' });
    const first = await run({ 'user-id': userIdLines(8), concurrency: '1' });
    expect(first.outputs).toMatchObject({ 'removed-count': '3', 'failed-count': '5' });
    const second = await run(FROM_REPORT, asList(reportText(first)));
    expect(second.conclusion).toBe('success');
    expect(second.log).toContain('Took 5 of 8 users from the report');
    expect(userRecords(second).map((record) => record['user_id'])).toEqual(
      userIdLines(8).split('\n').slice(3),
    );
    expect(emulator.users.counts().withUsername).toBe(0);
  });

  it.concurrent('are those that failed or are unconfirmed', async ({ onTestFinished }) => {
    const users = ['user-1', 'user-3', 'user-4'];
    const { emulator, run } = await scenario({ users }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'user-3' });
    emulator.misbehave({ kind: 'drop' }, { user: 'user-4', next: 4 });
    const first = await run({ 'user-id': userIdLines(4), retries: '0', concurrency: '1' });
    expect(outcomesOf(first)).toEqual(['removed', 'not-found', 'failed', 'unconfirmed']);
    emulator.behave();
    const before = emulator.requests.length;
    const second = await run(FROM_REPORT, asList(reportText(first)));
    expect(second.conclusion).toBe('success');
    expect(requestedUsers(emulator).slice(before)).toEqual(['user-3', 'user-4']);
  });

  it.concurrent.for([
    ['', {}],
    [', of a shard too', { shard: '1/2' }],
  ] as const)('is nothing: success, with a notice%s', async ([, inputs], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const first = await run({ 'user-id': userIdLines(3) });
    const { connections } = emulator;
    const second = await run({ ...FROM_REPORT, ...inputs }, asList(reportText(first)));
    expect(second.conclusion).toBe('success');
    expect(second.annotations).toMatchObject([{ kind: 'notice', title: 'Nothing to do' }]);
    expect(second.outputs).toMatchObject({
      profile: '',
      problem: '',
      results: '[]',
      'removed-count': '0',
      'failed-count': '0',
    });
    expect(reportOf(second)).toMatchObject([{ type: 'run', users: 0 }, { type: 'end' }]);
    expect(second.summary).not.toBe('');
    expect(emulator.connections).toBe(connections);
  });
});

describe('several reports', () => {
  it.concurrent('can be joined', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 4 }, onTestFinished);
    const [one, other] = await Promise.all([
      run({ 'user-id': 'user-3 user-1', 'dry-run': 'true' }),
      run({ 'user-id': 'user-2', 'dry-run': 'true' }),
    ]);
    const planned = emulator.requests.length;
    const result = await run(FROM_REPORT, asList(reportText(one), reportText(other)));
    expect(result.conclusion).toBe('success');
    expect(requestedUsers(emulator).slice(planned).toSorted()).toEqual([
      'user-1',
      'user-2',
      'user-3',
    ]);
    expect(result.log).toContain('Took 3 of 3 users');
  });

  it.concurrent('of the same user: the last one counts', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'user-2' });
    const first = await run({ 'user-id': userIdLines(3), concurrency: '1' });
    const second = await run(FROM_REPORT, asList(reportText(first)));
    expect(outcomesOf(second)).toEqual(['removed']);
    const third = await run(FROM_REPORT, asList(reportText(first), reportText(second)));
    expect(third.conclusion).toBe('success');
    expect(third.annotations).toMatchObject([{ kind: 'notice', title: 'Nothing to do' }]);
  });
});

const RUN = '{"type":"run","version":"1.0.0","domain":"{domain}","dry_run":true,"users":2}\n';
const USERS = ['user-1', 'user-2'].map(
  (id) => `{"type":"user","user_id":"${id}","outcome":"would-remove","status":200,"attempts":1}\n`,
);
const END = '{"type":"end","outcomes":{"would-remove":2}}\n';
const WHOLE = [RUN, ...USERS, END].join('');

const REFUSED: readonly (readonly [name: string, report: string, why: RegExp])[] = [
  ['of another domain', WHOLE.replace('{domain}', 'other.us.monocloud.com'), /of another domain/u],
  ['without its end record', RUN + USERS.join(''), /without an end record/u],
  ['cut off in the middle of a line', WHOLE.slice(0, -10), /line 4 that is not a JSON object/u],
  ['without its run record', USERS.join('') + END, /line 1 that does not follow a run record/u],
  ['that lacks a user', `${RUN}${USERS[0]}${END}`, /fewer or more users/u],
  [
    'with a line of something else',
    `${WHOLE}{"user_id":"user-3"}\n`,
    /line 5 that is not a record/u,
  ],
  ['with an id that is none', WHOLE.replace('user-2', 'user/2'), /line 3 with a \//u],
];

describe('a report that cannot be the list is refused', () => {
  it.concurrent.for(REFUSED)('%s', async ([, report, why], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const domain = new URL(emulator.origin).host;
    const list = asList(report.replaceAll('{domain}', domain));
    expectRefusedFor(await run(FROM_REPORT, list), emulator, why);
  });

  it.concurrent('as the file of its own report', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const report = WHOLE.replace('{domain}', new URL(emulator.origin).host);
    const result = await run({ ...FROM_REPORT, 'report-file': './list.jsonl' }, asList(report));
    expectRefusedFor(result, emulator, /`report-file` is the same file as `user-id-file`/u);
    expect(result.file('list.jsonl')).toBe(report);
  });

  it.concurrent('in the input `user-id`', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const report = WHOLE.replace('{domain}', new URL(emulator.origin).host);
    expectRefusedFor(await run({ 'user-id': report }), emulator, /^Input `user-id` /u);
  });
});

describe('a report is known by its first record', () => {
  it.concurrent.for([
    [
      'with the byte order mark and line ends of Windows',
      (text: string) => `\uFEFF${text}`.replaceAll('\n', '\r\n'),
    ],
    ['with blank lines between', (text: string) => text.replaceAll('\n', '\n\n')],
    ['with spaces, as other tools write JSON', (text: string) => text.replaceAll('":', '": ')],
  ] as const)('%s', async ([, changed], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const report = WHOLE.replace('{domain}', new URL(emulator.origin).host);
    const result = await run(FROM_REPORT, asList(changed(report)));
    expect(result.conclusion).toBe('success');
    expect(requestedUsers(emulator)).toEqual(['user-1', 'user-2']);
  });

  it.concurrent('whatever the spelling of the domain was', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const spelled = ` HTTP://LOCALHOST:${emulator.port}/ `;
    const plan = await run({ 'user-id': 'user-1', domain: spelled, 'dry-run': 'true' });
    const domain = `http://localhost:${emulator.port}`;
    const result = await run({ ...FROM_REPORT, domain }, asList(reportText(plan)));
    expect(result.outputs['removed-count']).toBe('1');
  });
});
