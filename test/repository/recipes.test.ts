import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { makeCertificateAuthority } from '../../emulator/certificates.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator/emulator.ts';
import { startProxy } from '../../emulator/proxy.ts';
import { parseRecord } from '../../emulator/validation.ts';
import { actionRoot } from '../runner/action-definition.ts';
import { BASH, OWN_ACTION, runWorkflow, type RanWorkflow, type Texts } from './workflow-runner.ts';

/** The tenant of the documents. It is reached through a proxy that leads to the emulator. */
const DOMAIN = 'acme.us.monocloud.com';

interface Recipe {
  /** Document, and the heading above the block. */
  readonly place: string;
  readonly yaml: unknown;
}

const USES = `uses: ${OWN_ACTION}`;

/** The blocks of a document that use the action. */
function recipesOf(document: string): readonly Recipe[] {
  const parts = /^```(?<language>\w*)\n(?<code>[^]*?)^```$|^#+ (?<title>.+)$/gmu;
  const found: Recipe[] = [];
  let heading = '';
  for (const { groups } of readDocument(document).matchAll(parts)) {
    const { language, code = '', title } = groups ?? {};
    heading = title ?? heading;
    if (language !== 'yaml' || !code.includes(USES)) continue;
    const yaml: unknown = parse(code);
    found.push({ place: `${document}: ${heading}`, yaml });
  }
  return found;
}

function readDocument(document: string): string {
  return readFileSync(join(actionRoot, document), 'utf8');
}

const pages = readdirSync(join(actionRoot, 'docs')).filter((name) => name.endsWith('.md'));
const documents = ['README.md', 'emulator/README.md', ...pages.map((name) => `docs/${name}`)];
const recipes = documents.flatMap((document) => recipesOf(document));

/** A run of a recipe, and what must come of it. */
interface Run {
  readonly users?: EmulatorOptions['users'];
  readonly inputs?: Texts;
  readonly vars?: Texts;
  /** The secret; without it, the key that the emulator accepts. */
  readonly apiKey?: string;
  /** The files of the repository. */
  readonly repository?: (ca: string) => Texts;
  /** What goes wrong. */
  readonly faults?: (emulator: Emulator) => void;
  /** Of the steps, in order; those of a job that was skipped are not among them. */
  readonly outcomes: string;
  readonly conclusion?: RanWorkflow['conclusion'];
  /** Who has a username afterwards. */
  readonly left: readonly string[];
  readonly also?: (ran: RanWorkflow) => void;
  /** How often it is run on the same users, with the same outcomes. */
  readonly times?: number;
}

/** The ids in the user records of a report. */
function usersIn(report: string): readonly unknown[] {
  const records = report
    .trimEnd()
    .split('\n')
    .map((line) => parseRecord(line));
  return records.filter((one) => one?.['type'] === 'user').map((one) => one?.['user_id']);
}

function logsOf({ steps }: RanWorkflow): string {
  return steps.map(({ name, log }) => `${name}: ${log}`).join('\n');
}

const numbered = Array.from({ length: 10 }, (_, index) => `user-${index + 1}`);
const former = Array.from({ length: 120 }, (_, index) => `former-${index + 1}`);
const single = { users: ['kC3nGqPZ'], left: [] };
const two = { users: ['ada', 'bob'], vars: { USER_IDS: 'ada bob' } };

