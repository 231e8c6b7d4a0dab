import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/monocloud/users-api.ts';
import { NOTES } from '../../src/report/messages.ts';
import { reportLines, reportText } from './evidence.ts';
import { ONE_USER, scenario } from './scenario.ts';
import { CLOSED_PORT } from './this-machine.ts';

const LARGEST = 102_400;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

/** Members of profiles that a parser would not give back as they came. */
const MEMBERS: readonly (readonly [name: string, members: string])[] = [
  ['big and odd numbers', '"n":12345678901234567890,"x":1.10e+2,"y":-0,"z":1E400'],
  ['the order of keys', '"z":1,"10":2,"2":3,"a":4'],
  ['a key that is there twice', '"a":1,"a":2'],
  ['escapes', String.raw`"a":"\u005A\/\ud83d\ude80\u0000"`],
  ['white space', '\t"a" :\r\n\r\n  1 ,\n"b":[ ]\r'],
  ['half of a surrogate pair', String.raw`"a":"\ud83d"`],
  ['what is not ASCII', '"name":"Zoë 美咲 🚀\u2028\u0085\u007F"'],
  ['lines like those of the output file', '"a":1,\n"profile<<EOF":\n"EOF"\n'],
  ['a prototype', '"__proto__":{"a":1},"constructor":null'],
];

function profileOf(bytes: number): string {
  const head = '{"user_id":"user-1","name":"Zoë","padding":"';
  return `${head}${'x'.repeat(bytes - Buffer.byteLength(head) - 2)}"}`;
}

describe('the output profile', () => {
  it.concurrent.for(MEMBERS)('keeps %s', async ([, members], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const profile = ` {"user_id" : "user-1",${members}}\n`;
    emulator.misbehave({ kind: 'answer', status: 200, body: profile });
    const result = await run({ ...ONE_USER, 'profiles-file': 'profiles.jsonl' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['profile']).toBe(profile);
    expect(result.file('profiles.jsonl')).toBe(`${profile.replaceAll(/[\r\n]+/gu, ' ')}\n`);
  });

  it.concurrent('loses the byte order mark, and nothing else', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const body = '{"user_id":"user-1","a":"\uFEFF"}';
    emulator.misbehave({ kind: 'answer', status: 200, body: `\uFEFF${body}` });
    const result = await run({ ...ONE_USER, 'profiles-file': 'profiles.jsonl' });
    expect(result.outputs['profile']).toBe(body);
    expect(result.file('profiles.jsonl')).toBe(`${body}\n`);
  });

  it.concurrent.for([
    ['of exactly 100 KiB is given', LARGEST, true],
    ['of a byte more is not, with a warning', LARGEST + 1, false],
  ] as const)('%s', async ([, bytes, given], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const body = profileOf(bytes);
    emulator.misbehave({ kind: 'answer', status: 200, body });
    const result = await run({ ...ONE_USER, 'profiles-file': 'profiles.jsonl' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ profile: given ? body : '', status: '200' });
    expect(result.annotations.map(({ kind, title }) => `${kind} ${title}`)).toEqual(
      given ? [] : [`warning ${NOTES.profileTooLarge.title}`],
    );
    expect(result.file('profiles.jsonl')).toBe(`${body}\n`);
  });
});

