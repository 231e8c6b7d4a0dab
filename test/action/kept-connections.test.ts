import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { checkedRun } from '../runner/checked-run.ts';
import type { StepResult } from '../runner/run-action.ts';
import { listenHere } from './own-server.ts';

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