/** The runs of each recipe, by its place. */
const runs: Readonly<Record<string, readonly Run[]>> = {
  'README.md: Usage': [{ ...single, outcomes: 'success' }],
  'README.md: Without a tenant': [{ outcomes: 'success success', left: [] }],
  'README.md: Several users from a form': [
    {
      users: ['ada', 'bob', 'carl', 'dora'],
      inputs: { 'user-ids': 'ada, bob carl' },
      outcomes: 'success',
      left: ['dora'],
    },
  ],
  'README.md: Plan, approve, apply': [
    {
      users: ['ada', 'bob', { id: 'carl', username: null }, 'dora'],
      inputs: { 'user-ids': 'ada bob carl' },
      outcomes: 'success success success success',
      left: ['dora'],
      also: (ran) => {
        expect(usersIn(ran.artifact('plan', 'plan.jsonl'))).toEqual(['ada', 'bob', 'carl']);
        expect(logsOf(ran)).toContain('Took 2 of 3 users from the report');
      },
    },
    // A plan that is not right is not applied.
    {
      users: ['ada'],
      inputs: { 'user-ids': 'ada bob' },
      outcomes: 'failure skipped',
      conclusion: 'failure',
      left: ['ada'],
    },
  ],
  'README.md: Thousands of users, in shards': [
    {
      users: numbered,
      repository: () => ({ 'users.txt': numbered.join('\n') }),
      outcomes: Array.from({ length: 15 }, () => 'success').join(' '),
      left: [],
      also: (ran) => {
        const users = usersIn(ran.artifact('report', 'report.jsonl'));
        expect(new Set(users)).toEqual(new Set(numbered));
        expect(users).toHaveLength(numbered.length);
      },
    },
    // One job fails, and the report has the users of all.
    {
      users: numbered,
      repository: () => ({ 'users.txt': numbered.join('\n') }),
      faults: (emulator) => {
        emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'user-1' });
      },
      outcomes: ['success failure', ...Array.from({ length: 13 }, () => 'success')].join(' '),
      conclusion: 'failure',
      left: ['user-1'],
      also: (ran) => {
        expect(usersIn(ran.artifact('report', 'report.jsonl'))).toHaveLength(10);
      },
    },
  ],
  'README.md: The list from the API': [
    {
      // The filter finds them all, also where it is not the username that matches.
      users: [
        ...former.map((id) => ({ id, username: id })),
        { id: 'former-boss', username: 'ada' },
      ],
      outcomes: 'success success',
      left: [...former, 'former-boss'],
      also: (ran) => {
        expect(logsOf(ran)).toContain('120 of 120 users would lose the username');
      },
    },
    // A list that is not complete is not used.
    {
      users: former,
      faults: (emulator) => {
        emulator.misbehave({ kind: 'late', ms: 0 });
        emulator.misbehave({ kind: 'answer', status: 500 });
      },
      outcomes: 'failure skipped',
      conclusion: 'failure',
      left: former,
    },
  ],
  'README.md: Read the outputs in a next step': [
    { ...single, outcomes: 'success skipped' },
    {
      outcomes: 'failure success',
      conclusion: 'failure',
      left: [],
      also: (ran) => expect(logsOf(ran)).toContain('Status 404: Not Found'),
    },
    {
      apiKey: '',
      outcomes: 'failure success',
      conclusion: 'failure',
      left: [],
      also: (ran) => expect(logsOf(ran)).toContain('Status none: Invalid input'),
    },
  ],
  'README.md: A second run for what is not done': [
    { ...two, outcomes: 'success skipped', left: [] },
    {
      ...two,
      faults: (emulator) => emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'bob' }),
      outcomes: 'failure success',
      left: [],
    },
    {
      ...two,
      faults: (emulator) => {
        emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'bob', next: Infinity });
      },
      outcomes: 'failure failure',
      conclusion: 'failure',
      left: ['bob'],
    },
    {
      ...two,
      apiKey: '',
      outcomes: 'failure failure',
      conclusion: 'failure',
      left: ['ada', 'bob'],
    },
  ],
  'README.md: Reset test users, again and again': [
    {
      users: ['ada', { id: 'bob', username: null }],
      vars: { TEST_USER_IDS: '["ada", "bob"]' },
      outcomes: 'success',
      left: [],
      times: 2,
    },
  ],
  'README.md: Keep the report': [
    {
      ...two,
      faults: (emulator) => emulator.misbehave({ kind: 'answer', status: 400 }, { user: 'ada' }),
      outcomes: 'failure success',
      conclusion: 'failure',
      left: ['ada'],
      also: (ran) => {
        expect(usersIn(ran.artifact('report', 'report.jsonl'))).toEqual(['ada', 'bob']);
      },
    },
  ],
  'docs/many-users.md: `concurrency` and `requests-per-second`': [
    { ...two, outcomes: 'success', left: [] },
  ],
  'docs/self-hosted.md: Private CAs': [
    {
      ...single,
      repository: (ca) => ({ 'company-ca.pem': ca }),
      outcomes: 'success success',
    },
    // It is this file that counts.
    {
      ...single,
      repository: () => ({ 'company-ca.pem': '' }),
      outcomes: 'success failure',
      conclusion: 'failure',
      left: ['kC3nGqPZ'],
    },
  ],
  'docs/versions.md: Which version': [{ ...single, outcomes: 'success' }],
  'docs/versions.md: Coming from a `curl` step': [
    { ...single, inputs: { 'user-id': 'kC3nGqPZ' }, outcomes: 'success' },
  ],
  'emulator/README.md: In your own workflow': [
    { outcomes: 'success success failure failure', left: [] },
  ],
};

