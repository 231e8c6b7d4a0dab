import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import type { SecondAnswer } from '../../emulator/faults.ts';
import { checkedRun } from '../runner/checked-run.ts';
import type { StepResult } from '../runner/run-action.ts';
import { expectTrueAccount, outcomesOf, userRecords } from './evidence.ts';
import { times, userIdLines } from './many-users.ts';
import { listenHere } from './own-server.ts';
import { methodsOf } from './requests.ts';
import { scenario } from './scenario.ts';

const API_KEY = 'key-of-a-test-with-raw-sockets';

/** Sends the proper response, and whatever else. */
type Reply = (socket: Socket, response: string) => unknown;

function responseAbout(userId: string): string {
  const body = JSON.stringify({ user_id: userId });
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** Runs the step for three users against a server that writes what it likes. */
async function runAgainst(
  reply: Reply,
  hook: TestContext['onTestFinished'],
): Promise<{ result: StepResult; requested: readonly string[] }> {
  const requested: string[] = [];
  const port = await listenHere((socket) => {
    socket.on('data', (data) => {
      const path = /^DELETE \/api\/users\/(?<id>[^/]+)\/username /u.exec(data.toString());
      const userId = path?.groups?.['id'] ?? '?';
      requested.push(userId);
      reply(socket, responseAbout(userId));
    });
  }, hook);
  const inputs = {
    domain: `http://127.0.0.1:${port}`,
    'api-key': API_KEY,
    'user-id': 'user-1\nuser-2\nuser-3',
    concurrency: '1',
    retries: '1',
    timeout: '2',
  };
  const secrets = { apiKey: API_KEY, personalData: [] };
  const result = await checkedRun({ inputs }, secrets, { onTestFinished: hook });
  return { result, requested };
}

const ONE_BY_ONE = { 'user-id': userIdLines(5), concurrency: '1', retries: '0' };

/** When it comes: before the answer to the next request, or so many ms after the first answer. */
const TIMES: readonly (readonly [name: string, when: Pick<SecondAnswer, 'afterMs'>])[] = [
  ['with the next request', {}],
  ['5 ms later', { afterMs: 5 }],
  ['30 ms later', { afterMs: 30 }],
];

describe('kept connections', () => {
  it.concurrent.for([
    [
      'a reset',
      async (socket, response) => {
        socket.write(response);
        await delay(1);
        socket.resetAndDestroy();
      },
    ],
    ['trailing bytes', (socket, response) => socket.write(`${response}and more`)],
    ['the same response once more', (socket, response) => socket.write(response + response)],
  ] as const satisfies readonly (readonly [string, Reply])[])(
    'give each user its own response, whatever follows it: %s',
    async ([, reply], { onTestFinished }) => {
      const { result, requested } = await runAgainst(reply, onTestFinished);
      expect(result.exitCode).toBe(0);
      expect([...new Set(requested)]).toEqual(['user-1', 'user-2', 'user-3']);
      expect(result.annotations).toEqual([]);
      expect(result.outputs).toMatchObject({ 'removed-count': '3', 'failed-count': '0' });
    },
  );
});

describe('a second answer on a kept connection counts for nobody', () => {
  it.concurrent.for(TIMES)('%s', async ([, when], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5, latency: 60 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', ...when, user: 'user-1' }, { user: 'user-1' });
    const result = await run(ONE_BY_ONE);
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(times(5, 'removed'));
    expect(emulator.users.counts().withUsername).toBe(0);
    expect(result.annotations).toEqual([]);

    // The connection was dropped, by the latest when the next user got the answer of the first.
    const connections = emulator.requests.map(({ connection }) => connection);
    expect(connections.slice(0, 3)).toEqual([1, expect.any(Number), 2]);
    expect(connections.slice(2)).not.toContain(1);
    const isRead = connections[1] === 1;
    expect(methodsOf(emulator, 'user-2')).toEqual(isRead ? ['DELETE', 'GET'] : ['DELETE']);
    expect('confirmed_by_read' in (userRecords(result)[1] ?? {})).toBe(isRead);
    if (when.afterMs === undefined) expect(isRead).toBe(true);
  });

  it.concurrent('where nothing was removed, nothing is claimed', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', user: 'user-1' }, { user: 'user-1' });
    emulator.misbehave({ kind: 'answer', status: 200, body: '{}' }, { user: 'user-2' });
    const result = await run(ONE_BY_ONE);
    expect(result.conclusion).toBe('failure');
    expect(outcomesOf(result)).toEqual(['removed', 'failed', ...times(3, 'removed')]);
    expectTrueAccount(result, emulator);
  });

  it.concurrent('after each answer, of four at once', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 40 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', user: 'user-1' }, { next: 'all' });
    const result = await run({ 'user-id': userIdLines(40) });
    expect(result.conclusion).toBe('success');
    expect(result.outputs['removed-count']).toBe('40');
    expectTrueAccount(result, emulator);
  });

  it.concurrent('of a reading: the user is read once more', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 5 }, onTestFinished);
    emulator.misbehave({ kind: 'second-answer', user: 'user-1' }, { user: 'user-1' });
    const result = await run({ ...ONE_BY_ONE, 'dry-run': 'true' });
    expect(result.conclusion).toBe('success');
    expect(outcomesOf(result)).toEqual(times(5, 'would-remove'));
    expect(methodsOf(emulator, 'user-2')).toEqual(['GET', 'GET']);
  });
});
