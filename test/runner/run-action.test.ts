import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runnerEscalation, type Escalation } from './cancellation.ts';
import { fixtureScript } from './fixture-script.ts';
import {
  type RunningStep,
  type StepOptions,
  type StepResult,
  runAction,
  startStep,
} from './run-action.ts';

async function run(source: string, options: Partial<StepOptions> = {}): Promise<StepResult> {
  const result = await runAction({ inputs: {}, bundle: fixtureScript(source), ...options });
  onTestFinished(result.dispose);
  return result;
}

const isWindows = process.platform === 'win32';

/** For steps that do not end by themselves. */
const quickEscalation = { afterSigint: 500, afterSigterm: 500 };

function start(
  source: string,
  escalation: Escalation = quickEscalation,
  options: Partial<StepOptions> = {},
): RunningStep {
  const step = startStep({ inputs: {}, bundle: fixtureScript(source), ...options }, escalation);
  onTestFinished(async () => {
    step.kill();
    const result = await step.finished;
    result.dispose();
  });
  return step;
}

const environmentOf = async (
  options: Partial<StepOptions> = {},
): Promise<Readonly<Record<string, string | undefined>>> => {
  const result = await run(`for (const name in env) console.log(name + '=' + env[name]);`, options);
  return Object.fromEntries(
    result.stdout
      .trimEnd()
      .split('\n')
      .map((line): [string, string] => {
        const equals = line.indexOf('=');
        return [line.slice(0, equals), line.slice(equals + 1)];
      }),
  );
};

const summaryOf = (bytes: number): string =>
  `writeFileSync(env.GITHUB_STEP_SUMMARY, 'a'.repeat(${bytes}));`;

const ignoring = (...signals: readonly string[]): string => `
  for (const signal of ${JSON.stringify(signals)}) process.on(signal, () => console.log(signal));
  setInterval(() => {}, 1000);
  console.log('ready');
`;

describe('the start', () => {
  it('is by the Node of the tests, in the workspace, with standard input closed', async () => {
    const result = await run(`
      process.stdin.on('end', () => console.log('no input')).resume();
      console.log(process.version, process.cwd() === env.GITHUB_WORKSPACE, process.argv.length);
    `);

    expect(result.log).toBe(`${process.version} true 2\nno input\n`);
    expect(result).toMatchObject({ exitCode: 0, signal: null, conclusion: 'success' });
  });

  it('gives the inputs of the workflow, and the defaults of action.yml', async () => {
    const env = await environmentOf({ inputs: { 'api-key': 'k', timeout: '', domain: ' d ' } });

    expect(env).toMatchObject({
      'INPUT_API-KEY': 'k',
      INPUT_DOMAIN: ' d ',
      INPUT_TIMEOUT: '',
      'INPUT_MAX-USERS': '100',
      'INPUT_USER-ID': '',
    });
  });

  it("has the runner's variables, those of `env`, and none of the host's", async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://host.invalid');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const env = await environmentOf({ env: { EXTRA: '1', GITHUB_JOB: 'other' }, debug: true });

    expect(env).toMatchObject({ EXTRA: '1', GITHUB_JOB: 'other', CI: 'true', RUNNER_DEBUG: '1' });
    expect(env).not.toHaveProperty('HTTPS_PROXY');
    expect(env).not.toHaveProperty('VITEST');
    expect(env).not.toHaveProperty('GITHUB_ACTION_PATH');
  });

  it('leaves out what a broken runner leaves out', async () => {
    const env = await environmentOf({ unset: ['GITHUB_OUTPUT', 'RUNNER_TEMP'] });

    expect(env).not.toHaveProperty('GITHUB_OUTPUT');
    expect(env).not.toHaveProperty('RUNNER_TEMP');
    expect(env).toHaveProperty('GITHUB_STEP_SUMMARY');
  });

  it('is by another Node where a test names one', async () => {
    await expect(run('', { node: join('no', 'node') })).rejects.toThrow(/ENOENT/u);
  });

  it('passes arguments on to Node', async () => {
    const result = await run(`console.log(process.execArgv.join());`, {
      nodeArguments: ['--no-warnings'],
    });

    expect(result.log).toBe('--no-warnings\n');
  });

  it('refuses an input that is not declared, and a bundle that is not there', async () => {
    await expect(run('', { inputs: { domian: 'x' } })).rejects.toThrow('no input `domian`');
    await expect(run('', { bundle: 'dist/nothing.js' })).rejects.toThrow('build it first');
  });
});

