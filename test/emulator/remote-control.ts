import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { JSON_HEADERS, emptyAnswer, send } from './answers.ts';
import type { Answer } from './answers.ts';
import type { Tenant } from './api.ts';
import { assertFault, assertWhen } from './fault-validation.ts';
import type { FaultQueue } from './faults.ts';
import { parseRecord } from './json.ts';
import type { RequestLog } from './requests.ts';

/** What can be looked at and changed from outside. */
export interface Controlled {
  tenant: Tenant;
  log: RequestLog;
  faults: FaultQueue;
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/u;

/** Whether a request target is meant for the emulator itself and not for the API. */
export function isRemoteControl(path: string): boolean {
  return path.startsWith('/emulator/');
}

/**
 * Answers `GET /emulator/state` and `POST /emulator/faults`, from this machine only. Such requests
 * are neither recorded nor counted.
 */
export async function controlRemotely(
  request: IncomingMessage,
  response: ServerResponse,
  controlled: Controlled,
): Promise<void> {
  if (!LOOPBACK.test(request.socket.remoteAddress ?? '')) {
    send(response, sentence(403, 'Only this machine may control the emulator.'));
    return;
  }
  switch (`${request.method} ${request.url}`) {
    case 'GET /emulator/state':
      send(response, {
        status: 200,
        headers: JSON_HEADERS,
        body: JSON.stringify(stateOf(controlled)),
      });
      break;
    case 'POST /emulator/faults':
      send(response, addFault(await text(request), controlled.faults));
      break;
    default:
      send(response, sentence(404, 'Known are GET /emulator/state and POST /emulator/faults.'));
  }
}

function stateOf({ tenant, log }: Controlled): object {
  return {
    requests: Object.fromEntries(log.byMethod),
    users: tenant.users.counts(),
    underWay: log.underWay,
    deletedUsers: tenant.deletedUsers,
  };
}

function addFault(body: string, faults: FaultQueue): Answer {
  try {
    const order = parseRecord(body);
    if (order === undefined) throw new Error('The body must be a JSON object with a fault.');
    const { fault, when = {}, ...others } = order;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new Error(`${unknown} is not known; known are fault, when.`);
    assertFault(fault);
    assertWhen(when);
    faults.add(fault, when);
    return emptyAnswer(204);
  } catch (error) {
    if (error instanceof Error) return sentence(400, error.message);
    throw error;
  }
}

function sentence(status: number, words: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${words}\n` };
}
