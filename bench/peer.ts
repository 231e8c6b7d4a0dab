import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionRoot } from '../test/runner/action-definition.ts';

const MODULES = join(actionRoot, 'node_modules');

/**
 * Bundles `peer.js` with ncc as it comes, with all that its libraries import.
 *
 * @param folder an empty folder; with no package.json in it that asks for ES modules, ncc makes
 *   CommonJS, which Node starts sooner
 * @returns the path of the bundle
 */
export function bundlePeer(folder: string): string {
  mkdirSync(folder);
  symlinkSync(MODULES, join(folder, 'node_modules'), 'junction');
  return bundleIn(folder);
}

/**
 * Bundles `peer.js` with everything left out that this action leaves out, too: what nothing asks for
 * in the libraries, and undici.
 */
export function bundleLeanPeer(folder: string): string {
  const copy = (name: string): string => {
    const target = join(folder, 'node_modules', name);
    cpSync(join(MODULES, name), target, { recursive: true });
    return join(target, 'package.json');
  };
  for (const name of ['@actions/core', '@actions/http-client']) {
    const manifest = copy(name);
    const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, JSON.stringify(Object.assign({}, content, { sideEffects: false })));
  }
  copy('tunnel');
  const undici = join(folder, 'node_modules', 'undici');
  mkdirSync(undici);
  writeFileSync(join(undici, 'package.json'), '{"type":"module","exports":"./index.js"}');
  writeFileSync(join(undici, 'index.js'), 'export class ProxyAgent {}');
  return bundleIn(folder);
}

function bundleIn(folder: string): string {
  const entry = join(folder, 'peer.js');
  const out = join(folder, 'dist');
  copyFileSync(join(import.meta.dirname, 'peer.js'), entry);
  const ncc = join(MODULES, '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
  execFileSync(process.execPath, [ncc, 'build', entry, '--out', out, '--no-cache', '--quiet']);
  return join(out, 'index.js');
}
