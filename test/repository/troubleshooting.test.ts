import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as messages from '../../src/report/messages.ts';
import { actionRoot } from '../runner/action-definition.ts';

/** A page as somebody who searches it sees it: no code marks, and every gap one space. */
function plain(text: string): string {
  return text.replaceAll(/[`*\\|]/gu, '').replaceAll(/\s+/gu, ' ');
}

const page = plain(readFileSync(join(actionRoot, 'docs/troubleshooting.md'), 'utf8'));

/** Labels and headings, which say nothing to be looked up. */
const LABELS: ReadonlySet<string> = new Set(['OUTCOME_LABELS', 'RESULT_PARTS', 'SUMMARY']);

/** Every text in a table, at any depth. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((one) => textsIn(one));
}

/** Finds a text with anything short where a value is filled in. */
function patternOf(text: string): RegExp {
  const parts = plain(text).split(/\{\w+\}/u);
  return new RegExp(parts.map((part) => RegExp.escape(part)).join('.{0,80}?'), 'u');
}

const tables = Object.entries(messages).filter(([name]) => !LABELS.has(name));

describe.each(tables)('of %s, the page on troubleshooting', (_, table) => {
  it.each([...new Set(textsIn(table))])('has: %s', (text) => {
    // Not `toMatch`, which would print the page.
    expect(patternOf(text).test(page)).toBe(true);
  });
});

describe('a text', () => {
  it('is found with values filled in, and not where a word of it is missing', () => {
    const pattern = patternOf('User {user}: not `removed` ({code}).');
    expect('… User alice: not removed (E1). …').toMatch(pattern);
    expect('User alice: removed (E1).').not.toMatch(pattern);
  });
});
