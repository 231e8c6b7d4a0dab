import { randomBytes } from 'node:crypto';
import { FaultQueue } from './faults.ts';
import type { Fault, When } from './faults.ts';
import { controlRemotely, isRemoteControl } from './remote-control.ts';
import { configure, serveApi } from './request-handler.ts';
import type { EmulatorState, Settings } from './request-handler.ts';
import { RequestLog } from './request-log.ts';
import type { RecordedRequest } from './request-log.ts';
import { Connections, listen, makeServer, originOf, stop } from './server.ts';
import type { TlsFiles } from './server.ts';
import { Throttle } from './throttle.ts';
import { EXAMPLE_USERS, UserStore, numberedUsers } from './users.ts';
import type { UserSeed } from './users.ts';

export type { Settings };

export interface EmulatorOptions extends Settings {
  /** Default: plain HTTP. */
  tls?: TlsFiles;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Default: random. */
  apiKey?: string;
  /** Keys that are answered 403. */
  forbiddenKeys?: Iterable<string>;
  /** A number stands for that many users, `user-1` and on. Default: a few with telling ids. */
  users?: Iterable<UserSeed> | number;
  /** `false`: requests are counted but not kept, for long runs. Default `true`. */
  keepRequests?: boolean;
}

/** A MonoCloud of one's own. */
export interface Emulator {
  /** As in `http://127.0.0.1:41234`. */
  readonly origin: string;
  readonly port: number;
  readonly apiKey: string;
  readonly users: UserStore;
  /** In the order of their arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Requests that arrived and were not answered yet: now, and the most there ever were. */
  readonly inFlight: { readonly now: number; readonly most: number };
  /** How many requests were within the limits of the settings, and how many were not. */
  readonly counts: { readonly accepted: number; readonly throttled: number };
  /** TCP connections accepted so far, whether or not a request came over them. */
  readonly connections: number;
  /** Users that a request deleted, or would have with the right key: a catastrophe. */
  readonly deletedUsers: readonly string[];
  /** Queues a fault for requests to come. */
  misbehave(fault: Fault, when?: When): void;
  /** Forgets the faults still queued. */
  behave(): void;
  /** Changes the settings that are given, from the next request on. `null` takes a limit away. */
  configure(settings: Settings): void;
  /** Resolves when that many requests have arrived since the start. */
  waitForRequests(count: number): Promise<void>;
  /** Stops and ends every connection. */
  close(): Promise<void>;
  /** Resolves when it has stopped, whoever asked for it. */
  readonly closed: Promise<void>;
}

/** Starts an emulator of MonoCloud; resolves when it listens. Rejects when it can't. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { tls, host = '127.0.0.1' } = options;
  const server = await makeServer(tls);
  const connections = new Connections(server);
  const close = (): Promise<void> => stop(server, connections);
  const state = initialState(options, connections, close);
  const { tenant, log, faults } = state;

  server.on('request', (request, response) => {
    const control = isRemoteControl(request.url ?? '');
    void (control ? controlRemotely : serveApi)(request, response, state);
  });
  const port = await listen(server, options.port ?? 0, host);

  return {
    origin: originOf(tls, host, port),
    port,
    apiKey: tenant.apiKey,
    users: tenant.users,
    requests: log.kept,
    inFlight: log.inFlight,
    counts: state.throttle.counts,
    get connections() {
      return connections.accepted;
    },
    deletedUsers: tenant.deletedUsers,
    misbehave: (fault, when) => {
      faults.add(fault, when);
    },
    behave: () => {
      faults.clear();
    },
    configure: (settings) => {
      configure(state, settings);
    },
    waitForRequests: (count) => log.arrivals.waitFor(count),
    close,
    closed: new Promise((resolve) => {
      server.once('close', () => {
        resolve();
      });
    }),
  };
}

function initialState(
  options: EmulatorOptions,
  connections: Connections,
  close: () => Promise<void>,
): EmulatorState {
  const { users = EXAMPLE_USERS } = options;
  return {
    tenant: {
      users: new UserStore(typeof users === 'number' ? numberedUsers(users) : users),
      apiKey: options.apiKey ?? randomBytes(24).toString('hex'),
      forbiddenKeys: new Set(options.forbiddenKeys),
      deletedUsers: [],
    },
    log: new RequestLog(options.keepRequests ?? true),
    faults: new FaultQueue(),
    connections,
    throttle: new Throttle(options),
    settings: options,
    close,
  };
}
