import type { TestContext } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Changes the world around the bundle: a module that Node runs before it, for the time of one test.
 *
 * @param hook the test's own `onTestFinished`
 * @returns arguments for Node
 */
export function preload(source: string, hook: TestContext['onTestFinished']): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'preload-'));
  hook(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'preload.mjs');
  writeFileSync(file, source);
  return ['--import', pathToFileURL(file).href];
}

/** What a process says last that ends by itself; one that has to be ended does not say it. */
export const LAST_WORD = 'Nothing was left.\n';
export const HAS_A_LAST_WORD = `
process.on('beforeExit', () => process.stdout.write(${JSON.stringify(LAST_WORD)}));
`;

/** A name server that knows every name, and all of them are this machine. */
export const EVERY_NAME_IS_HERE = `
import dns from 'node:dns';
dns.lookup = (host, options, callback) => setImmediate(() => options.all
  ? callback(null, [{ address: '127.0.0.1', family: 4 }])
  : callback(null, '127.0.0.1', 4));
`;

/** A name server that answers every question with an error. */
export function noNameIsKnown(code: string): string {
  return `
import dns from 'node:dns';
dns.lookup = (host, options, callback) => setImmediate(() =>
  callback(Object.assign(new Error('getaddrinfo ${code} ' + host), { code: '${code}' })));
`;
}

/** When a file has no more room. */
export interface FullDisk {
  /** How the path of the file ends. */
  readonly file: string;
  /** So many texts are appended before it. */
  readonly texts: number;
  /** Of the next one, so many bytes. */
  readonly bytes: number;
  /** Whether there is room again after that. */
  readonly roomAgain?: boolean;
}

/** A disk that is full, as far as one file is concerned. */
export function fullDisk({ file, texts, bytes, roomAgain = false }: FullDisk): string {
  return `
import fs from 'node:fs';
const { openSync, appendFileSync } = fs;
const opened = new Set();
let left = ${texts};
const isIt = (file) => opened.has(file) || String(file).endsWith(${JSON.stringify(file)});
fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  if (isIt(path)) opened.add(descriptor);
  return descriptor;
};
fs.appendFileSync = (file, text, ...rest) => {
  if (!isIt(file)) return appendFileSync(file, text, ...rest);
  left -= 1;
  if (left >= 0 || (${roomAgain} && left < -1)) return appendFileSync(file, text, ...rest);
  if (left === -1) appendFileSync(file, Buffer.from(text).subarray(0, ${bytes}), ...rest);
  const error = new Error('ENOSPC: no space left on device, write');
  throw Object.assign(error, { code: 'ENOSPC', syscall: 'write' });
};
`;
}
