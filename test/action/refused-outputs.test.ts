import { describe, expect, it } from 'vitest';
import type { StepOptions } from '../runner/run-action.ts';
import { expectRefusedFor } from './evidence.ts';
import { scenario } from './scenario.ts';

type Case = readonly [
  name: string,
  inputs: StepOptions['inputs'],
  why: RegExp,
  title: string,
  env?: Readonly<Record<string, string>>,
];

const USERS = { 'user-id': 'user-1 user-2' };

const REFUSED: readonly Case[] = [
  ['an empty key', { ...USERS, 'api-key': '' }, /`api-key` is empty/u, 'Invalid input'],
  [
    'more users than `max-users`',
    { ...USERS, 'max-users': '1' },
    /names 2 users, and `max-users` allows 1\b/u,
    'Invalid input',
  ],
  [
    'a list that is missing',
    { 'user-id-file': 'users.txt' },
    /`user-id-file` names a file that cannot be read \(ENOENT\)/u,
    'Invalid input',
  ],
  ['no user', { 'user-id': ' , ' }, /`user-id` names no user/u, 'Invalid input'],
  [
    'a proxy that is none',
    { ...USERS, domain: 'acme.us.monocloud.test' },
    /HTTPS_PROXY/u,
    'Unusable proxy',
    { HTTPS_PROXY: 'socks5://127.0.0.1:1080' },
  ],
  [
    'certificates that nobody checks',
    USERS,
    /NODE_TLS_REJECT_UNAUTHORIZED/u,
    'Certificates are not checked',
    { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  ],
];

// A next step asks for `failed-count != '0'`, and must not go on as if all were well.
describe('a refused step does not say that no user failed', () => {
  it.concurrent.for(REFUSED)('%s', async ([, inputs, why, title, env = {}], context) => {
    const { emulator, run } = await scenario({}, context.onTestFinished);
    const result = await run(inputs, { env });
    expectRefusedFor(result, emulator, why, title);
    expect(result.conclusion).toBe('failure');
    expect(result.outputs).toMatchObject({ 'failed-count': '', 'removed-count': '0' });
  });
});
