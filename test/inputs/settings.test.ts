import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rawApiKey, readSettings, type Settings } from '../../src/inputs.ts';

type Inputs = Readonly<Record<string, string>>;

const GIVEN = { domain: 'acme.us.monocloud.com', 'api-key': 'key-1', 'user-id': 'a' };

/** The environment of a step with these inputs; what is not given is not declared. */
function environment(inputs: Inputs, workspace = '/workspace'): Record<string, string> {
  const named = Object.entries(inputs).map(
    ([name, text]) => [`INPUT_${name.toUpperCase()}`, text] as const,
  );
  return { GITHUB_WORKSPACE: workspace, ...Object.fromEntries(named) };
}

function settings(inputs: Inputs, workspace?: string): Settings {
  return readSettings(environment({ ...GIVEN, ...inputs }, workspace));
}

function errorOf(inputs: Inputs, workspace?: string): string {
  try {
    settings(inputs, workspace);
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function workspaceWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('the settings', () => {
  it('are the defaults where nothing else is given', () => {
    const { domain, apiKey, ...rest } = settings({});
    expect(domain.origin).toBe('https://acme.us.monocloud.com');
    expect(apiKey.reveal()).toBe('key-1');
    expect(rest).toEqual({
      userIds: ['a'],
      ignoreNotFound: false,
      dryRun: false,
      concurrency: 4,
      retries: 3,
      timeout: 30_000,
      maxRetryWait: 120_000,
      reportFile: undefined,
      profilesFile: undefined,
    });
  });

  it('are what is given', () => {
    const inputs = {
      'api-key': ' key-2\n',
      'on-not-found': ' ignore ',
      'dry-run': 'True',
      concurrency: '64',
      retries: '0',
      timeout: '600',
      'max-retry-wait': '3600',
      'report-file': 'out/report.jsonl',
      'profiles-file': '/somewhere/profiles.jsonl',
    };
    const { apiKey, ...rest } = settings(inputs);
    expect(apiKey.reveal()).toBe('key-2');
    expect(rest).toMatchObject({
      ignoreNotFound: true,
      dryRun: true,
      concurrency: 64,
      retries: 0,
      timeout: 600_000,
      maxRetryWait: 3_600_000,
      reportFile: resolve('/workspace/out/report.jsonl'),
      profilesFile: resolve('/somewhere/profiles.jsonl'),
    });
  });

  it('have files relative to the working folder where there is no workspace', () => {
    const { GITHUB_WORKSPACE: _, ...env } = environment({ ...GIVEN, 'report-file': 'r.jsonl' });
    expect(readSettings(env).reportFile).toBe(resolve('r.jsonl'));
  });

  it('read the users from a file', () => {
    const workspace = workspaceWith({ 'users.txt': 'b\n\na\nb\n' });
    const given = { 'user-id': '', 'user-id-file': 'users.txt' };
    expect(settings(given, workspace).userIds).toEqual(['b', 'a']);
  });

  it('give the key as it came, for masking', () => {
    expect(rawApiKey(environment({ 'api-key': ' key 1 ' }))).toBe('key 1');
    expect(rawApiKey({})).toBe('');
  });
});

describe('a number', () => {
  it.each([
    ['concurrency', 1, 64],
    ['retries', 0, 10],
    ['timeout', 1, 600],
    ['max-retry-wait', 0, 3600],
  ])('%s is from %i to %i', (name, lowest, highest) => {
    expect(errorOf({ [name]: String(lowest) })).toBe('none');
    expect(errorOf({ [name]: String(highest) })).toBe('none');
    for (const wrong of [String(lowest - 1), String(highest + 1), '1.5', '1e1', '+1', '0x1', 'x']) {
      expect(errorOf({ [name]: wrong })).toBe(
        `Input \`${name}\` is \`${wrong}\`. It takes a whole number from ${lowest} to ${highest}. ` +
          'Nothing was sent.',
      );
    }
  });

  it('max-users is from 1 up', () => {
    expect(errorOf({ 'max-users': '1' })).toBe('none');
    expect(errorOf({ 'max-users': String(Number.MAX_SAFE_INTEGER) })).toBe('none');
    for (const wrong of ['0', '9007199254740992', '1x', 'x1']) {
      expect(errorOf({ 'max-users': wrong })).toBe(
        `Input \`max-users\` is \`${wrong}\`. It takes a whole number from 1 up. Nothing was sent.`,
      );
    }
  });
});

describe('a word', () => {
  it.each(['true', 'True', 'TRUE'])('dry-run: %s is true', (text) => {
    expect(settings({ 'dry-run': text }).dryRun).toBe(true);
  });

  it.each(['false', 'False', 'FALSE'])('dry-run: %s is false', (text) => {
    expect(settings({ 'dry-run': text }).dryRun).toBe(false);
  });

  it.each(['yes', '1', 'tru', 'truee', 'xtrue', 'falsee', 'xfalse', 'tRUE', 'on'])(
    'dry-run: %s is an error',
    (text) => {
      expect(errorOf({ 'dry-run': text })).toBe(
        `Input \`dry-run\` is \`${text}\`. It takes \`true\` or \`false\`. Nothing was sent.`,
      );
    },
  );

  it('on-not-found is one of two', () => {
    expect(settings({ 'on-not-found': 'fail' }).ignoreNotFound).toBe(false);
    expect(errorOf({ 'on-not-found': 'Ignore' })).toBe(
      'Input `on-not-found` is `Ignore`. It takes `fail` or `ignore`. Nothing was sent.',
    );
  });

  it.each([
    ['dry-run', '`true` or `false`', 'false'],
    ['on-not-found', '`fail` or `ignore`', 'fail'],
    ['retries', 'a whole number from 0 to 10', '3'],
    ['max-users', 'a whole number from 1 up', '100'],
  ])('%s that is nothing does not bring the default back', (name, right, standard) => {
    expect(errorOf({ [name]: ' ' })).toBe(
      `Input \`${name}\` is empty. Give ${right}, or leave the input out for \`${standard}\`. If it ` +
        'comes from a variable, check that the variable is set. Nothing was sent.',
    );
  });

  it('is not repeated where it is long: it could be the key', () => {
    expect(errorOf({ 'dry-run': 'x'.repeat(200) })).toContain(`is \`${'x'.repeat(200)}\`.`);
    expect(errorOf({ 'dry-run': 'x'.repeat(201) })).toContain('is a text of 201 characters.');
  });
});

describe('what names the tenant', () => {
  it.each([
    ['', 'is empty'],
    [
      'http://acme.example',
      'asks for http://, which would send the key in the clear: `http://acme.example`',
    ],
    ['acme.example/api', 'has a path: `acme.example/api`'],
  ])('domain: %j is an error', (domain, wrong) => {
    expect(errorOf({ domain })).toBe(
      `Input \`domain\` ${wrong}. Give the domain of your tenant, as in \`acme.us.monocloud.com\`. ` +
        'Nothing was sent.',
    );
  });

  it('api-key is never repeated', () => {
    expect(errorOf({ 'api-key': 'two words' })).toBe(
      'Input `api-key` has white space inside. Give the Management API key from a secret. If it ' +
        'does come from one, check that the secret is available in this workflow context: workflows ' +
        'from forks get none. Nothing was sent.',
    );
  });
});

describe('the users', () => {
  it('are given in one place', () => {
    expect(errorOf({ 'user-id-file': 'users.txt' })).toBe(
      'Input `user-id` is given beside `user-id-file`. Give exactly one of the two. Nothing was sent.',
    );
    expect(errorOf({ 'user-id': '' })).toContain('Input `user-id` names no user.');
  });

  it('are at most max-users, of which each counts once', () => {
    expect(errorOf({ 'user-id': 'a\nb\na', 'max-users': '2' })).toBe('none');
    expect(errorOf({ 'user-id': 'a\nb\nc', 'max-users': '2' })).toBe(
      'Input `user-id` names 3 users, and `max-users` allows 2. Check the list; if it is right, ' +
        'raise `max-users`. Nothing was sent.',
    );
    const workspace = workspaceWith({ 'users.txt': 'a\nb' });
    const given = { 'user-id': '', 'user-id-file': 'users.txt', 'max-users': '1' };
    expect(errorOf(given, workspace)).toContain('Input `user-id-file` names 2 users');
  });
});

describe('two files that are one', () => {
  it.each([
    [{ 'report-file': 'a', 'profiles-file': './a' }, 'profiles-file', 'report-file'],
    [
      { 'user-id': '', 'user-id-file': 'a', 'report-file': 'b/../a' },
      'report-file',
      'user-id-file',
    ],
    [{ 'user-id': '', 'user-id-file': 'a', 'profiles-file': 'a' }, 'profiles-file', 'user-id-file'],
  ])('%j are an error', (inputs, name, other) => {
    expect(errorOf(inputs, workspaceWith({ a: 'user' }))).toBe(
      `Input \`${name}\` is the same file as \`${other}\`. Give each a file of its own. Nothing was sent.`,
    );
  });

  it('are none where they differ', () => {
    expect(errorOf({ 'report-file': 'a', 'profiles-file': 'b' })).toBe('none');
  });
});
