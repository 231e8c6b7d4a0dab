import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isMap, isSeq, parseDocument } from 'yaml';
import { preload } from '../action/preload.ts';
import { actionRoot, readActionDefinition } from '../runner/action-definition.ts';
import { fixtureScript } from '../runner/fixture-script.ts';
import { findLeaks } from '../runner/leaks.ts';
import { parseOutputFile } from '../runner/output-file.ts';
import {
  runAction,
  startStep,
  type RunningStep,
  type StepOptions,
  type StepResult,
} from '../runner/run-action.ts';
import { ask } from './http-client.ts';

const someDomain: unknown = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u);
const someKey: unknown = expect.stringMatching(/^[\da-f]{48}$/u);

const { main, post = '' } = readActionDefinition('emulator');

/** A job that uses the emulator, for the time of one test. */
interface Job {
  /** Starts the step. */
  readonly start: (inputs: StepOptions['inputs'], more?: Partial<StepOptions>) => RunningStep;
  /** The same, to its end. */
  readonly run: (inputs: StepOptions['inputs'], more?: Partial<StepOptions>) => Promise<StepResult>;
  /** What the runner does with the step when the job ends. */
  readonly end: (step: StepResult) => Promise<StepResult>;
  /** The ids of the servers' processes, also of those that are gone. */
  readonly servers: () => readonly number[];
  /** A folder of the job's own. */
  readonly folder: string;
}

/**
 * @param inServer runs in the server's process before its own code; `folder` is that of the job
 * @param inStep likewise in the step's
 */
