import type { Answer } from '../../src/monocloud/answer.ts';
import type { FailureCause } from '../../src/monocloud/failure.ts';
import { makeProblem } from '../../src/monocloud/problem-details.ts';
import { checkUserId, type UserId } from '../../src/monocloud/user-id.ts';
import type { UsersApi } from '../../src/monocloud/users-api.ts';
import type { Clock } from '../../src/removal/clock.ts';

export interface Call {
  readonly verb: 'remove' | 'read';
  readonly userId: string;
  readonly at: number;
}

/** @returns what is answered. @param tried how often this was asked before */
export type Script = (call: Call, tried: number) => Answer;

/** An API in memory that answers by a script, each time after some virtual milliseconds. */
export class ScriptedApi implements UsersApi {
  readonly calls: Call[] = [];
  most = 0;
  #underWay = 0;
  readonly #clock: Clock;
  readonly #script: Script;
  readonly #latency: (call: Call) => number;

  constructor(clock: Clock, script: Script, latency: (call: Call) => number = () => 10) {
    this.#clock = clock;
    this.#script = script;
    this.#latency = latency;
  }

  readonly removeUsername = (id: UserId): Promise<Answer> => this.#answer('remove', id);
  readonly readUser = (id: UserId): Promise<Answer> => this.#answer('read', id);

  async #answer(verb: Call['verb'], id: UserId): Promise<Answer> {
    const call = { verb, userId: id, at: this.#clock.now() };
    const isSame = (one: Call): boolean => one.verb === verb && one.userId === id;
    const tried = this.calls.filter(isSame).length;
    this.calls.push(call);
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    await this.#clock.sleep(this.#latency(call), new AbortController().signal);
    this.#underWay -= 1;
    return this.#script(call, tried);
  }
}

export const PROFILE: Answer = {
  kind: 'profile',
  status: 200,
  profile: { text: '{}', userId: undefined, hasUsername: false },
};

export const PROFILE_WITH_USERNAME: Answer = {
  kind: 'profile',
  status: 200,
  profile: { text: '{"username":"x"}', userId: undefined, hasUsername: true },
};

export function status(code: number, retryAfter?: number): Answer {
  const problem = makeProblem('Title', 'Detail', code);
  return { kind: 'error', status: code, whole: true, problem, retryAfter };
}

export function failure(cause: FailureCause, mayHaveReached = false): Answer {
  return { kind: 'no answer', cause, mayHaveReached, problem: makeProblem('Title', 'Detail') };
}

export function userIds(count: number): readonly UserId[] {
  return Array.from({ length: count }, (_, index) => userId(`user-${index + 1}`));
}

export function userId(text: string): UserId {
  const result = checkUserId(text);
  if ('wrong' in result) throw new Error(`${text} ${result.wrong}`);
  return result.value;
}
