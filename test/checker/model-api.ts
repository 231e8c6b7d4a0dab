import { answerFrom, type Answer } from '../../src/monocloud/answer.ts';
import type { Exchange } from '../../src/monocloud/exchange.ts';
import type { UserId } from '../../src/monocloud/user-id.ts';
import type { UsersApi } from '../../src/monocloud/users-api.ts';
import type { Clock } from '../../src/removal/clock.ts';
import { drawFault, TIMEOUT, type Fault, type RetryAfter } from './faults.ts';
import type { History, Reply, RequestRecord, Verdict } from './history.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';

/** What comes back over the wire, and what the checker has to know of it. */
interface Outgoing {
  readonly exchange: Exchange;
  readonly reply: Omit<Reply, 'at'>;
}

const NOTHING: Omit<Reply, 'at'> = {
  status: undefined,
  shownUsername: undefined,
  lost: false,
  unwell: false,
  stops: false,
  notBefore: undefined,
};

/** The API in memory, behind a network that does to requests what the seed says. */
export class ModelApi implements UsersApi {
  readonly #usernames: Map<string, boolean>;
  readonly #plan: Plan;
  readonly #random: Random;
  readonly #clock: Clock;
  readonly #history: History;
  readonly #cancelled: AbortSignal;
  readonly #never = new AbortController().signal;

  constructor(plan: Plan, random: Random, clock: Clock, history: History, cancelled: AbortSignal) {
    this.#usernames = new Map(
      [...plan.users]
        .filter(([, beginning]) => beginning !== 'is missing')
        .map(([id, beginning]) => [id, beginning === 'has a username']),
    );
    this.#plan = plan;
    this.#random = random;
    this.#clock = clock;
    this.#history = history;
    this.#cancelled = cancelled;
  }

  readonly removeUsername = (userId: UserId): Promise<Answer> => this.#ask('DELETE', userId);
  readonly readUser = (userId: UserId): Promise<Answer> => this.#ask('GET', userId);

  /** What is so now, whatever anybody was told. */
  truthOf(userId: string): Verdict['truth'] {
    const hasUsername = this.#usernames.get(userId);
    if (hasUsername === undefined) return 'missing';
    return hasUsername ? 'username' : 'no username';
  }

  async #ask(method: RequestRecord['method'], userId: UserId): Promise<Answer> {
    const request: RequestRecord = { method, userId, start: this.#history.moment() };
    this.#history.requests.push(request);
    const outgoing = await Promise.race([
      this.#travel(request),
      this.#clock.sleep(TIMEOUT, this.#never).then(() => failed('timed-out', true)),
      this.#untilCancelled(),
    ]);
    request.reply = { ...outgoing.reply, at: this.#history.moment() };
    return answerFrom(outgoing.exchange, this.#clock.now());
  }

  /** To the API and back. Goes on when the client has given up: what was sent may take effect. */
  async #travel({ method, userId }: RequestRecord): Promise<Outgoing> {
    const { faultRate, outage } = this.#plan;
    const random = this.#random;
    const fault = random.chance(faultRate) ? drawFault(random, outage) : undefined;
    const [there, back] = [random.between(1, 60), random.between(1, 60)];
    await this.#clock.sleep(there + (fault?.kind === 'slow' ? fault.delay : 0), this.#never);
    const outgoing = this.#serve(method, userId, fault);
    await this.#clock.sleep(back, this.#never);
    if (fault?.kind === 'slow' && !fault.answered) await new Promise(() => {});
    return outgoing();
  }

  /** @returns the answer as it is when it arrives: a `Retry-After` in seconds counts from then */
  #serve(
    method: RequestRecord['method'],
    userId: string,
    fault: Fault | undefined,
  ): () => Outgoing {
    if (fault === undefined || fault.kind === 'slow') {
      const proper = this.#properAnswer(method, userId);
      return () => proper;
    }
    if (fault.takesEffect && method === 'DELETE') this.#properAnswer(method, userId);
    if (fault.kind === 'failure') return () => failed(fault.cause, fault.reached);
    return () => this.#wrongAnswer(fault.status, fault.retryAfter);
  }

  #properAnswer(method: RequestRecord['method'], userId: string): Outgoing {
    const truth = this.truthOf(userId);
    if (truth === 'missing') return answered(404);
    if (method === 'DELETE' && truth === 'no username') return answered(422);
    if (method === 'DELETE') this.#usernames.set(userId, false);
    const shownUsername = this.truthOf(userId) === 'username';
    const body = JSON.stringify({ user_id: userId, ...(shownUsername && { username: 'name' }) });
    return {
      exchange: { kind: 'response', status: 200, headers: {}, body: Buffer.from(body) },
      reply: { ...NOTHING, status: 200, shownUsername },
    };
  }

  #wrongAnswer(status: number, retryAfter: RetryAfter | undefined): Outgoing {
    if (retryAfter === undefined) return answered(status);
    const { seconds, form } = retryAfter;
    const now = this.#clock.now();
    const until = now + seconds * 1000;
    const date = new Date(until).toUTCString();
    switch (form) {
      case 'seconds':
        return answered(status, String(seconds), until);
      case 'date':
        return answered(status, date, Date.parse(date));
      case 'unreadable':
        return answered(status, `${seconds} s`);
    }
  }

  async #untilCancelled(): Promise<Outgoing> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#cancelled.aborted) resolve();
    this.#cancelled.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    return failed('cancelled', true);
  }
}

function answered(status: number, retryAfter?: string, notBefore?: number): Outgoing {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  const body = Buffer.from(JSON.stringify({ title: 'Something', status }));
  return {
    exchange: { kind: 'response', status, headers, body },
    reply: {
      ...NOTHING,
      status,
      lost: [500, 502, 503, 504].includes(status),
      unwell: status >= 500,
      stops: [302, 401, 402, 403].includes(status),
      notBefore,
    },
  };
}

function failed(
  cause: Extract<Fault, { kind: 'failure' }>['cause'],
  mayHaveReached: boolean,
): Outgoing {
  const stops = cause === 'tls' || cause === 'unknown-host';
  return {
    exchange: { kind: 'failure', failure: { cause, mayHaveReached, code: cause } },
    reply: { ...NOTHING, lost: mayHaveReached, unwell: !stops && cause !== 'cancelled', stops },
  };
}
