import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { profileAnswer, send } from './answers.ts';
import type { Answer } from './answers.ts';
import { answerRequest } from './api.ts';
import type { Backstage } from './backstage.ts';
import { misbehave, rateLimited } from './misbehaviour.ts';
import { bodyOf } from './requests.ts';
import { readTarget } from './target.ts';

/** Records a request to the API and answers it, well or badly. */
export async function serveApi(
  request: IncomingMessage,
  response: ServerResponse,
  backstage: Backstage,
): Promise<void> {
  const { tenant, log, faults, connections, limiter, latency } = backstage;
  const { method = '', url: path = '', socket } = request;
  const connection = connections.beneath(socket);
  const { setBody, leave } = log.arrive(request, connection?.number ?? 0);
  response.on('close', leave);

  const target = readTarget(path);
  const user = 'id' in target ? target.id : undefined;
  if (method === 'DELETE' && target.kind === 'user') tenant.deletedUsers.push(target.id);

  // Both are decided at arrival, so that they follow the order of arrival.
  const wait = limiter?.refuse(performance.now());
  const fault = wait === undefined ? faults.take(method, user) : undefined;

  const body = await bodyOf(request);
  if (body === undefined) return;
  setBody(body);

  const apply = (): Answer => answerRequest(tenant, { method, path, apiKey: keyOf(request), body });
  if (fault === undefined) {
    const answer = wait === undefined ? apply() : rateLimited(path, wait);
    await pause(latency);
    leave();
    send(response, answer);
    return;
  }
  await pause(latency);
  const known = user !== undefined && tenant.users.has(user);
  misbehave(fault, {
    response,
    socket,
    tcp: connection?.tcp ?? socket,
    path,
    apply,
    unchanged: () => profileAnswer(known ? tenant.users.profile(user) : '{}'),
    leave,
  });
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { ref: false });
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['x-api-key'];
  return Array.isArray(key) ? key.join(', ') : key;
}
