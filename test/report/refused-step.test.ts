import { describe, expect, it } from 'vitest';
import type { InputFault, RefusalReason } from '../../src/refusal.ts';
import { REFUSALS } from '../../src/report/messages.ts';
import { refusalMessage } from '../../src/report/refused-step.ts';

function textOf(fault: InputFault, input = 'user-id'): string {
  const { title, text } = refusalMessage({ kind: 'input', input, fault });
  expect(title).toBe('Invalid input');
  return text;
}

const wholeNumber = { kind: 'whole-number', lowest: 1, highest: 600, unit: 'seconds' } as const;
const line = { unit: 'line', number: 3 } as const;

const FAULTS: readonly (readonly [string, InputFault, string])[] = [
  [
    'timeout',
    { kind: 'value', text: '1h', expected: wholeNumber },
    'is `1h`. It takes a whole number from 1 to 600 (seconds).',
  ],
  [
    'max-users',
    { kind: 'value', text: 'x', expected: { ...wholeNumber, highest: undefined, unit: undefined } },
    'is `x`. It takes a whole number from 1 up.',
  ],
  [
    'dry-run',
    { kind: 'value', text: 'yes', expected: { kind: 'one-of', choices: ['true', 'false'] } },
    'is `yes`. It takes `true` or `false`.',
  ],
  [
    'dry-run',
    { kind: 'value', text: '', expected: { kind: 'one-of', choices: ['true', 'false'] } },
    'is empty. Give `true` or `false`, or leave the input out for its default. If it comes from a ' +
      'variable, check that the variable is set.',
  ],
  [
    'api-key',
    { kind: 'api-key', fault: 'empty' },
    'is empty. Give the Management API key from a secret. If it does come from one, check that the ' +
      'secret is available in this workflow context: workflows from forks get none.',
  ],
  [
    'api-key',
    { kind: 'api-key', fault: 'white-space' },
    'has white space inside. Copy the key once more from Tenant Settings in the MonoCloud dashboard.',
  ],
  [
    'domain',
    { kind: 'domain', fault: 'empty', text: '' },
    'is empty. Give the domain of your tenant, as in `acme.us.monocloud.com`.',
  ],
  [
    'domain',
    { kind: 'domain', fault: 'path', text: 'acme.test/api' },
    'has a path: `acme.test/api`. Give the domain of your tenant, as in `acme.us.monocloud.com`.',
  ],
  [
    'shard',
    { kind: 'shard', text: '6/5' },
    'is `6/5`. It takes the number of the shard and how many there are, as in `2/5`.',
  ],
  [
    'user-id',
    { kind: 'too-many-users', users: 3, maxUsers: 2 },
    'names 3 users, and `max-users` allows 2. Check the list; if it is right, raise `max-users`.',
  ],
  [
    'user-id-file',
    { kind: 'report-of-other-domain', line: 4, domain: 'other.test' },
    'has a report in line 4 of another domain: `other.test`. Give a report of the domain that this ' +
      'step has.',
  ],
  [
    'report-file',
    { kind: 'same-file', other: 'user-id-file' },
    'is the same file as `user-id-file`. Give each input a file of its own.',
  ],
  [
    'report-file',
    { kind: 'unwritable', path: '/a', code: 'EACCES' },
    'names a file that cannot be written (EACCES): `/a`. Check the path, which is relative to the ' +
      'workspace, and the space on the disk.',
  ],
];

