import { startEmulator } from '../emulator/emulator.ts';
import { timed } from './processes.ts';
import { prepareStep } from './step.ts';
import { inSeconds, ratio, table } from './table.ts';

/** Requests a second; past it the server answers 429 with `Retry-After: 1`. */
const PER_SECOND = 20;
const USERS = [60, 200, 1000];
const CONCURRENCIES = [4, 16];

interface Case {
  readonly users: number;
  readonly concurrency: number;
}

/** A server that refuses what comes too fast: how much is refused, and how long it takes. */
export async function benchRateLimit(): Promise<string> {
  const cases = CONCURRENCIES.flatMap((concurrency) =>
    USERS.map((users) => ({ users, concurrency })),
  );
  // All at once: twenty requests a second keep nobody busy.
  const rows = await Promise.all(cases.map((one) => benchCase(one)));
  return table(
    `A server that allows ${PER_SECOND} requests a second (\`Retry-After: 1\` past it)`,
    ['', 'done', 'refused', 'of all', 'time', 'to ideal'],
    rows,
  );
}

async function benchCase({ users, concurrency }: Case): Promise<readonly string[]> {
  const rateLimit = { perSecond: PER_SECOND, retryAfter: 1 };
  const emulator = await startEmulator({ users, rateLimit });
  const step = prepareStep({
    inputs: {
      domain: emulator.origin,
      'api-key': emulator.apiKey,
      'user-id': emulator.users.ids().join('\n'),
      'max-users': String(users),
      concurrency: String(concurrency),
    },
  });
  try {
    const took = await timed(step.command);
    const requests = emulator.requests.length;
    const refused = requests - users;
    return [
      `${users} users, ${concurrency} at once`,
      String(emulator.users.counts().withoutUsername),
      String(refused),
      `${((100 * refused) / requests).toFixed(1)} %`,
      inSeconds(took),
      ratio(took, (1000 * users) / PER_SECOND),
    ];
  } finally {
    step.dispose();
    await emulator.close();
  }
}
