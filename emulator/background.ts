import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import http from 'node:http';
import { parse } from 'node:path';
import { text } from 'node:stream/consumers';
import { startEmulator } from './emulator.ts';
import type { ReportedState } from './remote-control.ts';
import { isRecord, parseFaultOrders, parseSettings, parseUsers } from './validation.ts';

/** The argument that makes this program the server. */
export const SERVE = 'serve';

/** How long the server may take to start, and to answer one request. */
const START_MS = 10_000;
const ANSWER_MS = 5000;
/** How long it lives at most, and how often it looks whether the runner is still there. */
const LIFETIME_MS = 6 * 60 * 60 * 1000;
const WATCH_MS = 1000;

const LARGEST_USER_IDS = 100 * 1024;

/** What the server is to be: texts, as the inputs of the action are. */
export interface ServerOrder {
  readonly apiKey: string;
  readonly users: string;
  readonly settings: string;
  readonly faults: string;
}

interface ReceivedOrder extends ServerOrder {
  /** The process to end with; 0 for none. */
  readonly runner: number;
}

/** What the server says when it listens. */
export interface Started {
  readonly origin: string;
  readonly userCount: number;
  /** One a line; `null` where that would be over 100 KiB. */
  readonly userIds: string | null;
}

/**
 * Starts the server as another process of this program, which goes on when this one ends.
 *
 * @param announce called when the server answers; an error of its is thrown on
 * @throws Error that says why there is no server; no process is left behind then
 */
export async function startServer(
  order: ServerOrder,
  announce: (started: Started) => void,
): Promise<void> {
  const [, script = ''] = process.argv;
  const child = spawn(process.execPath, [script, SERVE], {
    // Not the workspace: Windows does not remove a folder that a process is in.
    cwd: parse(process.execPath).root,
    detached: true,
    // Not the log of the step: the runner would wait until the server closes it.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  try {
    // GitHub's runner starts the step itself. Elsewhere the parent may be a shell that ends at once.
    const runner = process.env['RUNNER_TRACKING_ID'] === undefined ? 0 : process.ppid;
    const started = await start(child, { ...order, runner });
    await ask(started.origin, 'GET', '/emulator/state');
    announce(started);
    await detach(child);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/**
 * Ends a server.
 * @returns what it was asked until then
 * @throws Error that says why it does not answer
 */
export async function stopServer(origin: string): Promise<ReportedState> {
  const state: unknown = JSON.parse(await ask(origin, 'POST', '/emulator/stop'));
  if (isState(state)) return state;
  throw new TypeError('its answer is not that of an emulator');
}

/** What the server's process does. It gets its order from the process that started it. */
export function serve(): void {
  let detached = false;
  process.on('disconnect', () => {
    if (!detached) process.exit();
  });
  process.once('message', (order) => {
    process.once('message', () => {
      detached = true;
    });
    void carryOut(order);
  });
}

async function carryOut(order: unknown): Promise<void> {
  try {
    if (!isOrder(order)) throw new TypeError('the order is not complete');
    const emulator = await startEmulator({
      ...parseSettings(order.settings),
      apiKey: order.apiKey,
      keepRequests: false,
      users: parseUsers(order.users),
    });
    for (const { fault, when } of parseFaultOrders(order.faults)) emulator.misbehave(fault, when);
    setTimeout(() => process.exit(), LIFETIME_MS).unref();
    if (order.runner > 1) endWith(order.runner);
    const ids = emulator.users.ids();
    const userIds = ids.join('\n');
    const isTooLarge = Buffer.byteLength(userIds) > LARGEST_USER_IDS;
    const started: Started = {
      origin: emulator.origin,
      userCount: ids.length,
      userIds: isTooLarge ? null : userIds,
    };
    process.send?.(started);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.send?.({ error: message }, () => process.exit());
  }
}

/** Ends this process when another one is gone. */
function endWith(pid: number): void {
  const watch = setInterval(() => {
    if (!isRunning(pid)) process.exit();
  }, WATCH_MS);
  watch.unref();
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user cannot be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Gives the server its order, and waits until it listens. */
async function start(child: ChildProcess, order: ReceivedOrder): Promise<Started> {
  let timer: NodeJS.Timeout | undefined;
  const message = await new Promise<unknown>((resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it did not start within ${START_MS / 1000} seconds`));
    }, START_MS);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`its process ended with ${code ?? signal}`));
    });
    child.once('message', resolve);
    // Where this fails, the process is gone, and `exit` says so.
    child.send(order, () => {});
  }).finally(() => {
    clearTimeout(timer);
  });
  if (isStarted(message)) return message;
  throw new Error(isRecord(message) ? String(message['error']) : 'its message is not understood');
}

/** Lets the server go on without this process. */
async function detach(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.send('detached', (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  child.disconnect();
  child.unref();
}

/** Sends one request, past every proxy. */
async function ask(origin: string, method: string, path: string): Promise<string> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request(`${origin}${path}`, { method, agent: false, timeout: ANSWER_MS });
    request.on('timeout', () => {
      request.destroy(new Error(`no answer within ${ANSWER_MS / 1000} seconds`));
    });
    request.on('error', reject);
    request.on('response', resolve);
    request.end();
  });
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
  return text(response);
}

function isOrder(value: unknown): value is ReceivedOrder {
  return (
    isRecord(value) &&
    typeof value['runner'] === 'number' &&
    ['apiKey', 'users', 'settings', 'faults'].every((name) => typeof value[name] === 'string')
  );
}

function isStarted(value: unknown): value is Started {
  return (
    isRecord(value) &&
    typeof value['origin'] === 'string' &&
    typeof value['userCount'] === 'number' &&
    (value['userIds'] === null || typeof value['userIds'] === 'string')
  );
}

function isState(value: unknown): value is ReportedState {
  return (
    isRecord(value) &&
    isRecord(value['requests']) &&
    isRecord(value['users']) &&
    Array.isArray(value['deletedUsers'])
  );
}
