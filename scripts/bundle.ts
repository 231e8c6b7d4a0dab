import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Where the compiled source goes. Always the same place: ncc numbers its modules by their path. */
export const compiled = join(root, 'build');

/** The bundles of the repository: the folder that is committed, and the file it is made from. */
export const bundles: Readonly<Record<string, string>> = {
  dist: 'src/index.ts',
  'emulator/dist': 'emulator/action.ts',
};

/**
 * Makes one CommonJS file from a source file and all that it imports. TypeScript compiles it first:
 * ncc's own loader does not know the current compiler.
 *
 * @param entry a TypeScript file, relative to the repository
 * @param folder where `index.js`, `package.json` and `licenses.txt` go; emptied first
 * @param sourceMaps whether each step leaves its source map beside what it made
 */
export function bundle(entry: string, folder: string, sourceMaps = false): void {
  rmSync(compiled, { recursive: true, force: true });
  run('typescript/bin/tsc', [
    '-p',
    'tsconfig.build.json',
    '--outDir',
    compiled,
    '--sourceMap',
    String(sourceMaps),
  ]);
  // Without `"type": "module"` above its entry, ncc makes CommonJS, which Node starts 12 ms sooner.
  writePackage(compiled, {});
  for (const name of ['core', 'http-client']) copyWithoutSideEffects(`@actions/${name}`);
  rmSync(folder, { recursive: true, force: true });
  run('@vercel/ncc/dist/ncc/cli.js', [
    'build',
    join(compiled, entry.replace(/\.ts$/u, '.js')),
    '--out',
    folder,
    '--license',
    'licenses.txt',
    '--no-cache',
    '--quiet',
    ...(sourceMaps ? ['--source-map', '--no-source-map-register'] : []),
  ]);
  // The package.json of the repository says that its `.js` files are ES modules.
  writePackage(folder, { type: 'commonjs' });
}

/**
 * Puts a package beside the compiled source, with the note that importing it does nothing by itself.
 * It is true, but the package does not say it, and ncc then leaves out what nobody asks for:
 * running other programs, OIDC, and the modules of Node that those load (7 ms of each start).
 */
function copyWithoutSideEffects(name: string): void {
  const folder = join(compiled, 'node_modules', name);
  cpSync(join(root, 'node_modules', name), folder, { recursive: true });
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  writePackage(folder, Object.assign({}, manifest, { sideEffects: false }));
}

function writePackage(folder: string, content: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, undefined, 2)}\n`);
}

function run(tool: string, args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
}
