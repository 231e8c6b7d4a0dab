import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FOLDERS, withTables } from '../../scripts/readme-tables.ts';
import { actionRoot, readActionDefinition } from '../runner/action-definition.ts';

const readme = readFileSync(join(actionRoot, 'README.md'), 'utf8');

type Mapping = Readonly<Record<string, unknown>>;

/** Every mapping in a YAML value, at any depth. */
function mappingsIn(value: unknown): Mapping[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap((one) => mappingsIn(one));
  return Array.isArray(value) ? inside : [{ ...value }, ...inside];
}

const snippets = [...readme.matchAll(/```yaml\n(?<text>[^]*?)```/gu)].map(
  ({ groups }) => groups?.['text'] ?? '',
);
const mappings = snippets.flatMap((snippet) => mappingsIn(parse(snippet)));

describe('README.md', () => {
  it.each(FOLDERS)('of %s has the tables that its action.yml makes', async (folder) => {
    const text = readFileSync(join(actionRoot, folder, 'README.md'), 'utf8');
    expect(text).toContain('<!-- inputs: made from action.yml -->');
    expect(await withTables(text, folder)).toBe(text);
  });

  it('would notice a table that drifted', async () => {
    const drifted = readme.replace('`30`', '`31`');
    expect(drifted).not.toBe(readme);
    expect(await withTables(drifted, '.')).toBe(readme);
  });

  it('never puts an expression into a script', () => {
    const scripts = mappings.flatMap(({ run }) => (typeof run === 'string' ? [run] : []));
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it('shows only inputs and outputs that there are', () => {
    const { inputs, outputs } = readActionDefinition();
    const steps = mappings.filter(({ uses }) => String(uses).includes('remove-username@'));
    expect(steps.length).toBeGreaterThan(5);
    for (const { with: given } of steps) {
      expect(Object.keys(inputs)).toEqual(
        expect.arrayContaining(Object.keys({ ...mappingsIn(given)[0] })),
      );
    }
    const read = readme.matchAll(/steps\.username?s?\.outputs\.(?<name>[\w-]+)/gu);
    for (const { groups } of read) expect(Object.keys(outputs)).toContain(groups?.['name']);
  });

  it('links only to files that are there', () => {
    const targets = [...readme.matchAll(/\]\((?<target>[^)#]+)[^)]*\)/gu)]
      .map(({ groups }) => groups?.['target'] ?? '')
      .filter((target) => !/^https?:/u.test(target));
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((target) => !existsSync(join(actionRoot, target)))).toEqual([]);
  });
});