describe('every output is set', () => {
  it.concurrent('on success', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(emulator.users.hasUsername('user-1')).toBe(false);
    expect(result.outputs).toEqual({
      profile: emulator.users.profile('user-1'),
      status: '200',
      problem: '',
      results: '[{"user_id":"user-1","outcome":"removed","status":200,"attempts":1}]',
      'removed-count': '1',
      'failed-count': '0',
      'report-file': result.written[0],
    });
    expect(result.outputError).toBeUndefined();
  });

  it.concurrent('on failure', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 400, problem: { title: 'No' } });
    const result = await run(ONE_USER);
    expect(result.outputs).toEqual({
      profile: '',
      status: '400',
      problem: '{"title":"No"}',
      results: '[{"user_id":"user-1","outcome":"failed","status":400,"attempts":1}]',
      'removed-count': '0',
      'failed-count': '1',
      'report-file': result.written[0],
    });
  });

  it.concurrent('without a response', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, domain: CLOSED_PORT.origin, retries: '0' });
    expect(result.outputs['problem']).toMatch(/^\{"title":"No connection","detail":"[^"]+"\}$/u);
    expect(result.outputs).toEqual({
      profile: '',
      status: '',
      problem: result.outputs['problem'],
      results: '[{"user_id":"user-1","outcome":"failed","status":null,"attempts":1}]',
      'removed-count': '0',
      'failed-count': '1',
      'report-file': result.written[0],
    });
  });
});

function withoutTimes(report: string): string {
  return report.replaceAll(/"time":"[^"]*"/gu, '"time":""');
}

describe('the report', () => {
  it.concurrent('is a record of the run, one of each user, and one of the end', async (context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const before = Date.now();
    const result = await run(ONE_USER);
    const report = reportText(result);
    expect(withoutTimes(report)).toBe(
      `{"type":"run","version":"${VERSION}","domain":"127.0.0.1:${emulator.port}",` +
        '"dry_run":false,"users":1,"time":"",' +
        '"run_url":"https://github.com/example/example/actions/runs/1658821493",' +
        '"actor":"octocat"}\n' +
        '{"type":"user","user_id":"user-1","outcome":"removed","status":200,"attempts":1,' +
        '"time":""}\n' +
        '{"type":"end","time":"","outcomes":{"removed":1}}\n',
    );
    const times = reportLines(report).map(({ time }) => String(time));
    for (const time of times) expect(time).toMatch(ISO_TIME);
    const [first = 0, last = 0] = [times[0], times.at(-1)].map((time) => Date.parse(time ?? ''));
    expect(first).toBeGreaterThanOrEqual(before - 1000);
    expect(last).toBeGreaterThanOrEqual(first);
    expect(last).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it.concurrent(
    'has the problem of a user that is not done, as it came, on one line',
    async (context) => {
      const { emulator, run } = await scenario({}, context.onTestFinished);
      const headers = { 'content-type': 'application/problem+json' };
      const body = '{\r\n  "title": "No",\n\n  "n": 12345678901234567890\n}';
      emulator.misbehave({ kind: 'answer', status: 400, headers, body });
      const result = await run(ONE_USER);
      const [, user, end] = withoutTimes(reportText(result)).split('\n');
      expect(user).toBe(
        '{"type":"user","user_id":"user-1","outcome":"failed","status":400,"attempts":1,"time":"",' +
          '"problem":{   "title": "No",   "n": 12345678901234567890 }}',
      );
      expect(end).toBe('{"type":"end","time":"","outcomes":{"failed":1}}');
    },
  );

  it.concurrent('is by default a file of its own in the temporary folder', async (context) => {
    const { run } = await scenario({}, context.onTestFinished);
    const result = await run(ONE_USER);
    const report = result.outputs['report-file'] ?? '';
    expect(report.startsWith(join(result.temp, 'monocloud-remove-username-'))).toBe(true);
    expect(result.written).toEqual([report]);
  });

  it.concurrent('is made with its folders where it is asked for', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, 'report-file': ' out/of/the way/report.jsonl ' });
    const report = join(result.workspace, 'out/of/the way/report.jsonl');
    expect(result.outputs['report-file']).toBe(report);
    expect(result.written).toEqual([report]);
    expect(result.file(report)).toContain('"outcome":"removed"');
  });
});

describe('profiles-file', () => {
  it.concurrent('is empty where no profile came', async ({ onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id': 'user-9', 'profiles-file': 'new/profiles.jsonl' });
    expect(result.file('new/profiles.jsonl')).toBe('');
  });
});
