import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Loaded before the bundle (`--expose-gc --import …/peak-memory.mjs?file=…`): writes to that file how
 * much memory the process had at its peak, and how much of its heap is in use at its end, in KiB.
 */
const STATUS = '/proc/self/status';

const file = new URL(import.meta.url).searchParams.get('file');
if (file === null) throw new Error('No file is given.');

process.on('exit', () => {
  const peak = peakKiB();
  globalThis.gc?.();
  const inUse = process.memoryUsage().heapUsed / 1024;
  writeFileSync(file, JSON.stringify({ peak, inUse }));
});

// The counter of `resourceUsage` starts with the memory of the process that started this one.
function peakKiB() {
  const line = existsSync(STATUS)
    ? /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(STATUS, 'utf8'))
    : null;
  return line === null ? process.resourceUsage().maxRSS : Number(line[1]);
}
