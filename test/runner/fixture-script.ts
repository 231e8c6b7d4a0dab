import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const imports = `
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const { env } = process;
`;

/**
 * Writes an ES module that stands in for the bundle, for the time of one test.
 * @param source may use `appendFileSync`, `writeFileSync`, `join` and `env`.
 * @returns its absolute path.
 */
export function fixtureScript(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fixture-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'index.mjs');
  writeFileSync(file, imports + source);
  return file;
}
