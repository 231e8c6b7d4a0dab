import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionRoot } from '../runner/action-definition.ts';

/** A page as somebody who searches it sees it: no code marks, and every gap one space. */
function plain(text: string): string {
  return text.replaceAll(/[`*\\|]/gu, '').replaceAll(/\s+/gu, ' ');
}

const page = plain(readFileSync(join(actionRoot, 'docs/troubleshooting.md'), 'utf8'));

const sources = new Map(
  readdirSync(join(actionRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [
      name.replaceAll('\\', '/'),
      readFileSync(join(actionRoot, 'src', name), 'utf8'),
    ]),
);
const allOfIt = [...sources.values()].join('\n');

function sourceOf(name: string): string {
  const text = sources.get(name);
  if (text === undefined) throw new Error(`There is no src/${name}.`);
  return text;
}

/** What the group `found` matches, each once. */
function found(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ({ groups }) => groups?.['found'] ?? ''))];
}

/** The longest piece of a text that stands between its `${…}`, with its escapes undone. */
function fixedPart(text: string): string {
  const parts = text.split(/\$\{[^}]*\}/u).map((part) => plain(part).trim());
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** The titles that are written where they are used, and the few that are chosen first. */
const titles = [
  ...found(allOfIt, /\.annotate\(\s*'\w+',\s*'(?<found>[^']+)'/gu),
  ...found(allOfIt, /new UserError\(\s*'(?<found>[^']+)'/gu),
  ...found(allOfIt, /makeProblem\(\s*'(?<found>[^']+)'/gu),
  ...found(allOfIt, /\btitle: '(?<found>[^']+)'/gu),
  ...found(allOfIt, /const title = [^;]*?'(?<found>[^']+)'/gu),
  ...found(allOfIt, /const title = [^;]*'(?<found>[^']+)';/gu),
];

const stopReasons = found(
  sourceOf('report/hints.ts').split('STOPPED')[1] ?? '',
  /: '(?<found>[^']+)',/gu,
);
const hints = found(sourceOf('report/hints.ts'), /'(?<found>Check [^']+?)[.:][^']*'/gu);
const failures = found(
  sourceOf('monocloud/failure-wording.ts'),
  /\bdetail:\s*'(?<found>[^'.]+[^'. ])/gu,
);

const aboutInputs = [...sources]
  .filter(([name]) => /^inputs|(?:api-key|tenant-domain|user-id|line-file)\.ts$/u.test(name))
  .map(([, text]) => text)
  .join('\n');
const complaints = [
  ...found(aboutInputs, /'(?=(?:is|has|asks|names|ends|starts) )(?<found>[^']+[^'.])'/gu),
  ...found(aboutInputs, /`(?<found>(?:is|has|names) (?:[^`\\]|\\.)+)`/gu),
]
  .map((complaint) => fixedPart(complaint))
  // As in "is `0`": the rest of the sentence says what would be right.
  .filter((complaint) => complaint !== 'is');

describe('the page on troubleshooting', () => {
  it('is held against what the source really says', () => {
    expect(titles).toContain('Internal error');
    expect(titles).toContain('User not read');
    expect(titles).toContain('Username not removed');
    expect(titles).toContain('Unknown host');
    expect(stopReasons).toContain('the step was cancelled');
    expect(hints).toHaveLength(4);
    expect(failures).toHaveLength(10);
    expect(complaints).toContain('has a path');
    expect(complaints).toContain('characters long; at most');
  });

  it('sees the title of every annotation', () => {
    const calls = found(allOfIt, /\.annotate\((?<found>[^)]{0,120})/gu);
    const seen = calls.filter((call) => /^\s*'\w+',\s*(?:'[^']+'|title),/u.test(call));
    // The one in refusal.ts passes on the title of a UserError.
    expect(calls).toEqual(seen);
  });

  it.each(titles)('covers the title: %s', (title) => {
    expect(page).toContain(title);
  });

  it.each(stopReasons)('covers the reason for a stop: %s', (reason) => {
    expect(page).toContain(plain(reason));
  });

  it.each(failures)('covers the failure: %s', (sentence) => {
    expect(page).toContain(plain(sentence));
  });

  it.each(hints)('covers the hint: %s', (hint) => {
    expect(page).toContain(plain(hint));
  });

  it.each(complaints)('covers the complaint about an input: %s', (complaint) => {
    expect(page).toContain(complaint);
  });
});
