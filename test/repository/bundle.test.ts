import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'acorn';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundles } from '../../scripts/bundle.ts';
import { actionRoot } from '../runner/action-definition.ts';

const read = (...path: readonly string[]): string =>
  readFileSync(join(actionRoot, ...path), 'utf8');

/** Where a copy of the checkout is, in a folder of its own, with copies of what is bundled. */
function checkoutElsewhere(): string {
  const parent = mkdtempSync(join(tmpdir(), 'checkout-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const root = join(parent, 'some', 'where');
  const modules = join(root, 'node_modules');
  const leftOut = new Set(['.git', 'build', 'coverage', 'dist', 'node_modules', 'reports']);
  cpSync(actionRoot, root, {
    recursive: true,
    filter: (path) => !leftOut.has(basename(path)),
  });
  // ncc numbers modules by their path, seen from its own: copies, not links.
  for (const name of ['@actions', '@vercel', 'tunnel', 'undici']) {
    cpSync(join(actionRoot, 'node_modules', name), join(modules, name), { recursive: true });
  }
  for (const tool of ['typescript', '@typescript', '@types', 'undici-types']) {
    symlinkSync(join(actionRoot, 'node_modules', tool), join(modules, tool), 'junction');
  }
  return root;
}

describe('the bundle', () => {
  it('comes out the same, byte for byte, wherever it is built', () => {
    const root = checkoutElsewhere();
    execFileSync(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root });
    for (const folder of Object.keys(bundles)) {
      const built = readFileSync(join(root, folder, 'index.js'));
      expect(built.equals(readFileSync(join(actionRoot, folder, 'index.js'))), folder).toBe(true);
    }
  });

  it('is CommonJS, and marked as such', () => {
    expect(JSON.parse(read('dist', 'package.json'))).toEqual({ type: 'commonjs' });
    expect(() =>
      parse(read('dist', 'index.js'), { sourceType: 'script', ecmaVersion: 'latest' }),
    ).not.toThrow();
  });

  it('has no syntax that Node 16 cannot read, so that it can say there what is missing', () => {
    expect(() =>
      parse(read('dist', 'index.js'), { sourceType: 'script', ecmaVersion: 2022 }),
    ).not.toThrow();
  });

  it('is made of these packages alone, and has their licenses', () => {
    const bundled = read('dist', 'licenses.txt').matchAll(
      /^(?<name>@?[a-z][\w./-]*)\n(?:MIT|ISC|Apache-2\.0|BSD[\w-]*)$/gmu,
    );
    expect(Array.from(bundled, ({ groups }) => groups?.['name'])).toEqual([
      '@actions/core',
      '@actions/http-client',
    ]);
    // Of the HTTP client, only what finds the proxy: the rest would bring a megabyte of undici.
    expect(read('dist', 'index.js').length).toBeLessThan(300_000);
  });

  // Each costs every step the time to load it: starting programs is what @actions/core asks for.
  it.each(['child_process', 'perf_hooks'])('does not load %s', (module) => {
    expect(read('dist', 'index.js')).not.toMatch(
      new RegExp(String.raw`\brequire\("(?:node:)?${module}"\)`, 'u'),
    );
  });
});
