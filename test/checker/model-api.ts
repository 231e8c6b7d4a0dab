import {
  aboutUser,
  readResponse,
  type ApiResponse,
  type ErrorResponse,
  type NoResponse,
  type ProfileResponse,
} from '../../src/monocloud/response.ts';
import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { UserId } from '../../src/monocloud/user-id.ts';
import type { UsersApi } from '../../src/monocloud/users-api.ts';
import type { Clock } from '../../src/removal/clock.ts';
import { drawFault, TIMEOUT_MS, type Body, type Fault, type RetryAfter } from './faults.ts';
import type { History, RequestRecord, Verdict } from './history.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import { ReplyReader } from './replies.ts';

type Method = RequestRecord['method'];

/** What comes back over the wire. */
interface Outgoing {
  readonly response: ProfileResponse | ErrorResponse | NoResponse;
  /** ms: virtual time before which the API wants no further request */
  readonly notBefore?: number | undefined;
}

/** The API in memory, behind a network that does to requests what the seed says. */
export class ModelApi implements UsersApi {
  readonly #usernames: Map<string, boolean>;
  readonly #plan: Plan;
  readonly #random: Random;
  readonly #clock: Clock;
  readonly #history: History;
  readonly #cancelled: AbortSignal;
  readonly #replies = new ReplyReader();
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

  readonly removeUsername = (userId: UserId): Promise<ApiResponse> => this.#send('DELETE', userId);
  readonly readUser = (userId: UserId): Promise<ApiResponse> => this.#send('GET', userId);

  /** What is so now, whatever anybody was answered. */
  truthOf(userId: string): Verdict['truth'] {
    const hasUsername = this.#usernames.get(userId);
    if (hasUsername === undefined) return 'missing';
    return hasUsername ? 'username' : 'no username';
  }

  async #send(method: Method, userId: UserId): Promise<ApiResponse> {
    const request = this.#history.begin(method, userId);
    if (this.#isInternalError()) return this.#throw(request);
    const sentTwice = this.#meetsStaleConnection(method, userId);
    const outgoing = await Promise.race([
      this.#travel(method, userId),
      this.#clock.sleep(TIMEOUT_MS, this.#never).then(() => noResponse('timed-out', true)),
      this.#untilCancelled(),
    ]);
    const response = { ...outgoing.response, sentTwice };
    const at = this.#history.moment();
    request.reply = this.#replies.read(request, response, outgoing.notBefore, at);
    return response;
  }

