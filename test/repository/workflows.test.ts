import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageFindings } from '../../scripts/workflow-language.ts';
import { brokenRules } from '../../scripts/workflow-rules.ts';
import { actionRoot, readActionDefinition } from '../runner/action-definition.ts';

const folder = '.github/workflows';
const workflows = readdirSync(join(actionRoot, folder)).map((name) => `${folder}/${name}`);
const actions = { './': readActionDefinition(), './emulator': readActionDefinition('emulator') };
const textOf = (path: string): string => readFileSync(join(actionRoot, path), 'utf8');

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const GOOD = `
on: push
permissions: {}
concurrency:
  group: ci
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${COMMIT} # v1.2.3
        with:
          persist-credentials: false
      - id: remove
        uses: ./
        with:
          domain: acme.us.monocloud.com
      - run: test "$STATUS" = 200
        env:
          STATUS: \${{ steps.remove.outputs.status }}
`.trimStart();

/** The good workflow with one mistake in it. */
function spoilt(good: string, bad: string): string {
  expect(GOOD).toContain(good);
  return GOOD.replace(good, () => bad);
}

/** A workflow that calls another. */
function calls(uses: string): string {
  return `permissions: {}\nconcurrency: ci\njobs:\n  call:\n    permissions: {}\n    uses: ${uses}\n`;
}

describe('the files of this repository', () => {
  it.each(['action.yml', 'emulator/action.yml', ...workflows])(
    '%s is what GitHub reads without complaint',
    async (path) => {
      expect(await languageFindings(path, textOf(path))).toEqual([]);
    },
  );

  it.each(workflows)('%s keeps to the rules of the house', (path) => {
    expect(brokenRules(textOf(path), actions)).toEqual([]);
  });
});

describe('the rules of the house', () => {
  it('find nothing in a good workflow', async () => {
    expect(brokenRules(GOOD, actions)).toEqual([]);
    expect(await languageFindings('.github/workflows/good.yml', GOOD)).toEqual([]);
  });

  it.each([
    ['permissions: {}\n', '', 1, 'The workflow has no `permissions`'],
    ['concurrency:\n  group: ci\n', '', 1, 'The workflow has no `concurrency`'],
    ['    timeout-minutes: 5\n', '', 6, 'Job `build` has no `timeout-minutes`'],
    ['    permissions:\n      contents: read\n', '', 6, 'Job `build` has no `permissions`'],
    [`@${COMMIT} # v1.2.3`, '@v1', 12, '`actions/checkout@v1` is not pinned to a full commit'],
    [
      `@${COMMIT}`,
      `@${COMMIT.slice(1)}`,
      12,
      `\`actions/checkout@${COMMIT.slice(1)}\` is not pinned to a full commit`,
    ],
    [
      ' # v1.2.3',
      ' # newest',
      12,
      `\`actions/checkout@${COMMIT}\` has no comment with its version, as in \`# v1.2.3\``,
    ],
    [
      'persist-credentials: false',
      'persist-credentials: true',
      12,
      'The checkout leaves its credentials behind: set `persist-credentials: false`',
    ],
    [
      '        with:\n          persist-credentials: false\n',
      '',
      12,
      'The checkout leaves its credentials behind: set `persist-credentials: false`',
    ],
    [
      '"$STATUS"',
      '"${{ steps.remove.outputs.status }}"',
      19,
      'An expression inside `run` becomes part of the script: pass it through `env`',
    ],
    ['domain:', 'domian:', 18, 'The action has no input `domian`'],
    ['outputs.status', 'outputs.state', 21, 'The action has no output `state`'],
  ])('find a mistake: %j → %j', (good, bad, line, message) => {
    expect(brokenRules(spoilt(good, bad), actions)).toEqual([{ line, message }]);
  });

  it('know each action of this repository', () => {
    expect(brokenRules(spoilt('uses: ./', 'uses: ./emulator'), actions)).toEqual([
      { line: 18, message: 'The action has no input `domain`' },
      { line: 21, message: 'The action has no output `status`' },
    ]);
  });

  it('want a called workflow pinned, and no time limit where none can be given', () => {
    expect(brokenRules(calls('./.github/workflows/ci.yml'), actions)).toEqual([]);
    expect(brokenRules(calls(`a/b/.github/workflows/c.yml@${COMMIT} # v1.0.0`), actions)).toEqual(
      [],
    );
    expect(brokenRules(calls('a/b/.github/workflows/c.yml@main'), actions)).toEqual([
      { line: 6, message: '`a/b/.github/workflows/c.yml@main` is not pinned to a full commit' },
    ]);
  });

  it.each(['', '- a\n', 'text'])('want a workflow to be a mapping: %j', (text) => {
    expect(brokenRules(text, actions)).toEqual([{ line: 1, message: 'A workflow is a mapping' }]);
  });
});

describe('the language service', () => {
  it.each([
    ['runs-on: ubuntu-latest\n', 'run-on: ubuntu-latest\n', 7, 'run-on'],
    ['timeout-minutes: 5', 'timeout-minute: 5', 8, 'timeout-minute'],
    ['contents: read', 'contents: reed', 10, 'reed'],
    ['steps.remove.outputs', 'steps.removed.outputs', 21, 'removed'],
    ['steps.remove.outputs.status', "fromJsn('1')", 21, 'fromJsn'],
    ['on: push', 'on: pushed', 1, 'pushed'],
  ])('finds a mistake in a workflow: %j → %j', async (good, bad, line, named) => {
    const findings = await languageFindings('.github/workflows/bad.yml', spoilt(good, bad));
    const there = findings.filter((finding) => finding.line === line);
    expect(there.map(({ message }) => message).join('\n')).toContain(named);
  });

  it.each([
    ['using: node24', 'using: node23', 'node23'],
    ['author:', 'autor:', 'autor'],
    ['  main: dist/index.js', '', 'main'],
  ])('finds a mistake in action.yml: %j → %j', async (good, bad, named) => {
    const text = textOf('action.yml');
    expect(text).toContain(good);
    const findings = await languageFindings('action.yml', text.replace(good, bad));
    expect(findings.map(({ message }) => message).join('\n')).toContain(named);
  });
});
