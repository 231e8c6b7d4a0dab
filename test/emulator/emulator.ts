import { once } from 'node:events';
import { makeBackstage } from './backstage.ts';
import { Connections } from './connections.ts';
import type { Fault, When } from './faults.ts';
import { serveApi } from './handler.ts';
import type { EmulatorOptions } from './options.ts';
import { controlRemotely, isRemoteControl } from './remote-control.ts';
import type { RecordedRequest } from './requests.ts';
import { listen, makeServer } from './server.ts';
import type { UserStore } from './users.ts';

export type { EmulatorOptions };

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
  readonly underWay: { readonly now: number; readonly most: number };
  /** TCP connections accepted so far, whether or not a request came over them. */
  readonly connections: number;
  /** Users that a request deleted whole, or would have with the right key: a catastrophe. */
  readonly deletedUsers: readonly string[];
  /** Queues a fault for requests to come. */
  misbehave(fault: Fault, when?: When): void;
  /** Forgets the faults still queued. */
  behave(): void;
  /** Resolves when that many requests have arrived since the start. */
  waitForRequests(count: number): Promise<void>;
  /** Stops and ends every connection. */
  close(): Promise<void>;
}

/** Starts a stand-in for MonoCloud; resolves when it listens. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { tls, host = '127.0.0.1' } = options;
  const server = makeServer(tls);
  const backstage = makeBackstage(options, new Connections(server));
  const { tenant, log, faults, connections } = backstage;

  server.on('request', (request, response) => {
    const control = isRemoteControl(request.url ?? '');
    void (control ? controlRemotely : serveApi)(request, response, backstage);
  });
  const port = await listen(server, options.port ?? 0, host);

  return {
    origin: originOf(tls === undefined ? 'http' : 'https', host, port),
    port,
    apiKey: tenant.apiKey,
    users: tenant.users,
    requests: log.kept,
    underWay: log.underWay,
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
    waitForRequests: (count) => log.arrivals.waitFor(count),
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      connections.destroy();
      await closed;
    },
  };
}

function originOf(scheme: string, host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
