import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, withTables } from './readme-tables.ts';

for (const folder of FOLDERS) {
  const readme = join(import.meta.dirname, '..', folder, 'README.md');
  writeFileSync(readme, await withTables(readFileSync(readme, 'utf8'), folder));
}
