/** Bytes of a body; a string is sent as UTF-8. */
export type Bytes = string | Uint8Array;

/**
 * Does what the request asks for (a DELETE removes the username) before misbehaving, so that only
 * the answer is lost. Without it the request changes nothing.
 */
interface Applicable {
  apply?: boolean;
}

/** The proper answer, `ms` milliseconds late. The request takes effect at once. */
export interface Late {
  kind: 'late';
  ms: number;
}

/** Any answer. Without a body: problem details for a status from 400 up, nothing below. */
export interface AnyAnswer extends Applicable {
  kind: 'answer';
  status: number;
  headers?: Record<string, string | string[]>;
  body?: Bytes;
}

/** Exactly these problem details; `retryAfter` becomes the `Retry-After` header. */
export interface Problem extends Applicable {
  kind: 'problem';
  status: number;
  problem: object;
  retryAfter?: string | number;
}

/** 429 with `Retry-After`, in seconds or as any text. */
export interface RateLimited extends Applicable {
  kind: 'rate-limited';
  retryAfter: string | number;
}

/** The connection is reset before any byte of an answer. */
export interface Drop extends Applicable {
  kind: 'drop';
}

/**
 * True headers and a 200, then the connection ends in the middle of the body, `after` bytes of it
 * were sent (default: half). `bad-chunk` sends a chunk size that is none.
 */
export interface BreakOff extends Applicable {
  kind: 'break-off';
  after?: number;
  how?: 'content-length' | 'chunked' | 'bad-chunk';
}

/** Nothing more comes: no headers at all, or the headers and half of the body. */
export interface Stall extends Applicable {
  kind: 'stall';
  where: 'headers' | 'body';
  /** A 102 comes first. */
  interim?: boolean;
}

/** A 200 whose JSON body grows by `bytes` (default 1) every `everyMs` milliseconds, for ever. */
export interface Drip extends Applicable {
  kind: 'drip';
  bytes?: number;
  everyMs: number;
}

/** A redirect; `location` may be relative. */
export interface Redirect extends Applicable {
  kind: 'redirect';
  status: number;
  location: string;
}

/** A web page where JSON is expected, as a proxy or a maintenance page sends it (default 200). */
export interface Html extends Applicable {
  kind: 'html';
  status?: number;
}

/**
 * A JSON object of more than `bytes` bytes (default status 200), with a length up front or, by
 * default, chunked.
 */
export interface Oversize extends Applicable {
  kind: 'oversize';
  bytes: number;
  status?: number;
  how?: 'content-length' | 'chunked';
}

/**
 * 102 or 103 every `everyMs` milliseconds and never a final answer. 101 is sent once, after which
 * the connection stays open in silence.
 */
export interface Informational extends Applicable {
  kind: 'informational';
  status: 101 | 102 | 103;
  everyMs: number;
}

/** Exactly these bytes on the connection (inside TLS where there is TLS), which then ends. */
export interface Raw extends Applicable {
  kind: 'raw';
  bytes: Bytes;
}

/** 200 with the profile of another user; one that does not exist has no username. */
export interface ProfileOf extends Applicable {
  kind: 'profile-of';
  user: string;
}

/**
 * The proper answer, and then a second answer that nobody asked for, on the same connection. The
 * request takes effect. The second answer is a 200 with the profile of `user`, or else what `status`
 * (default 200), `headers` and `body` say as in `answer`.
 */
export interface SecondAnswer {
  kind: 'second-answer';
  /**
   * Milliseconds after the proper answer. Default: when the next request arrives on the connection,
   * before its answer.
   */
  afterMs?: number;
  user?: string;
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: Bytes;
}

/** The proper answer, with more than `bytes` bytes of further headers. The request takes effect. */
export interface LargeHeaders {
  kind: 'large-headers';
  bytes: number;
}

/** One way in which an API, or something between it and its client, goes wrong. */
export type Fault =
  | Late
  | AnyAnswer
  | Problem
  | RateLimited
  | Drop
  | BreakOff
  | Stall
  | Drip
  | Redirect
  | Html
  | Oversize
  | Informational
  | Raw
  | ProfileOf
  | SecondAnswer
  | LargeHeaders;

/** Which requests a fault is for. What is left out matches every request. */
export interface When {
  /** The user id, decoded. */
  user?: string;
  /** The method, in upper case. */
  method?: string;
  /** For how many matching requests, default 1; `'all'` or `Infinity` for all to come. */
  next?: number | 'all';
}

interface QueuedFault {
  fault: Fault;
  when: When;
  left: number;
}

/** A fault and what it is for, as remote control and the command line take it. */
export interface FaultOrder {
  fault: Fault;
  when?: When;
}

/** The faults still to come, used up in the order they were given. */
export class FaultQueue {
  #queue: QueuedFault[] = [];

  /** Puts a fault at the end of the queue. */
  add(fault: Fault, when: When = {}): void {
    this.#queue.push({ fault, when, left: when.next === 'all' ? Infinity : (when.next ?? 1) });
  }

  /** Forgets every fault still to come. */
  clear(): void {
    this.#queue = [];
  }

  /** Takes the first fault meant for such a request, or undefined when it is to be answered well. */
  take(method: string, user: string | undefined): Fault | undefined {
    const queued = this.#queue.find(
      ({ when, left }) =>
        left > 0 &&
        (when.user === undefined || when.user === user) &&
        (when.method === undefined || when.method === method),
    );
    if (queued === undefined) return undefined;

    queued.left -= 1;
    if (queued.left <= 0) this.#queue = this.#queue.filter((other) => other !== queued);
    return queued.fault;
  }
}
