import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { JSON_HEADERS, emptyAnswer, send } from './answers.ts';
import type { Answer } from './answers.ts';
import { configure } from './request-handler.ts';
import type { EmulatorState } from './request-handler.ts';
import { ValidationError, parseFaultOrders, parseSettings } from './validation.ts';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/u;

type Control = (body: string, state: EmulatorState) => Answer;

const STOP = 'POST /emulator/stop';

/** What can be asked of the emulator itself. */
const CONTROLS = new Map<string, Control>([
  ['GET /emulator/state', (_body, state) => stateAnswer(state)],
  // Answered like that, then `controlRemotely` does it.
  [STOP, (_body, state) => stateAnswer(state)],
  [
    'POST /emulator/faults',
    (body, { faults }) => {
      for (const { fault, when } of parseFaultOrders(body)) faults.add(fault, when);
      return emptyAnswer(204);
    },
  ],
  [
    'DELETE /emulator/faults',
    (_body, { faults }) => {
      faults.clear();
      return emptyAnswer(204);
    },
  ],
  [
    'POST /emulator/settings',
    (body, state) => {
      configure(state, parseSettings(body));
      return emptyAnswer(204);
    },
  ],
]);

/** What has happened so far; the answer to `GET /emulator/state`. */
export interface ReportedState {
  /** By method. */
  readonly requests: Readonly<Record<string, number>>;
  /** How many requests were within the limits of the settings, and how many were not. */
  readonly accepted: number;
  readonly throttled: number;
  readonly inFlight: { readonly now: number; readonly most: number };
  readonly users: { readonly withUsername: number; readonly withoutUsername: number };
  readonly deletedUsers: readonly string[];
}

/** Whether a request target is meant for the emulator itself and not for the API. */
export function isRemoteControl(path: string): boolean {
  return path.startsWith('/emulator/');
}

/** Answers what is asked of the emulator itself, from this machine only. It is not recorded. */
export async function controlRemotely(
  request: IncomingMessage,
  response: ServerResponse,
  state: EmulatorState,
): Promise<void> {
  const asked = `${request.method} ${request.url}`;
  const control = CONTROLS.get(asked);
  if (!LOOPBACK.test(request.socket.remoteAddress ?? '')) {
    send(response, sentence(403, 'Only this machine may control the emulator.'));
    return;
  }
  if (control === undefined) {
    send(response, sentence(404, `Known are ${[...CONTROLS.keys()].join(', ')}.`));
    return;
  }
  try {
    const answer = control(await text(request), state);
    if (asked === STOP) response.once('close', () => void state.close());
    send(response, answer);
  } catch (error) {
    if (error instanceof ValidationError) send(response, sentence(400, error.message));
    // What else goes wrong is the client's, which went away.
    else response.destroy();
  }
}

function stateAnswer({ tenant, log, throttle }: EmulatorState): Answer {
  const state: ReportedState = {
    requests: Object.fromEntries(log.byMethod),
    ...throttle.counts,
    inFlight: log.inFlight,
    users: tenant.users.counts(),
    deletedUsers: tenant.deletedUsers,
  };
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(state) };
}

function sentence(status: number, words: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${words}\n` };
}
