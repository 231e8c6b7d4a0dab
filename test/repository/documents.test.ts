import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionRoot } from '../runner/action-definition.ts';

const FOLDERS = ['.', 'docs', 'test', 'emulator', '.github'];

const documents = FOLDERS.flatMap((folder) =>
  readdirSync(join(actionRoot, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(actionRoot, folder, name)),
);

interface Link {
  readonly target: string;
  readonly anchor: string | undefined;
}

/** What stands outside of code. */
function prose(markdown: string): string {
  return markdown.replaceAll(/^```[^]*?^```/gmu, '').replaceAll(/`[^`\n]*`/gu, '');
}

/** The links of a document that lead into this repository. */
function linksOf(markdown: string): readonly Link[] {
  return Array.from(prose(markdown).matchAll(/\]\((?<link>[^)\s]+)\)/gu), ({ groups }) => {
    const [target = '', anchor] = (groups?.['link'] ?? '').split('#');
    return { target, anchor };
  }).filter(({ target }) => !/^[a-z]+:/u.test(target));
}

/** The anchors that GitHub makes of the headings. */
function anchorsOf(markdown: string): readonly string[] {
  return Array.from(
    markdown.replaceAll(/^```[^]*?^```/gmu, '').matchAll(/^#+ (?<title>.+)$/gmu),
    ({ groups }) =>
      (groups?.['title'] ?? '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
  );
}

/** The links of a document that lead nowhere. */
function deadLinks(file: string): readonly string[] {
  const own = readFileSync(file, 'utf8');
  return linksOf(own)
    .filter(({ target, anchor }) => {
      const path = target === '' ? file : resolve(dirname(file), target);
      if (!existsSync(path)) return true;
      if (anchor === undefined) return false;
      return !statSync(path).isFile() || !anchorsOf(readFileSync(path, 'utf8')).includes(anchor);
    })
    .map(({ target, anchor }) => (anchor === undefined ? target : `${target}#${anchor}`));
}

function targets(cell: string): string[] {
  return linksOf(cell).map(({ target }) => target);
}

describe('the links of', () => {
  it.each(documents.map((file) => relative(actionRoot, file)))('%s lead somewhere', (name) => {
    expect(deadLinks(join(actionRoot, name))).toEqual([]);
  });
});

describe('a link', () => {
  it('is seen in text and tables, and not in code', () => {
    const text = 'See [a](a.md#b) | [c](#d) | `[e](f)` | [g](https://h)\n\n```\n[i](j)\n```\n';
    expect(linksOf(text)).toEqual([
      { target: 'a.md', anchor: 'b' },
      { target: '', anchor: 'd' },
    ]);
  });

  it('finds the anchor that GitHub makes of a heading', () => {
    expect(anchorsOf('# Why … it `is`\n\n```sh\n# not this\n```\n\n### A_b, c\n')).toEqual([
      'why--it-is',
      'a_b-c',
    ]);
  });
});

describe('the threat model', () => {
  const rows = readFileSync(join(actionRoot, 'docs/security.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (?:attack|-)/u.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  const inCode = rows.filter(([, , proof]) => proof?.includes('](') === true);

  it('is a table of attacks', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.length !== 3)).toEqual([]);
    // What GitHub and zizmor alone can show, and what can only be read.
    expect(rows.length - inCode.length).toBe(4);
  });

  it.each(inCode)('names code and a test: %s', (_attack, stop = '', proof = '') => {
    expect(targets(stop)).toContainEqual(expect.stringMatching(/^\.\.\/(?:src|scripts)\//u));
    expect(targets(proof)).toContainEqual(expect.stringMatching(/^\.\.\/test\//u));
    for (const target of targets(proof)) {
      const path = join(actionRoot, 'docs', target);
      expect(existsSync(path), target).toBe(true);
    }
  });
});
