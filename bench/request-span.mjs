import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

/**
 * Loaded before the bundle (`--import …/request-span.mjs?file=…`): writes to that file how many ms
 * there were from the first request to the last answer.
 */
const file = new URL(import.meta.url).searchParams.get('file');
if (file === null) throw new Error('No file is given.');

/** @type {number | undefined} */
let first;
let last = 0;
subscribe('http.client.request.start', () => {
  first ??= performance.now();
});
subscribe('http.client.response.finish', () => {
  last = performance.now();
});
process.on('exit', () => {
  writeFileSync(file, String(last - (first ?? last)));
});
