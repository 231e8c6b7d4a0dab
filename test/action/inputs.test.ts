import { describe, expect, it } from 'vitest';
import { VALUE_FAULTS } from '../../src/report/messages.ts';
import { expectRefused, inputMessage } from './refused-step.ts';
import { methodsOf } from './requests.ts';
import { ONE_USER, scenario } from './scenario.ts';

/** What each input takes, in the words of its error. */
const TAKES = {
  'on-not-found': '`fail` or `ignore`',
  'on-no-username': '`fail` or `ignore`',
  'dry-run': '`true` or `false`',
  'max-users': 'a whole number from 1 up',
  concurrency: 'a whole number from 1 to 64',
  'requests-per-second': 'a whole number from 1 to 1000 (requests a second)',
  retries: 'a whole number from 0 to 10',
  timeout: 'a whole number from 1 to 600 (seconds)',
  'max-retry-wait': 'a whole number from 0 to 3600 (seconds)',
} as const;

type Input = keyof typeof TAKES;

const WRONG: readonly (readonly [input: Input, value: string])[] = [
  ['on-not-found', 'Ignore'],
  ['on-no-username', 'true'],
  ['dry-run', 'yes'],
  ['max-users', '0'],
  ['max-users', '9007199254740993'],
  ['concurrency', '0'],
  ['concurrency', '65'],
  ['requests-per-second', '0'],
  ['requests-per-second', '0.5'],
  ['requests-per-second', '1001'],
  ['retries', '+3'],
  ['retries', '-1'],
  ['retries', '11'],
  ['timeout', '0'],
  ['timeout', '30s'],
  ['timeout', '601'],
  ['max-retry-wait', 'Infinity'],
  ['max-retry-wait', '-1'],
  ['max-retry-wait', '3601'],
];

const RIGHT: readonly (readonly [input: string, value: string])[] = [
  ['dry-run', 'FALSE'],
  ['max-users', '1'],
  ['shard', '1/1'],
  ['shard', ''],
  ['requests-per-second', ''],
  ['timeout', '\t30\n'],
];

/** Those with a default, which neither an explicit `''` nor white space brings back. */
const WITH_DEFAULT = [
  'on-not-found',
  'on-no-username',
  'dry-run',
  'max-users',
  'concurrency',
  'retries',
  'timeout',
  'max-retry-wait',
] as const;

function emptyMessage(input: Input): string {
  const { wrong, right } = VALUE_FAULTS.empty;
  return inputMessage(input, wrong, right.replace('{expected}', TAKES[input]));
}

describe('a value that an input does not take', () => {
  it.concurrent.for(WRONG)('is refused: %s: %s', async ([input, value], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, [input]: value });
    const right = `It takes ${TAKES[input]}.`;
    expectRefused(result, emulator, inputMessage(input, `is \`${value}\``, right));
  });

  it.concurrent.for(['0/5', '6/5', 'x/2', '1 / 2'])(
    'is refused: shard: %s',
    async (shard, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, shard });
      const message = inputMessage('shard', `is \`${shard}\``, VALUE_FAULTS.shard.right);
      expectRefused(result, emulator, message);
    },
  );

  it.concurrent.for(WITH_DEFAULT)('is nothing at all: %s', async (input, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, [input]: input === 'dry-run' ? ' \n' : '' });
    expectRefused(result, emulator, emptyMessage(input));
  });

  it.concurrent('is only measured where it is long', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run({ ...ONE_USER, retries: '9'.repeat(5000) });
    const right = `It takes ${TAKES.retries}.`;
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

  const numbers = ['concurrency', 'requests-per-second', 'retries', 'timeout', 'max-retry-wait'];

  it.concurrent.for([
    ['lowest', [1, 1, 0, 1, 0]],
    ['highest', [64, 1000, 10, 600, 3600]],
  ] as const)('is the %s of each number', async ([, values], { onTestFinished }) => {
    const { run } = await scenario({}, onTestFinished);
    const inputs = Object.fromEntries(numbers.map((name, index) => [name, String(values[index])]));
    const result = await run({ ...ONE_USER, ...inputs });
    expect(result.annotations).toEqual([]);
    expect(result.outputs['removed-count']).toBe('1');
  });

  it.concurrent.for(['True', ' TRUE\n'])(
    'turns a removal into a reading: dry-run: %j',
    async (value, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ ...ONE_USER, 'dry-run': value });
      expect(result.exitCode).toBe(0);
      expect(methodsOf(emulator)).toEqual(['GET']);
    },
  );
});

describe('without a runner that fills in what action.yml says', () => {
  it.concurrent.for([
    ['INPUT_DOMAIN', 'domain'],
    ['INPUT_API-KEY', 'api-key'],
    ['INPUT_USER-ID', 'user-id'],
    ['INPUT_DRY-RUN', 'dry-run'],
  ] as const)('%s is still asked for', async ([variable, input], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const result = await run(ONE_USER, { unset: [variable] });
    expect(result.exitCode).toBe(1);
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]?.message).toMatch(new RegExp(`^Input \`${input}\` `, 'u'));
    expect(emulator.connections).toBe(0);
  });
});
