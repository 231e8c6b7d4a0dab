import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Loaded before the bundle (`--import …/peak-memory.mjs?file=…`): writes to that file how much memory
 * the process had at its peak, in KiB.
 */
const STATUS = '/proc/self/status';

const file = new URL(import.meta.url).searchParams.get('file');
if (file === null) throw new Error('No file is given.');

process.on('exit', () => {
  writeFileSync(file, String(peak()));
});

// The counter of `resourceUsage` begins with the memory of the process that started this one.
function peak() {
  const line = existsSync(STATUS)
    ? /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(STATUS, 'utf8'))
    : null;
  return line === null ? process.resourceUsage().maxRSS : Number(line[1]);
}
