import type { ServerResponse } from 'node:http';
import { Readable, pipeline } from 'node:stream';
import { JSON_HEADERS } from './answers.ts';
import type { Answer } from './answers.ts';
import type { BreakOff, Drip, Oversize } from './faults.ts';

const PADDING = Buffer.alloc(65_536, 'a');

/** Announces the complete body, sends `after` bytes of it (default: half), and no more. */
export function startBody(
  response: ServerResponse,
  { status, headers, body }: Answer,
  after = Math.floor(Buffer.byteLength(body) / 2),
  onSent?: () => void,
): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  response.write(Buffer.from(body).subarray(0, after), onSent);
}

/** Ends the connection in the middle of the body. */
export function breakOff(
  { after, how = 'content-length' }: BreakOff,
  response: ServerResponse,
  proper: Answer,
): void {
  const { socket } = response;
  if (how === 'content-length') {
    startBody(response, proper, after, () => socket?.destroySoon());
    return;
  }
  const body = Buffer.from(proper.body);
  response.writeHead(proper.status, { ...proper.headers, 'transfer-encoding': 'chunked' });
  response.write(body.subarray(0, after ?? Math.floor(body.length / 2)), () => {
    if (how === 'bad-chunk') socket?.write('not a size\r\n');
    socket?.destroySoon();
  });
}

/** Sends a body that grows for ever. */
export function drip({ bytes = 1, everyMs }: Drip, response: ServerResponse): void {
  response.writeHead(200, JSON_HEADERS);
  response.write('{"drip":"');
  again(response, everyMs, () => {
    response.write('.'.repeat(bytes));
  });
}

/** Sends a large body, never all of it in memory. */
export function oversize(
  { bytes, status = 200, how = 'chunked' }: Oversize,
  response: ServerResponse,
): void {
  const length = bytes + 1;
  const lengthHeader = how === 'content-length' ? { 'content-length': length } : {};
  response.writeHead(status, { ...JSON_HEADERS, ...lengthHeader });
  // A client that hangs up early does the right thing.
  pipeline(Readable.from(paddedObject(length)), response, () => {});
}

function* paddedObject(length: number): Generator<Buffer> {
  const [start, end] = [Buffer.from('{"padding":"'), Buffer.from('"}')];
  yield start;
  let left = Math.max(0, length - start.length - end.length);
  while (left > 0) {
    const chunk = PADDING.subarray(0, left);
    left -= chunk.length;
    yield chunk;
  }
  yield end;
}

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