describe('an input error', () => {
  it.each(FAULTS)('of %s names the input, the mistake and the remedy %#', (input, fault, text) => {
    expect(textOf(fault, input)).toBe(`Input \`${input}\` ${text} Nothing was sent.`);
  });

  const otherFaults: readonly InputFault[] = [
    { kind: 'both-lists' },
    { kind: 'no-user' },
    { kind: 'broken-array' },
    { kind: 'not-a-list' },
    { kind: 'broken-line', line: 3 },
    { kind: 'not-a-user', place: line },
    { kind: 'report-without-end', line: 3 },
    { kind: 'report-without-run', line: 3 },
    { kind: 'report-lacks-users', line: 3 },
    { kind: 'not-a-record', line: 3 },
    { kind: 'unreadable', path: '/a', code: 'ENOENT' },
    { kind: 'not-regular', path: '/a' },
    { kind: 'not-private', path: '/a', code: 'EPERM' },
    { kind: 'file-too-large', path: '/a' },
    { kind: 'not-utf-8', path: '/a' },
    { kind: 'user-id', fault: { kind: 'empty' }, place: line, text: '' },
    { kind: 'user-id', fault: { kind: 'dots' }, place: line, text: '..' },
  ];

  it.each(otherFaults)('is in whole sentences: %j', (fault) => {
    const text = textOf(fault);
    expect(text).toMatch(/^Input `user-id` (?!.*[{}])(?!.*\s{2})[^.]+\S.* Nothing was sent\.$/u);
    if ('line' in fault || 'place' in fault) expect(text).toContain('line 3');
    if ('path' in fault) expect(text).toContain('`/a`');
    if ('code' in fault) expect(text).toContain(fault.code);
  });

  it.each([
    ['"a"', '"', 'with a ", which no user id has: `"a"`', 'jq -r'],
    ["'a'", "'", "with a ', which no user id has: `'a'`", 'jq -r'],
    ['a,b', ',', 'with a comma, which', 'Put one id on each line.'],
    ['a b', ' ', 'with a space, which', 'Put one id on each line.'],
    ['a@b', '@', 'with an @, which', 'An email address is not a user id.'],
    ['a\u200B', '\u200B', 'with the character U+200B, which', 'It cannot be seen'],
    ['a\tb', '\t', 'with the character U+0009, which', 'It cannot be seen'],
    ['a\u{E0001}', '\u{E0001}', 'with the character U+E0001, which', 'It cannot be seen'],
    ['aé', 'é', 'with a é, which', 'Give the ids as MonoCloud shows them.'],
    ['a/b', '/', 'with a /, which', 'Give the ids as MonoCloud shows them.'],
  ])('says what a character usually means: %j', (text, character, wrong, right) => {
    const given = textOf({
      kind: 'user-id',
      fault: { kind: 'character', character },
      place: line,
      text,
    });
    expect(given).toContain(`has a user id in line 3 ${wrong}`);
    expect(given).toContain(right);
  });

  it('says how long an id is', () => {
    const fault = { kind: 'too-long', length: 513 } as const;
    const text = textOf({ kind: 'user-id', fault, place: line, text: 'x'.repeat(513) });
    expect(text).toContain('that is 513 characters long; at most 512 are accepted.');
    expect(text).not.toContain('xxx');
  });

  it('does not repeat a long text: it could have a part of the key', () => {
    const [shown, hidden] = [200, 201].map((length) =>
      textOf({ kind: 'shard', text: 'x'.repeat(length) }),
    );
    expect(shown).toContain(`is \`${'x'.repeat(200)}\`.`);
    expect(hidden).toContain('is a text of 201 characters.');
  });
});

describe('another refusal', () => {
  const reasons: readonly (readonly [RefusalReason, string])[] = [
    [{ kind: 'certificates-not-checked' }, 'NODE_TLS_REJECT_UNAUTHORIZED is 0'],
    [{ kind: 'unusable-proxy' }, 'HTTPS_PROXY is not the URL of a proxy'],
    [{ kind: 'old-node', version: '20.19.0' }, 'was started with Node 20.19.0.'],
    [{ kind: 'no-output-file', problem: 'not-set' }, 'GITHUB_OUTPUT is not set,'],
    [{ kind: 'no-output-file', problem: 'not-a-file' }, 'GITHUB_OUTPUT does not name a file,'],
    [
      { kind: 'no-output-file', problem: 'unwritable', code: 'EACCES' },
      'GITHUB_OUTPUT names a file that cannot be written (EACCES),',
    ],
  ];

  it.each(reasons)('is in whole sentences: %j', (reason, part) => {
    const { title, text } = refusalMessage(reason);
    expect(title).toBe(REFUSALS[reason.kind].title);
    expect(text).toContain(part);
    expect(text).toMatch(/^(?!.*[{}])\S.*\. Nothing was sent\.$/u);
  });
});
