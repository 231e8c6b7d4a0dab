import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debug, error, notice, setOutput, setSecret, warning } from '@actions/core';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LineReader } from './line-reader.ts';
import { type ParsedCommand, parseLogCommand } from './log-command.ts';
import { parseOutputFile } from './output-file.ts';

// Every character there is, line ends and the grammar's own among them more often than chance has it.
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('%', '%25', '%0A', '\r', '\n', ':', '::', ',', '=', '<<', '##[error]', ' '),
  ),
});

/** What the runner reads when a function of @actions/core writes. */
function commandsOf(write: () => void): (ParsedCommand | undefined)[] {
  const commands: (ParsedCommand | undefined)[] = [];
  const reader = new LineReader((line) => {
    commands.push(parseLogCommand(line));
  });
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    reader.read(Buffer.from(text));
    return true;
  });
  try {
    write();
  } finally {
    stdout.mockRestore();
  }
  reader.end();
  return commands;
}

describe('what @actions/core writes as a command comes back', () => {
  it.each([
    ['debug', debug],
    ['add-mask', setSecret],
    ['error', error],
    ['warning', warning],
    ['notice', notice],
  ] as const)('%s', (name, write) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const commands = commandsOf(() => {
          write(text);
        });

        expect(commands).toEqual([{ form: '::', name, properties: {}, text }]);
      }),
    );
  });

  it.each([
    ['error', error],
    ['warning', warning],
    ['notice', notice],
  ] as const)('%s with a title', (name, write) => {
    // The runner trims the properties, and drops the equals signs at the start of a value.
    const title = anyText.map((text) => `t${text}t`);
    fc.assert(
      fc.property(anyText, title, (text, heading) => {
        const commands = commandsOf(() => {
          write(text, { title: heading });
        });

        expect(commands).toEqual([{ form: '::', name, properties: { title: heading }, text }]);
      }),
    );
  });
});

describe('what setOutput of @actions/core writes comes back', () => {
  let folder = '';
  let file = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outputs-'));
    file = join(folder, 'output');
    vi.stubEnv('GITHUB_OUTPUT', file);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('whatever the values', () => {
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        writeFileSync(file, '');
        setOutput('first', first);
        setOutput('second', second);

        expect(parseOutputFile(readFileSync(file, 'utf8'))).toEqual({ outputs: { first, second } });
      }),
    );
  });
});
