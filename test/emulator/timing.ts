import type { ServerResponse } from 'node:http';

/** Acts after `ms` milliseconds, unless the connection is gone by then. */
export function later(response: ServerResponse, ms: number, act: () => void): void {
  const timer = setTimeout(act, ms);
  response.once('close', () => {
    clearTimeout(timer);
  });
}

/** Acts every `everyMs` milliseconds for as long as the connection lasts. */
export function again(response: ServerResponse, everyMs: number, act: () => void): void {
  const timer = setInterval(act, everyMs);
  response.once('close', () => {
    clearInterval(timer);
  });
}
