import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from './readme-tables.ts';

const readme = join(import.meta.dirname, '..', 'README.md');
writeFileSync(readme, await withTables(readFileSync(readme, 'utf8')));
