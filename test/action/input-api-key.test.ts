import { describe, expect, it } from 'vitest';
import { API_KEY_FAULTS, VALUE_FAULTS } from '../../src/report/messages.ts';
import { expectRefused, inputMessage } from './refused-step.ts';
import { ONE_USER, scenario } from './scenario.ts';

describe('a key that cannot be one', () => {
  it.concurrent.for([
    ['k3y-with inside', 'white-space'],
    ['k3y-with\u00A0inside', 'white-space'],
    ['k3y-with-ümlaut', 'not-visible-ascii'],
    ['k3y-with-\u0001control', 'not-visible-ascii'],
    ['k3y-with-\u200Bzero-width', 'not-visible-ascii'],
  ] as const)('is refused, masked and not shown: %j', async ([key, fault], { onTestFinished }) => {
    const { emulator, run } = await scenario({ apiKey: key }, onTestFinished);
    const result = await run(ONE_USER);
    const message = inputMessage('api-key', API_KEY_FAULTS[fault], VALUE_FAULTS['api-key'].right);
    expectRefused(result, emulator, message);
    expect(result.masks).toEqual([key]);
  });

  it.concurrent.for(['\n', '\r\n', '\r'])(
    'has several lines (%j), each of which is masked',
    async (lineBreak, { onTestFinished }) => {
      const lines = ['first-line-of-a-k3y', 'second-line-of-a-k3y'];
      const { run } = await scenario({ apiKey: 'first-line-of-a-k3y' }, onTestFinished);
      const result = await run({ ...ONE_USER, 'api-key': lines.join(lineBreak) });
      expect(result.annotations[0]?.message).toContain(API_KEY_FAULTS['white-space']);
      expect(result.masks).toEqual(lines);
      expect(result.outputFile).not.toContain('second-line');
    },
  );

  it.concurrent.for(['', ' ', '\n\t'])('is none: %j', async (key, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, 'api-key': key });
    const { right } = VALUE_FAULTS['no-api-key'];
    expect(right).toContain('forks');
    expectRefused(result, emulator, inputMessage('api-key', API_KEY_FAULTS.empty, right));
    expect(result.commands.map(({ name }) => name)).toEqual(['error']);
  });
});

describe('a key that can be one', () => {
  it.concurrent.for([' ', '\r\n'])(
    'is sent without the white space around it: %j',
    async (space, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, 'api-key': `${space}${emulator.apiKey}${space}` });
      expect(result.exitCode).toBe(0);
      expect(emulator.requests[0]?.headers['x-api-key']).toBe(emulator.apiKey);
      expect(result.masks).toEqual([emulator.apiKey]);
    },
  );

  it.concurrent('may have every visible character of ASCII', async ({ onTestFinished }) => {
    const apiKey = String.fromCodePoint(...Array.from({ length: 94 }, (_, index) => 0x21 + index));
    const { emulator, run } = await scenario({ apiKey }, onTestFinished);
    const result = await run(ONE_USER);
    expect(result.exitCode).toBe(0);
    expect(emulator.requests[0]?.headers['x-api-key']).toBe(apiKey);
    expect(result.masks).toEqual([apiKey]);
  });

  it.concurrent('is masked before anything else is said', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { debug: true });
    expect(result.stdout.split(/\r?\n/u)[0]).toBe(`::add-mask::${emulator.apiKey}`);
  });

  it.concurrent('is not shown where another input is given the key', async ({ onTestFinished }) => {
    const apiKey = 'k3y.of-a-tenant';
    const { emulator, run } = await scenario({ apiKey }, onTestFinished);
    const result = await run({ ...ONE_USER, domain: `https://${apiKey}/path`, 'user-id': apiKey });
    expect(result.exitCode).toBe(1);
    expect(result.annotations[0]?.message).toContain('`https://***/path`');
    expect(emulator.connections).toBe(0);
  });
});
