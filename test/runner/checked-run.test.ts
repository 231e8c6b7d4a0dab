import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkedRun, checkedStart } from './checked-run.ts';
import { fixtureScript } from './fixture-script.ts';

const secrets = { apiKey: 'k3y-of-a-tenant', personalData: ['zoe@acme.test'] };

it('gives the result of a step that leaks nothing, its profiles file aside', async () => {
  const bundle = fixtureScript(`writeFileSync('profiles.jsonl', 'zoe@acme.test')`);
  const inputs = { 'profiles-file': 'profiles.jsonl' };

  await expect(checkedRun({ inputs, bundle }, secrets)).resolves.toMatchObject({ exitCode: 0 });
});

it('fails for one that does, and says how', async () => {
  const bundle = fixtureScript(`console.log('mail: zoe@acme.test')`);

  await expect(checkedRun({ inputs: {}, bundle }, secrets)).rejects.toThrow(
    'Personal data "zoe@acme.test" is in stdout, plain',
  );
});

it('ends the step and removes its folders when the test is over', async (context) => {
  const bundle = fixtureScript(`setInterval(() => {}, 1000); console.log('ready');`);
  const hooks: Parameters<typeof context.onTestFinished>[0][] = [];
  const step = checkedStart({ inputs: {}, bundle }, secrets, {
    onTestFinished: (hook) => {
      hooks.push(hook);
    },
  });
  await step.waitForLog(/ready/u);

  for (const hook of hooks) await hook(context);

  const result = await step.finished;
  expect(result.signal).toBe('SIGKILL');
  expect(existsSync(result.temp)).toBe(false);
});
