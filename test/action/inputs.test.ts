import { describe, expect, it } from 'vitest';
import { expectRefused, inputMessage } from './refused-step.ts';
import { scenario } from './scenario.ts';

const ONE_USER = { 'user-id': 'user-1' };

/** The inputs that take one of a set of values, what that set is, and the default. */
const TAKES = {
  'on-not-found': ['`fail` or `ignore`', 'fail'],
  'dry-run': ['`true` or `false`', 'false'],
  'max-users': ['a whole number from 1 up', '100'],
  concurrency: ['a whole number from 1 to 64', '4'],
  retries: ['a whole number from 0 to 10', '3'],
  timeout: ['a whole number from 1 to 600', '30'],
  'max-retry-wait': ['a whole number from 0 to 3600', '120'],
} as const;

type Input = keyof typeof TAKES;

const WRONG: readonly (readonly [input: Input, value: string])[] = [
  ['on-not-found', 'Ignore'],
  ['dry-run', 'yes'],
  ['dry-run', 'tru'],
  ['max-users', '0'],
  ['max-users', '9007199254740993'],
  ['concurrency', '0'],
  ['concurrency', '65'],
  ['concurrency', '4.0'],
  ['retries', '11'],
  ['retries', '+3'],
  ['retries', 'three'],
  ['timeout', '0'],
  ['timeout', '601'],
  ['timeout', '30s'],
  ['max-retry-wait', '3601'],
  ['max-retry-wait', 'Infinity'],
  ['max-retry-wait', '1 2'],
];

const RIGHT: readonly (readonly [input: Input, value: string])[] = [
  ['on-not-found', 'ignore'],
  ['dry-run', 'false'],
  ['dry-run', 'FALSE'],
  ['max-users', '1'],
  ['concurrency', '64'],
  ['retries', '0'],
  ['timeout', '1'],
  ['timeout', '\t30\n'],
  ['max-retry-wait', '0'],
];

const WHAT_EMPTY_MEANS = 'If it comes from a variable, check that the variable is set.';
const INPUTS: readonly Input[] = [
  'on-not-found',
  'dry-run',
  'max-users',
  'concurrency',
  'retries',
  'timeout',
  'max-retry-wait',
];

describe('a value that an input does not take', () => {
  it.concurrent.for(WRONG)('is refused: %s: %s', async ([input, value], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, [input]: value });
    const right = `It takes ${TAKES[input][0]}.`;
    expectRefused(result, emulator, inputMessage(input, `is \`${value}\``, right));
  });

  it.concurrent.for(INPUTS)(
    'is nothing at all, which does not bring the default back: %s',
    async (input, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, [input]: '' });
      const [right, byDefault] = TAKES[input];
      const advice = `Give ${right}, or leave the input out for \`${byDefault}\`. ${WHAT_EMPTY_MEANS}`;
      expectRefused(result, emulator, inputMessage(input, 'is empty', advice));
    },
  );

  it.concurrent('is nothing but white space', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, 'dry-run': ' \n' });
    const advice = `Give \`true\` or \`false\`, or leave the input out for \`false\`. ${WHAT_EMPTY_MEANS}`;
    expectRefused(result, emulator, inputMessage('dry-run', 'is empty', advice));
  });

  it.concurrent('is only measured where it is long', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, retries: '9'.repeat(5000) });
    const right = 'It takes a whole number from 0 to 10.';
    const wrong = 'is a text of 5000 characters';
    expectRefused(result, emulator, inputMessage('retries', wrong, right));
  });
});

describe('a value that an input takes', () => {
  it.concurrent.for(RIGHT)('is %s: %j', async ([input, value], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, [input]: value });
    expect(result.annotations).toEqual([]);
    expect(result.outputs['removed-count']).toBe('1');
    expect(emulator.requests).toHaveLength(1);
  });

  it.concurrent.for(['True', ' TRUE\n'])(
    'turns a removal into a reading: dry-run: %j',
    async (value, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, 'dry-run': value });
      expect(result.exitCode).toBe(0);
      expect(emulator.requests.map(({ method }) => method)).toEqual(['GET']);
    },
  );
});

describe('without a runner that fills in the defaults', () => {
  it.concurrent('the defaults are those of action.yml', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const unset = INPUTS.map((name) => `INPUT_${name.toUpperCase()}`);
    const result = await run(ONE_USER, { unset });
    expect(result.outputs['removed-count']).toBe('1');
    expect(emulator.requests.map(({ method }) => method)).toEqual(['DELETE']);
  });

  it.concurrent.for([
    ['INPUT_DOMAIN', 'domain'],
    ['INPUT_API-KEY', 'api-key'],
    ['INPUT_USER-ID', 'user-id'],
  ] as const)('%s is still asked for', async ([variable, input], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { unset: [variable] });
    expect(result.exitCode).toBe(1);
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]?.message).toMatch(new RegExp(`^Input \`${input}\` `, 'u'));
    expect(emulator.connections).toBe(0);
  });
});
