import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { ApiResponse, ErrorReason } from '../../src/monocloud/response.ts';
import { isUserId, type UserId } from '../../src/monocloud/user-id.ts';
import type { UsersApi } from '../../src/monocloud/users-api.ts';
import type { Clock } from '../../src/removal/clock.ts';

export interface Call {
  readonly method: 'DELETE' | 'GET';
  readonly userId: string;
  /** ms by the virtual clock */
  readonly at: number;
}

/** @returns the response. @param before how often the same was asked before */
export type Script = (call: Call, before: number) => ApiResponse;

/** An API in memory that responds by a script, each time after some virtual milliseconds. */
export class ScriptedApi implements UsersApi {
  readonly calls: Call[] = [];
  mostInFlight = 0;
  #inFlight = 0;
  readonly #clock: Clock;
  readonly #script: Script;
  readonly #latencyMs: (call: Call) => number;

  constructor(clock: Clock, script: Script, latencyMs: (call: Call) => number = () => 10) {
    this.#clock = clock;
    this.#script = script;
    this.#latencyMs = latencyMs;
  }

  readonly removeUsername = (id: UserId): Promise<ApiResponse> => this.#respond('DELETE', id);
  readonly readUser = (id: UserId): Promise<ApiResponse> => this.#respond('GET', id);

  get methods(): readonly string[] {
    return this.calls.map(({ method }) => method);
  }

  async #respond(method: Call['method'], id: UserId): Promise<ApiResponse> {
    const call = { method, userId: id, at: this.#clock.now() };
    const isSame = (one: Call): boolean => one.method === method && one.userId === id;
    const before = this.calls.filter((one) => isSame(one)).length;
    this.calls.push(call);
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    await this.#clock.sleep(this.#latencyMs(call), new AbortController().signal);
    this.#inFlight -= 1;
    return this.#script(call, before);
  }
}

export function profileOf(id: string, hasUsername = false): ApiResponse {
  const profile = { text: JSON.stringify({ user_id: id }), userId: id, hasUsername };
  return { kind: 'profile', status: 200, profile, sentTwice: false };
}

export const PROFILE = profileOf('user-1');
export const PROFILE_WITH_USERNAME = profileOf('user-1', true);

const PROBLEM: ErrorReason = {
  kind: 'problem',
  problem: { title: 'Title', detail: 'Detail', errors: [], sent: '{"title":"Title"}' },
};

export function status(
  code: number,
  retryAfterMs?: number,
  reason: ErrorReason = PROBLEM,
): ApiResponse {
  return { kind: 'error', status: code, reason, retryAfterMs, sentTwice: false };
}

export function failure(cause: FailureCause, mayHaveReached = false): ApiResponse {
  const details = { cause, mayHaveReached, peer: 'tenant', host: 'acme.test', code: '' } as const;
  return { kind: 'no-response', failure: details, sentTwice: false };
}

/** The same, after a kept connection had failed. */
export function sentTwice(response: ApiResponse): ApiResponse {
  return { ...response, sentTwice: true };
}

export function userIds(count: number): readonly UserId[] {
  return Array.from({ length: count }, (_, index) => userId(`user-${index + 1}`));
}

export function userId(text: string): UserId {
  if (isUserId(text)) return text;
  throw new Error(`${text} is not a user id.`);
}
