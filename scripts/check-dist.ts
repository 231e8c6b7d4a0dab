import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, bundles } from './bundle.ts';

/** The files of a folder with their bytes. */
function filesOf(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

const fresh = mkdtempSync(join(tmpdir(), 'dist-'));
try {
  for (const [folder, entry] of Object.entries(bundles)) {
    bundle(entry, fresh);
    const built = filesOf(fresh);
    const committed = filesOf(folder);
    const differing = [...new Set([...built.keys(), ...committed.keys()])].filter((name) => {
      const bytes = built.get(name);
      return bytes === undefined || committed.get(name)?.equals(bytes) !== true;
    });
    if (differing.length > 0) {
      console.error(
        `${folder}/ differs from ${entry} (${differing.join(', ')}). Run: npm run build`,
      );
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
