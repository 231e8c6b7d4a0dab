// Runs after each installation, on any Node: plain JavaScript. The scripts of the project need Node
// 24.5. Where the machine's own is older, one from npm is put where npm's scripts find it first.
import { execFileSync, execSync } from 'node:child_process';
import { constants, copyFileSync, existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const isWindows = process.platform === 'win32';
const folder = fileURLToPath(new URL('node', import.meta.url));
const modules = join(folder, 'node_modules');
const place = join(folder, '../../node_modules/.bin', isWindows ? 'node.exe' : 'node');

if (!isNewEnough(process.version) && !runs(place)) {
  const installed = installedNode();
  if (installed === undefined) {
    const system = `${process.platform} ${process.arch}`;
    console.error(
      `This project needs Node 24.5 or newer. This is ${process.version}, and npm gave none that ` +
        `runs on this system (${system}). Install one, as from https://nodejs.org, and try again.`,
    );
    process.exitCode = 1;
  } else {
    rmSync(place, { force: true });
    // Windows lets only administrators make symbolic links.
    if (isWindows) copyFileSync(installed, place, constants.COPYFILE_FICLONE);
    else symlinkSync(relative(dirname(place), installed), place);
  }
}

/** @returns the path of a Node from npm that runs here, undefined where there is none */
function installedNode() {
  if (packages().length === 0) {
    console.log(`Installing a newer Node than ${process.version} for the scripts (once) …`);
    try {
      execSync('npm ci --no-audit --no-fund --loglevel=error', { cwd: folder, stdio: 'inherit' });
    } catch {
      // npm has said why.
    }
  }
  return packages()
    .map((name) => join(modules, name, 'bin', isWindows ? 'node.exe' : 'node'))
    .find((node) => runs(node));
}

/** Of the packages in scripts/node, npm installs the one for this system, if any. */
function packages() {
  return existsSync(modules) ? readdirSync(modules).filter((name) => name.startsWith('node-')) : [];
}

/**
 * @param {string} node
 * @returns whether it starts here, which one made for another C library does not, and is new enough
 */
function runs(node) {
  try {
    return isNewEnough(execFileSync(node, ['--version'], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return false;
  }
}

/** @param {string} version such as `v24.5.0` */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5);
}
