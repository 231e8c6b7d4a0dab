import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** The raw request target, untouched. */
  readonly path: string;
  /** Names in lower case; repeated headers are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values as they were sent, in their order. */
  readonly rawHeaders: readonly (readonly [name: string, value: string])[];
  /** When the headers had arrived: milliseconds on the clock of `performance.now()`. */
  readonly at: number;
  /** Which TCP connection it came over, counted from 1. */
  readonly connection: number;
  /** The complete body once it has arrived, as UTF-8. */
  readonly body: string;
}

/** What happens to a request after its arrival. */
export interface Arrival {
  setBody: (body: string) => void;
  /** The request is over; to be called once. */
  end: () => void;
}

/** Counts what arrives and lets others wait for it. */
export interface Arrivals {
  /** One more has arrived. */
  add(): void;
  /** Resolves when `count` have arrived since the start. */
  waitFor(count: number): Promise<void>;
}

/** A count from 0. */
export function countArrivals(): Arrivals {
  let arrived = 0;
  let waiters: { count: number; resolve: () => void }[] = [];
  const wake = (): void => {
    const due = waiters.filter(({ count }) => arrived >= count);
    waiters = waiters.filter(({ count }) => arrived < count);
    for (const { resolve } of due) resolve();
  };
  return {
    add: () => {
      arrived += 1;
      wake();
    },
    waitFor: (count) =>
      new Promise((resolve) => {
        waiters.push({ count, resolve });
        wake();
      }),
  };
}

/** Remembers requests in the order of their arrival. */
export class RequestLog {
  readonly kept: RecordedRequest[] = [];
  readonly inFlight = { now: 0, most: 0 };
  readonly byMethod = new Map<string, number>();
  readonly arrivals = countArrivals();
  readonly #keep: boolean;

  /** @param keep Whether requests are kept or only counted. */
  constructor(keep: boolean) {
    this.#keep = keep;
  }

  /** Records a request that has just arrived over the connection of that number. */
  arrive(request: IncomingMessage, connection: number): Arrival {
    const { method = '', url = '' } = request;
    const rawHeaders = pairs(request.rawHeaders);
    const recorded = {
      method,
      path: url,
      headers: lowerCased(rawHeaders),
      rawHeaders,
      at: performance.now(),
      connection,
      body: '',
    };
    if (this.#keep) this.kept.push(recorded);
    this.byMethod.set(method, (this.byMethod.get(method) ?? 0) + 1);
    this.inFlight.now += 1;
    this.inFlight.most = Math.max(this.inFlight.most, this.inFlight.now);
    this.arrivals.add();

    return {
      setBody: (body) => {
        recorded.body = body;
      },
      end: () => {
        this.inFlight.now -= 1;
      },
    };
  }
}

/** The complete body of a request as UTF-8, or undefined when the client went away in the middle. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  try {
    return await text(request);
  } catch {
    return undefined;
  }
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    result.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return result;
}

function lowerCased(rawHeaders: readonly (readonly [string, string])[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of rawHeaders) {
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return headers;
}
