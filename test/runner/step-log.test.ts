import { describe, expect, it } from 'vitest';
import { StepLog } from './step-log.ts';

function logOf(
  lines: readonly string[],
  options: { debug?: boolean; secrets?: readonly string[] } = {},
): StepLog {
  const log = new StepLog({ debug: false, secrets: [], ...options });
  for (const line of lines) log.receive(line, 'stdout');
  return log;
}

describe('the log', () => {
  it('shows text as it is and commands by what they do', () => {
    const { text } = logOf(['::group::g', 'text', '::endgroup::', '::error title=t::a%0Ab']);

    expect(text).toBe('##[group]g\ntext\n##[endgroup]\n##[error]a\nb\n');
  });

  it('shows a command that the runner does not know as text', () => {
    const log = logOf(['::note::x']);

    expect(log.text).toBe('::note::x\n');
    expect(log.commands).toMatchObject([{ name: 'note', known: false, line: '::note::x' }]);
  });

  it('shows debug messages with debugging on only', () => {
    expect(logOf(['::debug::x']).text).toBe('');
    expect(logOf(['::debug::x'], { debug: true }).text).toBe('##[debug]x\n');
  });

  it('shows the commands themselves while echo is on', () => {
    const { text } = logOf(['::echo::on', '::group::g', '::add-mask::abc', '::echo::off']);

    expect(text).toBe('::group::g\n##[group]g\n::add-mask::***\n::echo::off\n');
  });
});

describe('masking', () => {
  it('hides what was known from the start and what `add-mask` adds, from then on', () => {
    const log = logOf(['first second', '::add-mask::second', 'first second', '::error::second'], {
      secrets: ['first'],
    });

    expect(log.text).toBe('*** second\n*** ***\n##[error]***\n');
    expect(log.masks).toEqual(['first', 'second']);
    expect(log.annotations).toEqual([{ kind: 'error', title: '', message: '***' }]);
  });

  it('leaves the title of an annotation alone', () => {
    const log = logOf(['::error title=secret::secret'], { secrets: ['secret'] });

    expect(log.annotations).toEqual([{ kind: 'error', title: 'secret', message: '***' }]);
  });

  it('takes a value of several lines, and warns of an empty one', () => {
    const log = logOf(['::add-mask::one%0Atwo', 'two', '::add-mask:: ']);

    expect(log.masks).toEqual(['one\ntwo', 'one', 'two']);
    expect(log.text).toMatch(/^\*\*\*\n##\[warning\]Can't add secret mask for empty string/u);
  });
});

describe('annotations', () => {
  it('are ten of a kind at most, and all in the log', () => {
    const log = logOf([
      ...Array.from({ length: 12 }, (_, index) => `::error::${index}`),
      '::warning title=w::x',
      '##[notice]y',
    ]);

    expect(log.annotations).toHaveLength(12);
    expect(log.annotations.at(-2)).toEqual({ kind: 'warning', title: 'w', message: 'x' });
    expect(log.annotations.at(-1)).toEqual({ kind: 'notice', title: '', message: 'y' });
    expect(log.annotationsDropped).toBe(2);
    expect(log.text).toContain('##[error]11\n');
  });

  it('are cut off at 4,096 characters', () => {
    const log = logOf([`::error::${'a'.repeat(4097)}`]);

    expect(log.annotations[0]?.message).toBe('a'.repeat(4096));
    expect(log.commands[0]?.text).toHaveLength(4097);
  });
});

describe('stop-commands', () => {
  it('makes text of commands until its token comes', () => {
    const log = logOf(['::stop-commands::Tok', '::error::a', '##[tok]', '::tok::', '::error::b']);

    expect(log.text).toBe('::stop-commands::Tok\n::error::a\n##[tok]\n::tok::\n##[error]b\n');
    expect(log.annotations).toMatchObject([{ message: 'b' }]);
    expect(log.commands.map(({ name, known, stopped }) => [name, known, stopped])).toEqual([
      ['stop-commands', true, false],
      ['error', true, true],
      ['tok', true, false],
      ['tok', false, false],
      ['error', true, false],
    ]);
  });

  it('hides a long token', () => {
    expect(logOf(['::stop-commands::0123456', '0123456']).text).toBe('::stop-commands::***\n***\n');
  });

  it.each(['', 'error', 'pause-logging'])('refuses the token %j', (token) => {
    expect(logOf([`::stop-commands::${token}`]).failures).toHaveLength(1);
  });
});

describe('commands that fail the step', () => {
  it.each([
    ['::set-env name=a::b', 'The `set-env` command is disabled'],
    ['::add-path::/a', 'The `add-path` command is disabled'],
    ['::echo::maybe', "Invalid echo command value: 'maybe'"],
    ['::set-output::a', "Required field 'name' is missing"],
    ['::add-matcher::a.json', 'does not implement `add-matcher`'],
  ])('%s', (line, message) => {
    const log = logOf([line]);

    expect(log.failures).toEqual([expect.stringContaining(message)]);
    expect(log.text).toContain(`##[error]Unable to process command '${line}' successfully.`);
  });
});

it('executes the deprecated `set-output`, and warns of it', () => {
  const log = logOf(['::set-output name=a::b%0Ac']);

  expect(Object.fromEntries(log.outputs)).toEqual({ a: 'b\nc' });
  expect(log.annotations).toMatchObject([{ kind: 'warning' }]);
});
