import { benchMemory } from './memory.ts';
import { benchProxy } from './proxy.ts';
import { benchRateLimit } from './rate-limit.ts';
import { benchShards } from './shards.ts';
import { benchStartUp } from './start-up.ts';
import { benchThroughput } from './throughput.ts';

const PARTS = {
  'start-up': benchStartUp,
  throughput: benchThroughput,
  proxy: benchProxy,
  'rate-limit': benchRateLimit,
  shards: benchShards,
  memory: benchMemory,
} as const;

/** `npm run bench`, or `npm run bench -- throughput` for some parts alone. */
const asked = process.argv.slice(2);
const known = Object.keys(PARTS);
const unknown = asked.find((name) => !known.includes(name));
if (unknown === undefined) {
  for (const [name, bench] of Object.entries(PARTS)) {
    if (asked.length === 0 || asked.includes(name)) process.stdout.write(`${await bench()}\n`);
  }
} else {
  process.stderr.write(`There is no part ${unknown}; known are ${known.join(', ')}.\n`);
  process.exitCode = 2;
}
