import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rawApiKey, readSettings, type InputName } from '../src/inputs.ts';
import { Refusal, type RefusalReason } from '../src/refusal.ts';
import type { Settings } from '../src/settings.ts';
import { readActionDefinition } from './runner/action-definition.ts';

type Inputs = Readonly<Partial<Record<InputName, string>>>;

const DECLARED = readActionDefinition().inputs;
const GIVEN: Inputs = { domain: 'acme.us.monocloud.com', 'api-key': 'key-1', 'user-id': 'a' };

beforeEach(() => {
  vi.stubEnv('GITHUB_WORKSPACE', resolve('/workspace'));
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Sets the inputs as the runner does: each that is declared, with its default. */
function give(inputs: Inputs): void {
  const values = new Map<string, string | undefined>(Object.entries({ ...GIVEN, ...inputs }));
  for (const [name, { default: standard = '' }] of Object.entries(DECLARED)) {
    vi.stubEnv(`INPUT_${name.toUpperCase()}`, values.get(name) ?? standard);
  }
}

function settings(inputs: Inputs): Settings {
  give(inputs);
  return readSettings();
}

/** Why the inputs are refused; undefined where they are not. */
function refusalOf(inputs: Inputs): RefusalReason | undefined {
  try {
    settings(inputs);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

function wrongValue(input: InputName, text: string, expected: object): object {
  return { kind: 'input', input, fault: { kind: 'value', text, expected } };
}

describe('the settings', () => {
  it('are the defaults of action.yml where nothing else is given', () => {
    const { domain, apiKey, ...rest } = settings({});
    expect(domain.origin).toBe('https://acme.us.monocloud.com');
    expect(apiKey.reveal()).toBe('key-1');
    expect(rest).toEqual({
      proxy: undefined,
      userIds: ['a'],
      taken: undefined,
      shard: undefined,
      ignoreNotFound: false,
      ignoreNoUsername: false,
      dryRun: false,
      concurrency: 4,
      requestsPerSecond: undefined,
      retries: 3,
      timeoutMs: 30_000,
      maxRetryWaitMs: 120_000,
      userIdFile: undefined,
      reportFile: undefined,
      profilesFile: undefined,
    });
  });

  it('are what is given', () => {
    const { apiKey, proxy, ...rest } = settings({
      'api-key': ' key-2\n',
      'on-not-found': ' ignore ',
      'on-no-username': 'ignore',
      'dry-run': 'True',
      shard: '1/2',
      concurrency: '64',
      'requests-per-second': '1000',
      retries: '0',
      timeout: '600',
      'max-retry-wait': '3600',
      'report-file': 'out/report.jsonl',
      'profiles-file': '/somewhere/profiles.jsonl',
    });
    expect(apiKey.reveal()).toBe('key-2');
    expect(proxy).toBeUndefined();
    expect(rest).toMatchObject({
      ignoreNotFound: true,
      ignoreNoUsername: true,
      dryRun: true,
      shard: { index: 1, count: 2 },
      concurrency: 64,
      requestsPerSecond: 1000,
      retries: 0,
      timeoutMs: 600_000,
      maxRetryWaitMs: 3_600_000,
      reportFile: resolve('/workspace/out/report.jsonl'),
      profilesFile: resolve('/somewhere/profiles.jsonl'),
    });
  });

  it('have files relative to the working folder where there is no workspace', () => {
    vi.stubEnv('GITHUB_WORKSPACE', undefined);
    expect(settings({ 'report-file': 'r.jsonl' }).reportFile).toBe(resolve('r.jsonl'));
  });

  it('have the proxy that the environment names, unless it names none', () => {
    vi.stubEnv('HTTPS_PROXY', 'proxy.test:3128');
    expect(settings({}).proxy?.href).toBe('http://proxy.test:3128/');
    vi.stubEnv('HTTPS_PROXY', 'socks5://proxy.test');
    expect(refusalOf({})).toEqual({ kind: 'unusable-proxy' });
    vi.stubEnv('NO_PROXY', 'monocloud.com');
    expect(settings({}).proxy).toBeUndefined();
  });

  it('give the key as it came, for masking', () => {
    give({ 'api-key': ' key 1\n' });
    expect(rawApiKey()).toBe(' key 1\n');
  });
});

describe('a number', () => {
  it.each([
    ['concurrency', 1, 64, undefined],
    ['requests-per-second', 1, 1000, 'requests a second'],
    ['retries', 0, 10, undefined],
    ['timeout', 1, 600, 'seconds'],
    ['max-retry-wait', 0, 3600, 'seconds'],
  ] as const)('%s is from %i to %i (%s)', (name, lowest, highest, unit) => {
    expect(refusalOf({ [name]: String(lowest) })).toBeUndefined();
    expect(refusalOf({ [name]: String(highest) })).toBeUndefined();
    const expected = { kind: 'whole-number', lowest, highest, unit };
    for (const text of [String(lowest - 1), String(highest + 1), '1.5', '1e1', '+1', '0x1', 'x']) {
      expect(refusalOf({ [name]: text })).toEqual(wrongValue(name, text, expected));
    }
  });

  it('max-users is from 1 up', () => {
    expect(refusalOf({ 'max-users': '1' })).toBeUndefined();
    expect(refusalOf({ 'max-users': String(Number.MAX_SAFE_INTEGER) })).toBeUndefined();
    const expected = { kind: 'whole-number', lowest: 1, highest: undefined, unit: undefined };
    for (const text of ['0', '9007199254740992', '1x', 'x1', '1 2']) {
      expect(refusalOf({ 'max-users': text })).toEqual(wrongValue('max-users', text, expected));
    }
  });
});

describe('a word', () => {
  const trueOrFalse = { kind: 'one-of', choices: ['true', 'false'] };
  const failOrIgnore = { kind: 'one-of', choices: ['fail', 'ignore'] };

  it.each([
    ...['true', 'True', 'TRUE'].map((text) => [text, true] as const),
    ...['false', 'False', 'FALSE'].map((text) => [text, false] as const),
  ])('dry-run: %s is %s', (text, dryRun) => {
    expect(settings({ 'dry-run': text }).dryRun).toBe(dryRun);
  });

  it.each(['yes', '1', 'tru', 'truee', 'xtrue', 'falsee', 'xfalse', 'tRUE', 'on'])(
    'dry-run: %s is an error',
    (text) => {
      expect(refusalOf({ 'dry-run': text })).toEqual(wrongValue('dry-run', text, trueOrFalse));
    },
  );

  it.each(['on-not-found', 'on-no-username'] as const)('%s is one of two', (name) => {
    const { ignoreNotFound, ignoreNoUsername } = settings({ [name]: 'ignore' });
    expect([ignoreNotFound, ignoreNoUsername]).toEqual([
      name === 'on-not-found',
      name === 'on-no-username',
    ]);
    expect(refusalOf({ [name]: 'fail' })).toBeUndefined();
    expect(refusalOf({ [name]: 'Ignore' })).toEqual(wrongValue(name, 'Ignore', failOrIgnore));
  });

  it.each([
    ['dry-run', trueOrFalse],
    ['on-not-found', failOrIgnore],
    ['on-no-username', failOrIgnore],
    ['retries', { kind: 'whole-number', lowest: 0, highest: 10, unit: undefined }],
    ['max-users', { kind: 'whole-number', lowest: 1, highest: undefined, unit: undefined }],
  ] as const)('%s that is nothing does not bring the default back', (name, expected) => {
    expect(refusalOf({ [name]: ' ' })).toEqual(wrongValue(name, '', expected));
  });
});

describe('a shard', () => {
  it.each([
    ['1/1', 1, 1],
    [' 2/5 ', 2, 5],
    ['5/5', 5, 5],
    ['999999/999999', 999_999, 999_999],
  ])('%j is the %i. of %i', (text, index, count) => {
    expect(settings({ shard: text }).shard).toEqual({ index, count });
  });

  it.each([
    '0/5',
    '6/5',
    '5',
    '1/0',
    '01/5',
    '1/5/6',
    'a/b',
    '-1/5',
    '1 / 5',
    '1/5x',
    '1.5/2',
    '1/1e3',
    '/',
  ])('%j is an error', (text) => {
    expect(refusalOf({ shard: text })).toEqual({
      kind: 'input',
      input: 'shard',
      fault: { kind: 'shard', text },
    });
  });
});

describe('what names the tenant', () => {
  it.each([
    ['', 'empty'],
    ['http://acme.example', 'plain-http'],
    ['acme.example/api', 'path'],
  ])('domain: %j is an error', (text, fault) => {
    expect(refusalOf({ domain: text })).toEqual({
      kind: 'input',
      input: 'domain',
      fault: { kind: 'domain', fault, text },
    });
  });

  it.each([
    ['', 'empty'],
    ['two words', 'white-space'],
    ['k\u00E9y', 'not-visible-ascii'],
  ])('api-key: %j is an error that does not repeat it', (text, fault) => {
    expect(refusalOf({ 'api-key': text })).toEqual({
      kind: 'input',
      input: 'api-key',
      fault: { kind: 'api-key', fault },
    });
  });
});
