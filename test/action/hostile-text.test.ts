import { describe, expect, it } from 'vitest';
import { NOT_DONE_TITLES, NOTES, REFUSALS } from '../../src/report/messages.ts';
import { knownCommands } from '../runner/log-command.ts';
import type { StepResult } from '../runner/run-action.ts';
import { ONE_USER, scenario } from './scenario.ts';

/** Texts that would do something to a log, an annotation, a summary or a terminal. */
const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['a command', '::error::pwned'],
  ['a command after white space', ' \t::set-output name=status::200'],
  ['a command in the middle', 'x ::add-mask::MonoCloud'],
  ['a command of the old form', 'x ##[error]pwned'],
  ['a command of the old form with properties', '##[set-output name=status;]200'],
  ['a command that stops all others', '::stop-commands::pause'],
  ['a command on a line of its own', 'x\n::error::pwned'],
  ['a command after a carriage return', 'x\r::error::pwned\r##[error]pwned'],
  ['a command after both', 'x\r\n::warning file=a::pwned'],
  ['a command after other line ends', 'x\u0085::error::a\u2028::error::b\u2029::error::c\v\f::d::'],
  ['an escaped line end', '%0A::error::pwned%0D%0A##[error]pwned'],
  ['a twice escaped line end', '%250A::error::pwned'],
  ['colons apart by what is not seen', ':\u200B:error:\u200D:pwned :\u00AD:error:\uFEFF:pwned'],
  ['hashes apart by what is not seen', '#\u2060#\u200B[error]pwned #\u202E#[error]pwned'],
  ['commands that appear when one is taken out', '##[##[]error]pwned :::error:::::pwned'],
  ['controls apart', ':\u0000:error:\u0008:pwned #\u001B#\u007F[error]pwned'],
  ['white space of all kinds', '\u00A0\u2000\u3000\uFEFF::error::pwned'],
  ['colours', '\u001B[31mred\u001B[0m \u009B31m \u001B]0;title\u0007 \u001B[2J'],
  ['turned text', '\u202Eresu\u202C \u2066x\u2069 \u200Fy\u061C \u200Ez'],
  ['HTML', `</code></td></table><script>alert(1)</script><img src=x onerror="a" alt='b'>`],
  ['entities', '&lt;b&gt; &amp;amp; &#60;i&#62;'],
  ['Markdown', '# A **b** `c` [d](https://e.example) ![f](g) | h | @octocat #1 ~~i~~'],
  ['a blank line and Markdown', 'x\n\n# Title\n\n| a |\n|---|\n| b |\n\n```sh\nrm\n```'],
  ['half of a surrogate pair', String.raw`a\ud83db`],
  ['tags and variations', '\u{E0041}\u{E0001}a\uFE0F\u{E0100}'],
  ['the delimiter of an output', 'x\nstatus<<EOF\n200\nEOF'],
];

/** Two and two of them. */
const PAIRS = HOSTILE.flatMap(([name, text], index) => {
  const [otherName, other] = HOSTILE[index + 1] ?? ['nothing', ''];
  return index % 2 === 0 ? [[name, otherName, text, other] as const] : [];
});

/** No process takes a null character in its environment. */
const AS_INPUT = HOSTILE.map(([, text]) => text.replaceAll('\u0000', ''));

/** Colons alone are no reason to refuse an id. */
const NO_IDS = HOSTILE.filter(([, text]) => !/^[\w:-]+$/u.test(text.trim()));

const FAILED = `error ${NOT_DONE_TITLES.failed}`;
const REFUSED = `error ${REFUSALS.input.title}`;

/** Whatever is not seen, ends a line or turns the direction of the text. */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/u;

/** What the runner takes for a command where it stands in the right place. */
const COMMAND = /::|##\[/u;

/** The tags that the action itself writes into the summary. */
const OWN_TAGS = /<\/?(?:h2|h3|p|code|table|tr|th|td)>/gu;

/** The commands in the log but those for masks and debugging, as `name title`. */
function commandsOf(result: StepResult): string[] {
  return result.commands
    .filter(({ name }) => name !== 'add-mask' && name !== 'debug')
    .map(({ name, properties }) => `${name} ${properties['title']}`);
}

/** Expects that nothing in log, annotations and summary is more than plain text. */
function expectHarmless(result: StepResult): void {
  for (const command of result.commands) {
    expect(knownCommands).toContain(command.name);
    expect(command.form).toBe('::');
    expect(command.text).not.toMatch(UNWANTED);
    expect(command.text).not.toMatch(COMMAND);
    expect(Object.keys(command.properties)).toEqual(command.name === 'error' ? ['title'] : []);
  }
  expect(result.commandErrors).toEqual([]);
  expect(result.outputError).toBeUndefined();
  for (const line of result.stdout.trimEnd().split(/\r?\n/u)) {
    expect(line).not.toMatch(UNWANTED);
    if (!line.startsWith('::')) expect(line).not.toMatch(COMMAND);
  }
  for (const { message } of result.annotations) expect(message.length).toBeLessThan(4096);

  const lines = result.summaryFile.split(/\r?\n/u).filter((line) => line !== '');
  for (const line of lines) {
    expect(line).toMatch(/^<(?:h2|h3|p|table)>/u);
    expect(line).not.toMatch(UNWANTED);
  }
  const words = lines.join('').replaceAll(OWN_TAGS, '');
  expect(words).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/u);
}