interface Tenant {
  readonly emulator: Emulator;
  readonly env: Texts;
  readonly ca: string;
  readonly folder: string;
}

/** An emulator under the domain of the documents, and the environment in which that is reached. */
async function startTenant(users: EmulatorOptions['users']): Promise<Tenant> {
  const authority = await makeCertificateAuthority();
  const tls = await authority.issue({ hosts: [DOMAIN] });
  const emulator = await startEmulator({ tls, users: users ?? [] });
  const { port } = new URL(emulator.origin);
  const proxy = await startProxy({ resolve: () => ({ host: '127.0.0.1', port: Number(port) }) });
  const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
  const file = join(folder, 'ca.pem');
  writeFileSync(file, authority.certificate);
  onTestFinished(async () => {
    await proxy.close();
    await emulator.close();
    rmSync(folder, { recursive: true, maxRetries: 10 });
    expect(emulator.deletedUsers).toEqual([]);
  });
  const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: file, CURL_CA_BUNDLE: file };
  return { emulator, env, ca: authority.certificate, folder };
}

async function expectRun(yaml: unknown, run: Run): Promise<void> {
  const { emulator, env, ca, folder } = await startTenant(run.users);
  run.faults?.(emulator);
  for (let time = 1; time <= (run.times ?? 1); time += 1) {
    const ran = await runWorkflow(yaml, {
      contexts: {
        secrets: { MONOCLOUD_API_KEY: run.apiKey ?? emulator.apiKey },
        vars: { ...run.vars },
        inputs: { ...run.inputs },
      },
      repository: run.repository?.(ca) ?? {},
      env,
      folder: join(folder, String(time)),
    });
    expect(ran.steps.map(({ outcome }) => outcome).join(' '), logsOf(ran)).toBe(run.outcomes);
    expect(ran.conclusion).toBe(run.conclusion ?? 'success');
    expect(logsOf(ran)).not.toContain(emulator.apiKey);
    run.also?.(ran);
  }
  expect(emulator.users.ids().filter((id) => emulator.users.hasUsername(id))).toEqual(run.left);
}

/** What a tool says of itself; empty where it is missing. */
function versionOf(tool: string): string {
  try {
    return execFileSync(BASH, ['-c', `${tool} --version`], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

/** What a recipe needs of the machine, where that is not there. */
function missingTool(yaml: unknown): string | undefined {
  const text = JSON.stringify(yaml);
  if (!text.includes('"run":')) return undefined;
  const missing = ['bash', 'jq', 'curl'].find(
    (tool) => (tool === 'bash' || text.includes(`${tool} `)) && versionOf(tool) === '',
  );
  if (missing !== undefined) return `${missing} is not there`;
  // Schannel and Secure Transport trust the authorities of the system only.
  const trustsFile = /OpenSSL|LibreSSL|GnuTLS/u.test(versionOf('curl'));
  return text.includes('curl ') && !trustsFile ? 'curl takes no authority of ours' : undefined;
}

describe('the recipes', () => {
  it('are all run, and no others', () => {
    const places = recipes.map(({ place }) => place);
    expect([...new Set(places)].toSorted()).toEqual(Object.keys(runs).toSorted());
  });

  it.each(documents)('of %s are all seen', (document) => {
    const seen = recipesOf(document).map(({ yaml }) => stringify(yaml));
    const steps = readDocument(document).split(USES).length - 1;
    expect(seen.join('').split(USES)).toHaveLength(steps + 1);
  });
});

describe.each(recipes)('$place', ({ place, yaml }) => {
  const missing = missingTool(yaml);
  const reason = missing === undefined ? '' : ` (not here: ${missing})`;
  it.skipIf(missing !== undefined).each(runs[place] ?? [])(
    `does what it says: $outcomes${reason}`,
    (run) => expectRun(yaml, run),
  );
});
