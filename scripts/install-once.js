// Runs before the project's dependencies are there, and on any Node: plain JavaScript.
import { execSync } from 'node:child_process';
import { statSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/**
 * When a file was last written, in ms since the epoch; 0 where there is none.
 *
 * @param {string} path
 */
function writtenAt(path) {
  return statSync(new URL(path, root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

// npm writes the second when it has installed what the first asks for.
if (writtenAt('package-lock.json') > writtenAt('node_modules/.package-lock.json')) {
  console.log('Installing the tools of the project (once) …');
  execSync('npm ci --no-audit --no-fund --loglevel=error', { cwd: root, stdio: 'inherit' });
} else {
  // Since then the machine may have changed to an older Node.
  await import('./provide-node.js');
}