describe('what a step leaves', () => {
  it('is its outputs, its summary and its files', async () => {
    const result = await run(
      `
      appendFileSync(env.GITHUB_OUTPUT, '\\ufeffa=b\\nc<<E\\nd\\ne\\nE\\n');
      appendFileSync(env.GITHUB_STEP_SUMMARY, '# Key: secret\\r\\n');
      writeFileSync('report.jsonl', 'new');
      writeFileSync('changed.txt', 'after');
      writeFileSync(join(env.RUNNER_TEMP, 'other'), '');
      `,
      { secrets: ['secret'], files: { 'kept/ids.txt': 'x', 'changed.txt': 'before' } },
    );

    expect(result.outputs).toEqual({ a: 'b', c: 'd\ne' });
    expect(result.summary).toBe('# Key: ***\n');
    expect(result.summaryFile).toBe('# Key: secret\r\n');
    expect(result.file('report.jsonl')).toBe('new');
    expect(result.file('kept/ids.txt')).toBe('x');
    expect(result.written.map((file) => relative(dirname(result.temp), file)).toSorted()).toEqual([
      join('_temp', 'other'),
      join('example', 'example', 'changed.txt'),
      join('example', 'example', 'report.jsonl'),
    ]);
  });

  it('goes with `dispose`', async () => {
    const result = await runAction({ inputs: {}, bundle: fixtureScript('') });

    result.dispose();

    expect(existsSync(dirname(result.temp))).toBe(false);
  });

  it('has no summary when that was over 1 MiB', async () => {
    const size = 1024 * 1024;
    const largest = await run(summaryOf(size));
    const larger = await run(summaryOf(size + 1));

    expect([largest.summary.length, largest.summaryDropped]).toEqual([size, false]);
    expect([larger.summary.length, larger.summaryDropped]).toEqual([0, true]);
    expect(larger.conclusion).toBe('success');
  });

  it('is a log of both streams', async () => {
    const result = await run(`
      process.stdout.write('::add-mask::secret\\r  ::warning title=t::a secret\\r\\nrest');
      process.stderr.write('x ##[error]b');
    `);

    expect(result.commands).toHaveLength(3);
    expect(result.commands).toContainEqual(
      expect.objectContaining({ name: 'error', form: '##[', stream: 'stderr', known: true }),
    );
    expect(result.annotations).toContainEqual({ kind: 'warning', title: 't', message: 'a ***' });
    expect(result.stdout).toBe('::add-mask::secret\r  ::warning title=t::a secret\r\nrest');
    expect(result.stderr).toBe('x ##[error]b');
    expect(result.log).toMatch(/rest\n/u);
  });
});

describe('the conclusion', () => {
  it.each([
    ['success, with an error annotation alone', `console.log('::error::x')`, 'success', 0],
    ['failure, by exit code', `process.exitCode = 3`, 'failure', 3],
    ['failure, by a throw', `throw new Error('x')`, 'failure', 1],
    // A program of Windows that ends itself so ends with an exit code.
    [
      'failure, by a signal',
      `process.kill(process.pid, 'SIGKILL')`,
      'failure',
      isWindows ? 1 : null,
    ],
    [
      'failure, by a malformed output file',
      `writeFileSync(env.GITHUB_OUTPUT, 'a=b\\nc<<E\\nd')`,
      'failure',
      0,
    ],
    ['failure, by a disabled command', `console.log('::set-env name=a::b')`, 'failure', 0],
  ])('is %s', async (_, source, conclusion, exitCode) => {
    const result = await run(source);

    expect(result).toMatchObject({ conclusion, exitCode });
  });

  it('comes with the reason why an output file is malformed', async () => {
    const result = await run(`writeFileSync(env.GITHUB_OUTPUT, 'a=b\\nc\\n')`);

    expect(result.outputError).toBe("Invalid format 'c'");
    expect(result.outputs).toEqual({ a: 'b' });
    expect(result.outputFile).toBe('a=b\nc\n');
  });
});

describe('cancelling', () => {
  const keys = { cancelBy: 'keys' } as const;

  it.each(isWindows ? [keys] : [{}, keys])(
    'lets a step end by itself after SIGINT: %j',
    async (options) => {
      const source = `
        process.on('SIGINT', () => { console.log('bye'); process.exit(0); });
        setInterval(() => {}, 1000);
        console.log('ready');
      `;
      const step = start(source, runnerEscalation, options);
      await step.waitForLog(/ready/u);
      step.cancel();
      const result = await step.finished;

      expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 0, log: 'ready\nbye\n' });
    },
  );

  it('by keys neither holds up a step nor spares one that does not listen', async () => {
    const done = await start('', runnerEscalation, keys).finished;
    const step = start(
      `setInterval(() => {}, 1000); console.log('ready');`,
      runnerEscalation,
      keys,
    );
    await step.waitForLog(/ready/u);
    step.cancel();
    const result = await step.finished;

    expect(done.conclusion).toBe('success');
    expect(result.conclusion).toBe('cancelled');
    expect(result.durationMs).toBeLessThan(runnerEscalation.afterSigint);
  });

  it.skipIf(isWindows)('goes on to SIGTERM (which Windows does not have)', async () => {
    const step = start(ignoring('SIGINT'));
    await step.waitForLog(/ready/u);
    step.cancel();
    const result = await step.finished;

    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: null, signal: 'SIGTERM' });
    expect(result.log).toBe('ready\nSIGINT\n');
  });

  it.each(isWindows ? [keys] : [{}, keys])('ends with SIGKILL: %j', async (options) => {
    const second = 'cancelBy' in options ? 'SIGBREAK' : 'SIGTERM';
    const step = start(ignoring('SIGINT', second), quickEscalation, options);
    await step.waitForLog(/ready/u);
    step.cancel();
    step.cancel();
    const result = await step.finished;

    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: null, signal: 'SIGKILL' });
    expect(result.log).toBe(`ready\nSIGINT\n${second}\n`);
  });

  it('has no effect on a step that has ended', async () => {
    const step = start('');
    await step.finished;
    step.cancel();

    await expect(step.finished).resolves.toMatchObject({ conclusion: 'success' });
  });
});

it('kills at once, and what the step had set by then is set', async () => {
  const step = start(`
    appendFileSync(env.GITHUB_OUTPUT, 'a=b\\n');
    setInterval(() => {}, 1000);
    console.log('ready');
  `);
  await step.waitForLog(/ready/u);
  expect(step.outputsSoFar()).toEqual({ a: 'b' });
  step.kill();

  await expect(step.finished).resolves.toMatchObject({
    conclusion: 'failure',
    signal: 'SIGKILL',
    outputs: { a: 'b' },
  });
});

it('says when the log never shows what is waited for', async () => {
  const step = start(`console.log('something else')`);

  await expect(step.waitForLog(/ready/u)).rejects.toThrow(/never matched \/ready\/u:\nsomething/u);
});