  #isInternalError(): boolean {
    const { internalError } = this.#plan;
    const number = this.#history.requests.length;
    return internalError?.where === 'request' && internalError.number === number;
  }

  async #throw(request: RequestRecord): Promise<never> {
    if (this.#random.chance(0.5)) this.#answerOf(request.method, request.userId);
    const untilThen = this.#clock.sleep(this.#random.between(1, 60), this.#never);
    await Promise.race([untilThen, this.#untilCancelled()]);
    request.threwAt = this.#history.moment();
    this.#history.broken ??= request.threwAt;
    throw new TypeError('An error of the action itself.');
  }

  /** The server may have acted before it closed the connection; then the request is sent again. */
  #meetsStaleConnection(method: Method, userId: string): boolean {
    const isStale = this.#random.chance(this.#plan.staleRate);
    if (isStale && this.#random.chance(0.5)) this.#answerOf(method, userId);
    return isStale;
  }

  /** To the API and back. Goes on when the client has given up: what was sent may take effect. */
  async #travel(method: Method, userId: UserId): Promise<Outgoing> {
    const { faultRate, outage } = this.#plan;
    const random = this.#random;
    const isFaulty = !this.#isThrottling() && random.chance(faultRate);
    const fault = isFaulty ? drawFault(random, outage) : undefined;
    const [thereMs, backMs] = [random.between(1, 60), random.between(1, 60)];
    await this.#clock.sleep(thereMs + (fault?.kind === 'slow' ? fault.delayMs : 0), this.#never);
    const outgoing = this.#serve(method, userId, fault);
    await this.#clock.sleep(backMs, this.#never);
    if (fault?.kind === 'slow' && !fault.answered) await new Promise(() => {});
    return outgoing();
  }

  #isThrottling(): boolean {
    return this.#clock.now() < (this.#plan.throttling?.untilMs ?? -Infinity);
  }

  /** @returns the answer as it is when it arrives: a `Retry-After` in seconds counts from then */
  #serve(method: Method, userId: UserId, fault: Fault | undefined): () => Outgoing {
    const { throttling } = this.#plan;
    if (throttling !== undefined && this.#clock.now() < throttling.untilMs) {
      const { retryAfter: seconds } = throttling;
      const retryAfter =
        seconds === undefined ? undefined : ({ seconds, form: 'seconds' } as const);
      return () => this.#wrongAnswer(userId, 429, 'problem', retryAfter);
    }
    if (fault === undefined || fault.kind === 'slow') {
      const proper = { response: this.#answerOf(method, userId) };
      return () => proper;
    }
    if (fault.takesEffect && method === 'DELETE') this.#answerOf(method, userId);
    if (fault.kind === 'failure') return () => noResponse(fault.cause, fault.reached);
    const { status, body, retryAfter } = fault;
    // The answer to another request: a removal cannot be sent again, so its own is lost.
    if (body === 'other user' && method === 'DELETE') {
      return () => noResponse('response-mismatch', true);
    }
    return () => this.#wrongAnswer(userId, status, body, retryAfter);
  }

  /** What the API does, and answers. */
  #answerOf(method: Method, userId: string): ProfileResponse | ErrorResponse {
    const truth = this.truthOf(userId);
    if (truth === 'missing') return answer(404);
    if (method === 'DELETE' && truth === 'no username') return answer(422);
    if (method === 'DELETE') this.#usernames.set(userId, false);
    const username = this.truthOf(userId) === 'username' ? { username: 'name' } : {};
    return answer(200, { user_id: userId, ...username });
  }

  #wrongAnswer(
    userId: UserId,
    status: number,
    body: Body,
    retryAfter: RetryAfter | undefined,
  ): Outgoing {
    const { value, notBefore } = this.#retryAfterHeader(retryAfter);
    const members = { problem: PROBLEM, 'empty object': {}, 'other user': { user_id: 'x' } };
    const response = answer(status, members[body], value, this.#clock.now());
    return { response: aboutUser(response, userId), notBefore };
  }

  #retryAfterHeader(retryAfter: RetryAfter | undefined): {
    readonly value?: string;
    readonly notBefore?: number;
  } {
    if (retryAfter === undefined) return {};
    const { seconds, form } = retryAfter;
    const until = this.#clock.now() + seconds * 1000;
    const date = new Date(until).toUTCString();
    switch (form) {
      case 'seconds':
        return { value: String(seconds), notBefore: until };
      case 'date':
        return { value: date, notBefore: Date.parse(date) };
      case 'unreadable':
        return { value: `${seconds} s` };
    }
  }

  async #untilCancelled(): Promise<Outgoing> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#cancelled.aborted) resolve();
    this.#cancelled.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    return noResponse('cancelled', true);
  }
}

const PROBLEM = { title: 'Title' };

function answer(
  status: number,
  members: object = PROBLEM,
  retryAfter?: string,
  nowMs = 0,
): ProfileResponse | ErrorResponse {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  const body = Buffer.from(JSON.stringify(members));
  return readResponse({ status, headers, body }, nowMs);
}

function noResponse(cause: FailureCause, mayHaveReached: boolean): Outgoing {
  const details = { peer: 'tenant', host: 'acme.test', code: '' } as const;
  return { response: { kind: 'no-response', failure: { cause, mayHaveReached, ...details } } };
}
