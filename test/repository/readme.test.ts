import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FOLDERS, withTables } from '../../scripts/readme-tables.ts';
import { actionRoot } from '../runner/action-definition.ts';

// What else the READMEs say is run in recipes.test.ts; their links are followed in documents.test.ts.

describe.each(FOLDERS)('README.md of %s', (folder) => {
  const text = readFileSync(join(actionRoot, folder, 'README.md'), 'utf8');

  it('has the tables that its action.yml makes', async () => {
    expect(text).toContain('<!-- inputs: made from action.yml -->');
    expect(text).toContain('<!-- outputs: made from action.yml -->');
    expect(await withTables(text, folder)).toBe(text);
  });

  it('would be made right where a table drifted', async () => {
    const drifted = text.replace('Meaning', 'Sense');
    expect(drifted).not.toBe(text);
    expect(await withTables(drifted, folder)).toBe(text);
  });
});
