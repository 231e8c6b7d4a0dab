import { describe, expect, it } from 'vitest';
import { parseLogCommand, propertyOf } from './log-command.ts';

describe('the form `::name props::text`', () => {
  it.each([
    ['::error::went wrong', 'error', {}, 'went wrong'],
    ['::error title=A,file=b::c', 'error', { title: 'A', file: 'b' }, 'c'],
    ['::ERROR::x', 'error', {}, 'x'],
    [' \t\u0085\u00A0\u3000::debug::x', 'debug', {}, 'x'],
    ['::endgroup::', 'endgroup', {}, ''],
    ['::notice::a::b', 'notice', {}, 'a::b'],
    ['::error::%25 %0D %0A %3A %2C %0a', 'error', {}, '% \r \n %3A %2C %0a'],
    ['::error::%250A', 'error', {}, '%0A'],
    ['::error title=%25%0D%0A%3A%2C%253A::', 'error', { title: '%\r\n:,%3A' }, ''],
    ['::error title==a=b,x=,=y,z::', 'error', { title: 'a=b' }, ''],
    ['::error   title= a ::x', 'error', { title: ' a' }, 'x'],
  ])('reads %j', (line, name, properties, text) => {
    expect(parseLogCommand(line)).toEqual({ form: '::', name, properties, text });
  });

  it.each(['', 'text', ':error::x', '::error', '::error:x', 'a ::error::x', '\u{FEFF}::error::x'])(
    'takes %j for text',
    (line) => {
      expect(parseLogCommand(line)).toBeUndefined();
    },
  );

  it.each([
    ['::::x', ''],
    ['::note::x', 'note'],
    [':: error::x', ''],
    ['::error\ttitle=a::x', 'error\ttitle=a'],
  ])('reads %j as a command that the runner does not know', (line, name) => {
    expect(parseLogCommand(line)).toMatchObject({ form: '::', name });
  });
});

describe('the form `##[name props]text`', () => {
  it.each([
    ['##[error]x', 'error', {}, 'x'],
    ['name: ##[add-mask]x', 'add-mask', {}, 'x'],
    ['##[set-env name=a;b=c]x', 'set-env', { name: 'a', b: 'c' }, 'x'],
    ['##[error title=%3B%0D%0A%5D%25]%3B%0D%0A%5D%25', 'error', { title: ';\r\n]%' }, ';\r\n]%'],
    ['##[debug]a]b', 'debug', {}, 'a]b'],
  ])('reads %j', (line, name, properties, text) => {
    expect(parseLogCommand(line)).toEqual({ form: '##[', name, properties, text });
  });

  it.each(['##[error', '#[error]x', '##error]x', '##[', '] ##[error'])(
    'takes %j for text',
    (line) => {
      expect(parseLogCommand(line)).toBeUndefined();
    },
  );

  it('looks at the first `##[` of a line only', () => {
    expect(parseLogCommand('##[##[error]x')).toMatchObject({ name: '##[error' });
  });

  it('counts where the other form is there under an unknown name', () => {
    expect(parseLogCommand('::note::##[error]x')).toMatchObject({ form: '##[', name: 'error' });
    expect(parseLogCommand('::note::##[nothing]x')).toMatchObject({ form: '::', name: 'note' });
  });
});

it('finds a property without regard to case', () => {
  const command = parseLogCommand('::error TITLE=a::x');

  expect(command).toBeDefined();
  expect(command && propertyOf(command, 'title')).toBe('a');
  expect(command && propertyOf(command, 'file')).toBe('');
});
