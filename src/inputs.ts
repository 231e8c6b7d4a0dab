import * as core from '@actions/core';
import { resolve } from 'node:path';
import { ApiKey } from './monocloud/api-key.ts';
import { proxyFor } from './monocloud/proxy.ts';
import { TenantDomain } from './monocloud/tenant-domain.ts';
import { inputRefusal, Refusal, type Expected } from './refusal.ts';
import type { Settings, Shard } from './settings.ts';
import { readUserList } from './user-list.ts';

/** The inputs of action.yml. A test compares them. */
export type InputName =
  | 'domain'
  | 'api-key'
  | 'user-id'
  | 'user-id-file'
  | 'on-not-found'
  | 'on-no-username'
  | 'dry-run'
  | 'max-users'
  | 'shard'
  | 'concurrency'
  | 'requests-per-second'
  | 'retries'
  | 'timeout'
  | 'max-retry-wait'
  | 'report-file'
  | 'profiles-file';

/** The key as the workflow gave it, unchecked: to be masked before anything else happens. */
export function rawApiKey(): string {
  return core.getInput('api-key', { trimWhitespace: false });
}

/**
 * Reads every input once, and the proxy that the environment asks for.
 *
 * @throws Refusal for the first thing that is wrong
 */
export function readSettings(): Settings {
  const apiKey = apiKeyInput();
  const domain = domainInput();
  const paths = {
    userIdFile: pathInput('user-id-file'),
    reportFile: pathInput('report-file'),
    profilesFile: pathInput('profiles-file'),
  };
  const scalars = {
    ignoreNotFound: oneOf('on-not-found', ['fail', 'ignore']) === 'ignore',
    ignoreNoUsername: oneOf('on-no-username', ['fail', 'ignore']) === 'ignore',
    dryRun: booleanInput('dry-run'),
    concurrency: wholeNumber('concurrency', { lowest: 1, highest: 64 }),
    requestsPerSecond: textOf('requests-per-second')
      ? wholeNumber('requests-per-second', { lowest: 1, highest: 1000, unit: 'requests a second' })
      : undefined,
    retries: wholeNumber('retries', { lowest: 0, highest: 10 }),
    timeoutMs: wholeNumber('timeout', { lowest: 1, highest: 600, unit: 'seconds' }) * 1000,
    maxRetryWaitMs:
      wholeNumber('max-retry-wait', { lowest: 0, highest: 3600, unit: 'seconds' }) * 1000,
  };
  const maxUsers = wholeNumber('max-users', { lowest: 1 });
  const shard = shardInput();
  const list = readUserList({
    text: textOf('user-id'),
    file: paths.userIdFile,
    domain: domain.shown,
    shard,
    maxUsers,
  });
  const proxy = proxyFor(domain);
  if (proxy === 'unusable') throw new Refusal({ kind: 'unusable-proxy' });
  return { apiKey, domain, proxy, shard, ...paths, ...scalars, ...list };
}

function textOf(name: InputName): string {
  return core.getInput(name);
}

function apiKeyInput(): ApiKey {
  const result = ApiKey.check(textOf('api-key'));
  if (result instanceof ApiKey) return result;
  throw inputRefusal('api-key', { kind: 'api-key', fault: result });
}

function domainInput(): TenantDomain {
  const text = textOf('domain');
  const result = TenantDomain.check(text);
  if (result instanceof TenantDomain) return result;
  throw inputRefusal('domain', { kind: 'domain', fault: result, text });
}

function pathInput(name: 'user-id-file' | 'report-file' | 'profiles-file'): string | undefined {
  const path = textOf(name);
  return path === '' ? undefined : resolve(process.env['GITHUB_WORKSPACE'] ?? '.', path);
}

/** A whole number within the range, both ends included. */
function wholeNumber(
  name: InputName,
  range: { readonly lowest: number; readonly highest?: number; readonly unit?: string },
): number {
  const text = textOf(name);
  const { lowest, highest, unit } = range;
  const value = /^\d+$/u.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= (highest ?? Number.MAX_SAFE_INTEGER)) return value;
  throw wrongValue(name, text, { kind: 'whole-number', lowest, highest, unit });
}

/** The booleans of YAML 1.2 and no others: `yes` and `1` are a mistake. */
function booleanInput(name: InputName): boolean {
  const text = textOf(name);
  if (/^(?:true|True|TRUE)$/u.test(text)) return true;
  if (/^(?:false|False|FALSE)$/u.test(text)) return false;
  throw wrongValue(name, text, { kind: 'one-of', choices: ['true', 'false'] });
}

function oneOf<T extends string>(name: InputName, choices: readonly [T, T]): T {
  const text = textOf(name);
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw wrongValue(name, text, { kind: 'one-of', choices });
}

function shardInput(): Shard | undefined {
  const text = textOf('shard');
  if (text === '') return undefined;
  const parts = /^(?<index>[1-9]\d{0,5})\/(?<count>[1-9]\d{0,5})$/u.exec(text)?.groups;
  const shard = { index: Number(parts?.['index']), count: Number(parts?.['count']) };
  if (shard.index <= shard.count) return shard;
  throw inputRefusal('shard', { kind: 'shard', text });
}

function wrongValue(name: InputName, text: string, expected: Expected): Error {
  return inputRefusal(name, { kind: 'value', text, expected });
}
