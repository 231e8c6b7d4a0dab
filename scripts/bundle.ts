import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Where the compiled source goes. Always the same place: ncc numbers its modules by their path. */
export const compiled = join(root, 'build');

/**
 * Compiles `src` with TypeScript and bundles the result with ncc: its own TypeScript loader does not
 * know the current compiler.
 *
 * @param folder where `index.js`, `package.json` and `licenses.txt` go; emptied first
 * @param sourceMaps whether each step leaves its source map beside what it made
 */
export function bundleInto(folder: string, sourceMaps = false): void {
  rmSync(compiled, { recursive: true, force: true });
  run('typescript/bin/tsc', [
    '-p',
    'tsconfig.build.json',
    '--outDir',
    compiled,
    '--sourceMap',
    String(sourceMaps),
  ]);
  rmSync(folder, { recursive: true, force: true });
  run('@vercel/ncc/dist/ncc/cli.js', [
    'build',
    join(compiled, 'index.js'),
    '--out',
    folder,
    '--license',
    'licenses.txt',
    '--no-cache',
    '--quiet',
    ...(sourceMaps ? ['--source-map', '--no-source-map-register'] : []),
  ]);
}

function run(tool: string, args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
}