function job(inServer = '', inStep = ''): Job {
  const folder = mkdtempSync(join(tmpdir(), 'job-'));
  const file = join(folder, 'servers');
  const servers = (): number[] =>
    existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').map(Number) : [];
  onTestFinished(() => {
    for (const pid of servers().filter((server) => isRunning(server))) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const source = `
import { appendFileSync, existsSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
const folder = ${JSON.stringify(folder)};
if (process.argv[2] === 'serve') {
  appendFileSync(${JSON.stringify(file)}, process.pid + '\\n');
  ${inServer}
} else {
  ${inStep}
}`;
  const nodeOptions = preload(source, onTestFinished).join(' ');
  const start: Job['start'] = (inputs, { env, ...more } = {}) => {
    const step = startStep({
      inputs,
      action: 'emulator',
      ...more,
      env: { RUNNER_TRACKING_ID: 'github_1', NODE_OPTIONS: nodeOptions, ...env },
    });
    onTestFinished(async () => {
      step.kill();
      const result = await step.finished;
      result.dispose();
    });
    return step;
  };
  return {
    start,
    run: (...given) => start(...given).finished,
    end: (step) => start({}, { bundle: post, env: stateOf(step) }).finished,
    servers,
    folder,
  };
}

/** What the runner hands on from a step to the end of the job. */
function stateOf({ written }: StepResult): Record<string, string> {
  const file = written.find((path) => path.includes('save_state_'));
  const { outputs = {} } = file === undefined ? {} : parseOutputFile(readFileSync(file, 'utf8'));
  return Object.fromEntries(Object.entries(outputs).map(([name, text]) => [`STATE_${name}`, text]));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended stays in the table until somebody asks for its exit code.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /u.test(readFileSync(stat, 'utf8'));
}

async function expectGone(pids: readonly number[]): Promise<void> {
  expect(pids).not.toEqual([]);
  await vi.waitFor(() => expect(pids.filter((pid) => isRunning(pid))).toEqual([]), 10_000);
}

/** Expects that a step failed with one annotation, and left nothing behind. */
function expectRefused(result: StepResult, title: string, message: string): void {
  expect(result.annotations).toEqual([{ kind: 'error', title, message }]);
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' });
}

describe('a job with the emulator', () => {
  it('can remove usernames, and hears at its end what was asked', async () => {
    const { run, end, servers } = job();
    const emulator = await run({ users: 'ada, bob\ncarl', latency: '1' });
    const { domain = '', 'api-key': apiKey = '' } = emulator.outputs;
    expect(emulator).toMatchObject({ exitCode: 0, conclusion: 'success', annotations: [] });
    expect(emulator.outputs).toEqual({
      domain: someDomain,
      'api-key': someKey,
      'user-ids': 'ada\nbob\ncarl',
    });
    expect(emulator.masks).toContain(apiKey);
    expect(emulator.log).toContain(`An emulator of MonoCloud answers at ${domain} until`);

    const inputs = { domain, 'api-key': apiKey };
    const removal = await runAction({ inputs: { ...inputs, 'user-id': 'ada\nbob' } });
    const reading = await runAction({
      inputs: { ...inputs, 'user-id': 'carl', 'dry-run': 'true' },
    });
    expect(removal.outputs).toMatchObject({ status: '200', 'removed-count': '2' });
    expect(reading.exitCode).toBe(0);

    const atTheEnd = await end(emulator);
    expect(atTheEnd).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
    expect(atTheEnd.log).toBe(
      'Requests to the emulator: 2 DELETE, 1 GET.\nIts users: 1 with a username, 2 without.\n',
    );
    await expectGone(servers());

    const secrets = { apiKey, personalData: [] };
    for (const step of [emulator, atTheEnd]) {
      expect(findLeaks({ ...step, outputs: {} }, secrets)).toEqual([]);
    }
    for (const step of [removal, reading]) step.dispose();
  });

  it('can see an outcome that nothing settles, and limits', async () => {
    const { run, end } = job();
    const faults = '[{"fault": {"kind": "drop", "apply": true}, "when": {"next": "all"}}]';
    const emulator = await run({ faults, 'rate-limit': '2' });
    const { domain = '', 'api-key': apiKey = '' } = emulator.outputs;
    const result = await runAction({
      inputs: {
        domain,
        'api-key': apiKey,
        'user-id': 'user-with-username',
        retries: '0',
        timeout: '5',
      },
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs['results']).toContain('"outcome":"unconfirmed"');
    result.dispose();

    const users = `${domain}/api/users`;
    let limited = false;
    while (!limited) limited = (await ask(users).catch(() => undefined))?.status === 429;
    const atTheEnd = await end(emulator);
    expect(atTheEnd.log).toMatch(/^Requests past its limits: [1-9]\d*\.$/mu);
    expect(atTheEnd.log).toMatch(/^Its users: 2 with a username, 2 without\.$/mu);
  });

  it('hears that a user was deleted', async () => {
    const { run, end } = job();
    const emulator = await run({ users: 'ada' });
    const { domain = '', 'api-key': apiKey = '' } = emulator.outputs;
    const headers = { 'X-API-Key': apiKey };
    await ask(`${domain}/api/users/ada`, { method: 'DELETE', headers });
    const { exitCode, annotations } = await end(emulator);
    expect(exitCode).toBe(0);
    expect(annotations).toEqual([
      {
        kind: 'warning',
        title: 'Users deleted',
        message: 'DELETE /api/users/{id} was asked for: ada.',
      },
    ]);
  });

  it('can have many users, more than an output holds', async () => {
    const { run } = job();
    const few = await run({ users: '2' });
    expect(few.outputs['user-ids']).toBe('user-1\nuser-2');
    const many = await run({ users: '20000' });
    expect(many.outputs['user-ids']).toBe('');
    expect(many.annotations).toMatchObject([{ kind: 'notice', title: 'Output left empty' }]);
    expect(many.log).toContain('It has 20000 users.');
  });

  it('has four users where nothing is said', async () => {
    const { run } = job();
    const { outputs } = await run({});
    expect(outputs['user-ids']?.split('\n')).toEqual([
      'user-with-username',
      'another-user-with-username',
      'user-without-username',
      'user-still-shown',
    ]);
  });
});

interface WorkflowStep {
  readonly uses: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** The steps of the workflow that the README shows. */
function stepsOfTheReadme(readme: string): readonly WorkflowStep[] {
  const [, workflow = ''] = /```yaml\n(?<workflow>[^]*?)```/u.exec(readme) ?? [];
  const steps = parseDocument(workflow).getIn(['jobs', 'try', 'steps']);
  if (!isSeq(steps)) throw new TypeError('The workflow has no steps.');
  return steps.items
    .filter((step) => isMap(step))
    .map((step) => {
      const given = step.get('with');
      const entries = isMap(given) ? given.items : [];
      return {
        uses: String(step.get('uses')),
        inputs: Object.fromEntries(entries.map(({ key, value }) => [String(key), String(value)])),
      };
    });
}

it('the workflow of the README does what the README says', async () => {
  const readme = readFileSync(join(actionRoot, 'emulator', 'README.md'), 'utf8');
  const { run, end } = job();
  const [first, ...removals] = stepsOfTheReadme(readme);
  expect(first?.uses).toContain('/emulator@');
  const emulator = await run(first?.inputs ?? {});
  const outcomes = [];
  for (const step of removals) {
    expect(step.uses).not.toContain('/emulator');
    const result = await runAction({ inputs: inputsOf(step, emulator.outputs) });
    outcomes.push([result.conclusion, result.outputs['results']?.match(/"outcome":"[\w-]+"/gu)]);
    result.dispose();
  }
  expect(outcomes).toEqual([
    ['success', ['"outcome":"removed"', '"outcome":"removed"']],
    ['failure', ['"outcome":"not-found"']],
    ['failure', ['"outcome":"unconfirmed"']],
  ]);
  const { log } = await end(emulator);
  const [, shown = ''] = /```text\n(?<log>[^]*?)```/u.exec(readme) ?? [];
  // How often a user is read is the action's affair.
  const [inLog, inReadme] = [log, shown].map((text) => text.replace(/, \d+ GET/u, ''));
  expect(inLog).toBe(inReadme);
});

/** The inputs of a step, with the outputs of the emulator where the workflow says so. */
function inputsOf(
  { inputs }: WorkflowStep,
  outputs: Readonly<Record<string, string>>,
): Record<string, string> {
  const expression = /\$\{\{ steps\.monocloud\.outputs\.(?<name>[\w-]+) \}\}/gu;
  return Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => [
      name,
      text.replaceAll(expression, (_, output: string) => outputs[output] ?? ''),
    ]),
  );
}

describe('bad inputs', () => {
  it.each([
    [{ users: 'ada, b@c' }, 'Input `users`: "b@c" is not a user id. Ids have letters, digits and '],
    [{ users: '0' }, 'Input `users`: The number of users must be a whole number from 1 to '],
    [{ latency: '1.5' }, 'Input `latency` must be a whole number from 0 to 600000, not "1.5".'],
    [{ 'rate-limit': 'x' }, 'Input `rate-limit` must be a whole number from 1 to 1000000, not "x"'],
    [{ faults: '{' }, 'Input `faults`: The faults must be valid JSON.'],
    [
      { faults: '[{"fault":{"kind":"drop"}},{"fault":{"kind":"late"}}]' },
      'Input `faults`: faults[1].fault.ms is missing.',
    ],
  ])('%j start no process', async (inputs, sentence) => {
    const { run, end, servers } = job();
    const result = await run(inputs);
    const message = result.annotations[0]?.message ?? '';
    expect(message).toContain(sentence);
    expectRefused(result, 'Invalid input', message);
    expect(servers()).toEqual([]);

    const atTheEnd = await end(result);
    expect(atTheEnd).toMatchObject({ exitCode: 0, log: 'The emulator was not started.\n' });
  });
});

const CANNOT_LISTEN = `net.Server.prototype.listen = function () {
  process.nextTick(() => this.emit('error', new Error('listen EADDRINUSE: address in use')));
};`;
const NEVER_LISTENS = `net.Server.prototype.listen = () => {};`;

describe('a server that does not start', () => {
  it.each([
    [CANNOT_LISTEN, 'listen EADDRINUSE: address in use'],
    ['process.exit(7);', 'its process ended with 7'],
  ])('%j', async (inServer, reason) => {
    const { run, servers } = job(inServer);
    const result = await run({});
    const message = `The emulator could not be started: ${reason}.`;
    expectRefused(result, 'Emulator not started', message);
    await expectGone(servers());
  });

  it('in time', async () => {
    const { run, servers } = job(
      NEVER_LISTENS,
      `const { setTimeout } = globalThis;
      globalThis.setTimeout = (act, ms) => setTimeout(act, ms === 10_000 ? 500 : ms);`,
    );
    const reason = 'it did not start within 10 seconds';
    const message = `The emulator could not be started: ${reason}.`;
    expectRefused(await run({}), 'Emulator not started', message);
    await expectGone(servers());
  });

  it('ends where its outputs cannot be set', async () => {
    const { run, servers } = job();
    const result = await run({}, { env: { GITHUB_OUTPUT: '/nowhere/output' } });
    expect(result.exitCode).toBe(1);
    expect(result.annotations).toMatchObject([{ kind: 'error', title: 'Emulator not started' }]);
    await expectGone(servers());
  });

  it.each(['cancel', 'kill'] as const)('ends with a step that the runner ends: %s', async (how) => {
    const { start, servers, folder } = job(
      `const { send } = process;
      process.send = (...message) => {
        appendFileSync(folder + '/listening', '');
        return send.apply(process, message);
      };`,
      'http.request = () => ({ on: () => {}, end: () => {} });',
    );
    const step = start({});
    await vi.waitFor(() => expect(existsSync(join(folder, 'listening'))).toBe(true), 10_000);
    step[how]();
    const result = await step.finished;
    expect(result.exitCode).not.toBe(0);
    await expectGone(servers());
  });
});

describe('a server that nobody ends', () => {
  it('ends when the runner is gone', async () => {
    const { start, servers } = job();
    const bundle = join(actionRoot, 'emulator', main);
    const runner = fixtureScript(`
      import { spawnSync } from 'node:child_process';
      spawnSync(process.execPath, [${JSON.stringify(bundle)}], { stdio: 'inherit' });
      console.log('The step is over.');
      setInterval(() => {}, 1000);
    `);
    const step = start({}, { bundle: runner });
    await step.waitForLog(/The step is over\./u);
    expect(servers().filter((pid) => isRunning(pid))).toHaveLength(1);
    step.kill();
    await expectGone(servers());
  });

  it('ends after six hours', async () => {
    const { run, end, servers, folder } = job(`
      const { setTimeout, setInterval } = globalThis;
      globalThis.setTimeout = (act, ms, ...more) => {
        if (ms !== 6 * 60 * 60 * 1000) return setTimeout(act, ms, ...more);
        return setInterval(() => { if (existsSync(folder + '/six-hours-later')) act(); }, 50);
      };
    `);
    const emulator = await run({});
    expect(emulator.exitCode).toBe(0);
    expect(servers().filter((pid) => isRunning(pid))).toHaveLength(1);
    writeFileSync(join(folder, 'six-hours-later'), '');
    await expectGone(servers());

    const { exitCode, annotations } = await end(emulator);
    expect(exitCode).toBe(0);
    expect(annotations).toMatchObject([{ kind: 'warning', title: 'Emulator ended early' }]);
  });
});

describe('the bundle', () => {
  const folder = join(actionRoot, dirname(join('emulator', main)));

  it('has one package in it, with its license, and nothing that makes certificates', () => {
    const licenses = readFileSync(join(folder, 'licenses.txt'), 'utf8');
    expect(licenses.match(/^@?[a-z][\w./-]*$(?=\nMIT$)/gmu)).toEqual(['@actions/core']);
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).not.toMatch(/x509|undici/u);
    expect(readdirSync(folder).toSorted()).toEqual(['index.js', 'licenses.txt', 'package.json']);
  });
});