describe('text of the API does nothing but be read', () => {
  it.concurrent.for(PAIRS)('in problem details: %s, %s', async (pair, { onTestFinished }) => {
    const [, , title, detail] = pair;
    const { emulator, run } = await scenario({}, onTestFinished);
    const problem = { title, detail, errors: { [title]: [detail], [detail]: title } };
    emulator.misbehave({ kind: 'problem', status: 422, problem });
    const result = await run(ONE_USER, { debug: true });
    expectHarmless(result);
    expect(commandsOf(result)).toEqual([FAILED]);
    expect(result.annotations).toHaveLength(1);
    expect(result.outputs).toMatchObject({ problem: JSON.stringify(problem), status: '422' });
  });

  it.concurrent('in a list of errors', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const errors = HOSTILE.map(([, text]) => ({ code: text, description: text }));
    emulator.misbehave({ kind: 'problem', status: 400, problem: { errors } });
    const result = await run(ONE_USER);
    expectHarmless(result);
    expect(commandsOf(result)).toEqual([FAILED]);
  });

  it.concurrent('in a body that is no JSON', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const body = HOSTILE.map(([, text]) => text).join('\n');
    emulator.misbehave({ kind: 'answer', status: 400, body });
    const result = await run(ONE_USER);
    expectHarmless(result);
    expect(result.log).not.toContain('pwned');
  });

  it.concurrent('in the user id of a profile', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const body = JSON.stringify({ user_id: HOSTILE.map(([, text]) => text).join('\n') });
    emulator.misbehave({ kind: 'answer', status: 200, body });
    const result = await run(ONE_USER);
    expect(commandsOf(result)).toEqual([`warning ${NOTES.otherUser.title}`]);
    expect(result.commands.at(-1)?.text).not.toMatch(UNWANTED);
    expect(result.summary).not.toContain('pwned');
  });

  it.concurrent.for([
    ['location', 'https://::error::pwned/##[error]pwned'],
    ['location', 'https://evil.example/##[error]pwned'],
    ['location', '//##[error]pwned'],
    ['retry-after', '::error::pwned'],
    ['content-type', '##[error]pwned'],
    ['content-encoding', '::error::pwned ##[error]pwned'],
    ['x-request-id', '::error::pwned'],
  ] as const)('in a header: %s: %s', async ([name, value], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const status = name === 'location' ? 302 : 429;
    emulator.misbehave({ kind: 'answer', status, headers: { [name]: value } });
    const result = await run({ ...ONE_USER, retries: '0' }, { debug: true });
    expect(result.exitCode).toBe(1);
    expect(result.log).not.toContain('pwned');
    expect(result.summary).not.toContain('pwned');
    expect(commandsOf(result)[0]).toBe(FAILED);
  });

  it.concurrent('in the reason of a status', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const bytes = 'HTTP/1.1 400 ::error::pwned ##[error]pwned\r\nContent-Length: 0\r\n\r\n';
    emulator.misbehave({ kind: 'raw', bytes });
    const result = await run(ONE_USER, { debug: true });
    expect(result.outputs['status']).toBe('400');
    expect(result.log).not.toContain('pwned');
  });

  it.concurrent('however much of it there is', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const text = '%::##[error]<&🚀'.repeat(5000);
    const problem = { title: text, detail: text, errors: [text] };
    emulator.misbehave({ kind: 'problem', status: 400, problem });
    const result = await run(ONE_USER);
    expectHarmless(result);
    expect(result.summary.length).toBeLessThan(10_000);
  });
});

/** Expects that a step was refused, and says so in plain text. */
function expectHarmlesslyRefused(result: StepResult): void {
  expectHarmless(result);
  expect(commandsOf(result)).toEqual([REFUSED]);
  expect(result.summaryFile).toBe('');
}

describe('text of a workflow does nothing but be read', () => {
  it.concurrent.for(['::error::pwned', '::stop-commands::pause', '::debug::a|b~::'])(
    'in a user id that may be one: %s',
    async (id, { onTestFinished }) => {
      const { emulator, run } = await scenario({ users: [id] }, onTestFinished);
      emulator.misbehave({ kind: 'answer', status: 408 });
      emulator.misbehave({ kind: 'answer', status: 400 });
      const result = await run({ 'user-id': `${id}\n${id}::` }, { debug: true });
      expectHarmless(result);
      expect(commandsOf(result)).toEqual([FAILED, `error ${NOT_DONE_TITLES['not-found']}`]);
      const path = `/api/users/${encodeURIComponent(id)}/username`;
      expect(emulator.requests.slice(0, 2).map((request) => request.path)).toEqual([path, path]);
    },
  );

  it.concurrent.for(NO_IDS)('in a user id that is none: %s', async ([, text], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const result = await run({ 'user-id': JSON.stringify(['user-1', text]) });
    expectHarmlesslyRefused(result);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent.for([
    'user-id',
    'domain',
    'retries',
    'requests-per-second',
    'dry-run',
    'on-not-found',
    'shard',
    'user-id-file',
  ] as const)('in %s', async (input, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const text = AS_INPUT.slice(0, 8).join('\n').slice(0, 190);
    const result = await run({ ...(input === 'user-id-file' ? {} : ONE_USER), [input]: text });
    expectHarmlesslyRefused(result);
    expect(emulator.connections).toBe(0);
  });

  it.concurrent.for([
    ['a list', AS_INPUT.join('\n')],
    ['JSON Lines', JSON.stringify({ user_id: AS_INPUT.slice(0, 8).join('\n') })],
    ['a report', JSON.stringify({ type: 'run', domain: AS_INPUT.slice(0, 8).join('\n') })],
  ] as const)('in a file with %s', async ([, text], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ 'user-id-file': 'users' }, { files: { users: text } });
    expectHarmlesslyRefused(result);
    expect(emulator.connections).toBe(0);
  });
});
