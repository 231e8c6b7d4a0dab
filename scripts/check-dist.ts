import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleInto } from './bundle.ts';

/** The files of a folder with their bytes. */
function filesOf(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

const fresh = mkdtempSync(join(tmpdir(), 'dist-'));
try {
  bundleInto(fresh);
  const built = filesOf(fresh);
  const committed = filesOf('dist');
  const differing = [...new Set([...built.keys(), ...committed.keys()])].filter((name) => {
    const bytes = built.get(name);
    return bytes === undefined || committed.get(name)?.equals(bytes) !== true;
  });
  if (differing.length > 0) {
    console.error(`dist/ is not what src/ builds to (${differing.join(', ')}). Run: npm run build`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
