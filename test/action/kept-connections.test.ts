import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { checkedRun } from '../runner/checked-run.ts';
import type { StepResult } from '../runner/run-action.ts';
import { scenario } from './scenario.ts';

const API_KEY = 'key-of-a-test-with-raw-sockets';

type Reply = (socket: Socket, userId: string) => void | Promise<void>;

function answer(body: string): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** Runs the step for three users against a server that writes what it likes. */
async function runAgainst(
  reply: Reply,
  hook: TestContext['onTestFinished'],
): Promise<{ result: StepResult; requested: readonly string[] }> {
  const requested: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      const userId = /^DELETE \/api\/users\/(?<id>[^/]+)\/username /u.exec(data.toString())?.groups;
      requested.push(userId?.['id'] ?? '?');
      void reply(socket, userId?.['id'] ?? '?');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  hook(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  const inputs = {
    domain: `http://127.0.0.1:${address.port}`,
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
  it.concurrent('carry one request after the other', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: 10 }, onTestFinished);
    const result = await run({ 'user-id': emulator.users.ids().join('\n'), concurrency: '1' });
    expect(result.exitCode).toBe(0);
    expect(emulator.connections).toBe(1);
  });

  it.concurrent('may be closed by the server after each answer', async ({ onTestFinished }) => {
    const { result } = await runAgainst((socket, userId) => {
      socket.end(answer(JSON.stringify({ user_id: userId })));
    }, onTestFinished);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ 'removed-count': '3', 'failed-count': '0' });
  });

  it.concurrent('may be reset by the server after each answer', async ({ onTestFinished }) => {
    const { result } = await runAgainst(async (socket, userId) => {
      socket.write(answer(JSON.stringify({ user_id: userId })));
      await delay(1);
      socket.resetAndDestroy();
    }, onTestFinished);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ 'removed-count': '3', 'failed-count': '0' });
  });

  it.concurrent('are not kept after an answer with trailing bytes', async ({ onTestFinished }) => {
    const { result, requested } = await runAgainst((socket, userId) => {
      socket.write(`${answer(JSON.stringify({ user_id: userId }))}and more`);
    }, onTestFinished);
    expect(result.exitCode).toBe(0);
    expect(requested).toEqual(['user-1', 'user-2', 'user-3']);
  });

  it.concurrent('hand no user the answer of another', async ({ onTestFinished }) => {
    const { result, requested } = await runAgainst((socket, userId) => {
      const own = answer(JSON.stringify({ user_id: userId }));
      socket.write(own + own);
    }, onTestFinished);
    expect(requested).toEqual(['user-1', 'user-2', 'user-3']);
    expect(result.log).not.toContain('names another user id');
    expect(result.outputs['removed-count']).toBe('3');
  });
});
