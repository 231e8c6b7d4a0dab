import { describe, expect, it } from 'vitest';
import { expectRefused, inputMessage } from './refused-step.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1' };
const RIGHT =
  'Give the Management API key from a secret. If it does come from one, check that the secret is ' +
  'available in this workflow context: workflows from forks get none.';

describe('a key that cannot be one', () => {
  it.concurrent.for([
    ['k3y-with inside', 'has white space inside'],
    ['k3y-with\u00A0inside', 'has white space inside'],
    ['k3y-with-ümlaut', 'has characters other than visible ASCII'],
    ['k3y-with-\u0001control', 'has characters other than visible ASCII'],
    ['k3y-with-\u200Bzero-width', 'has characters other than visible ASCII'],
  ] as const)('is refused, masked and not shown: %j', async ([key, wrong], { onTestFinished }) => {
    const { emulator, run } = await scenario({ apiKey: key }, onTestFinished);
    const result = await run(ONE_USER);
    expectRefused(result, emulator, inputMessage('api-key', wrong, RIGHT));
    expect(result.masks).toEqual([key]);
  });

  it.concurrent.for(['\n', '\r\n', '\r'])(
    'has several lines (%j), each of which is masked',
    async (lineBreak, { onTestFinished }) => {
      const lines = ['first-line-of-a-k3y', 'second-line-of-a-k3y'];
      const { emulator, run } = await scenario({ apiKey: 'first-line-of-a-k3y' }, onTestFinished);
      const result = await run({ ...ONE_USER, 'api-key': lines.join(lineBreak) });
      expectRefused(result, emulator, inputMessage('api-key', 'has white space inside', RIGHT));
      expect(result.masks).toEqual(lines);
      expect(result.outputFile).not.toContain('second-line');
    },
  );

  it.concurrent.for(['', ' ', '\n\t'])('is none: %j', async (key, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, 'api-key': key });
    expectRefused(result, emulator, inputMessage('api-key', 'is empty', RIGHT));
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
