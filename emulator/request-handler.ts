import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { profileAnswer, send, throttledAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { answerRequest, readTarget } from './api.ts';
import type { Tenant } from './api.ts';
import type { FaultQueue } from './faults.ts';
import { misbehave } from './misbehaviour.ts';
import { bodyOf } from './request-log.ts';
import type { RequestLog } from './request-log.ts';
import type { Connections } from './server.ts';
import type { Settings, Throttle } from './throttle.ts';

/** What requests are answered with. */
export interface EmulatorState {
  readonly tenant: Tenant;
  readonly log: RequestLog;
  readonly faults: FaultQueue;
  readonly connections: Connections;
  readonly throttle: Throttle;
  settings: Settings;
  /** Stops the server and ends every connection. */
  readonly close: () => Promise<void>;
}

/** Changes the settings that are given, from the next request on. `null` takes a limit away. */
export function configure(state: EmulatorState, settings: Settings): void {
  state.settings = { ...state.settings, ...settings };
  state.throttle.limit(state.settings);
}

/** Records a request to the API and answers it, well or badly. */
export async function serveApi(
  request: IncomingMessage,
  response: ServerResponse,
  state: EmulatorState,
): Promise<void> {
  const { tenant, log, faults, connections, throttle, settings } = state;
  const { method = '', url: path = '', socket } = request;
  const connection = connections.beneath(socket);
  const arrival = log.arrive(request, connection?.number ?? 0);
  if (connection !== undefined) connection.requests += 1;

  const target = readTarget(path);
  const user = 'id' in target ? target.id : undefined;
  if (method === 'DELETE' && target.kind === 'user') tenant.deletedUsers.push(target.id);

  if (settings.closeKept === 'on-next-request' && (connection?.requests ?? 0) > 1) {
    arrival.end();
    socket.destroy();
    return;
  }
  if (settings.closeKept === true || settings.closeKept === 'after-answer') {
    response.once('finish', () => socket.destroySoon());
  }
  if (connection?.unaskedFor !== undefined) {
    socket.write(connection.unaskedFor);
    connection.unaskedFor = undefined;
  }

  // Both are decided at arrival, so that they follow the order of arrival.
  const throttled = throttle.acquire(performance.now());
  const fault = throttled === undefined ? faults.take(method, user) : undefined;
  const end = once(() => {
    arrival.end();
    if (throttled === undefined) throttle.release();
  });
  response.on('close', end);

  const body = await bodyOf(request);
  if (body === undefined) return;
  arrival.setBody(body);

  const apply = (): Answer => answerRequest(tenant, { method, path, apiKey: keyOf(request), body });
  if (fault === undefined) {
    const answer = throttled === undefined ? apply() : throttledAnswer(path, throttled);
    await pause(settings.latency);
    end();
    send(response, answer);
    return;
  }
  await pause(settings.latency);
  const known = user !== undefined && tenant.users.has(user);
  misbehave(fault, {
    response,
    connection,
    path,
    apply,
    unchanged: () => profileAnswer(known ? tenant.users.profile(user) : '{}'),
    profileOf: (id) => profileAnswer(tenant.users.anyProfile(id)),
    end,
  });
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

async function pause(ms = 0): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { ref: false });
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['x-api-key'];
  return Array.isArray(key) ? key.join(', ') : key;
}
