import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/monocloud/users-api.ts';
import { actionRoot } from '../runner/action-definition.ts';
import { scenario } from './scenario.ts';

/** Unusual user ids, each with the one path segment that it must become. */
const UNUSUAL_IDS: readonly (readonly [id: string, segment: string])[] = [
  ['auth0|a', 'auth0%7Ca'],
  ['a:b', 'a%3Ab'],
  ['a::b', 'a%3A%3Ab'],
  ['~a', '~a'],
  ['-', '-'],
  ['_', '_'],
  ['...', '...'],
  ['.a', '.a'],
  ['username', 'username'],
  ['x'.repeat(512), 'x'.repeat(512)],
  ['|'.repeat(512), '%7C'.repeat(512)],
];

const IDS = UNUSUAL_IDS.map(([id]) => id);
const ONE_BY_ONE = { 'user-id': IDS.join('\n'), concurrency: '1' };

describe('the request', () => {
  it.concurrent(
    'is a DELETE with the headers of the contract and nothing else',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      await run({ 'user-id': 'user-1' });
      expect(emulator.requests).toHaveLength(1);
      expect(emulator.requests[0]).toMatchObject({
        method: 'DELETE',
        path: '/api/users/user-1/username',
        body: '',
      });
      expect(emulator.requests[0]?.headers).toEqual({
        accept: 'application/json, application/problem+json',
        'accept-encoding': 'identity',
        connection: 'keep-alive',
        host: `127.0.0.1:${emulator.port}`,
        'user-agent': `monocloud-remove-username/${VERSION}`,
        'x-api-key': emulator.apiKey,
      });
    },
  );

  it.concurrent(
    'is in a dry run a GET of the user with the same headers',
    async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      await run({ 'user-id': 'user-1' });
      await run({ 'user-id': 'user-1', 'dry-run': 'true' });
      const [removal, reading] = emulator.requests;
      expect(reading).toMatchObject({ method: 'GET', path: '/api/users/user-1', body: '' });
      expect(reading?.headers).toEqual(removal?.headers);
    },
  );

  it('names the version of package.json', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(actionRoot, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ version: VERSION });
  });

  it.concurrent('is sent again as it was', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: ['a|b'] }, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 500 });
    await run({ 'user-id': 'a|b' });
    const [first, second] = emulator.requests;
    expect(second).toMatchObject({ path: '/api/users/a%7Cb/username', method: 'DELETE' });
    expect(second?.rawHeaders).toEqual(first?.rawHeaders);
  });
});

describe('whatever characters a user id has, it becomes one segment of the one path', () => {
  it.concurrent.for([
    ['removed', {}, 'DELETE', '/username'],
    ['read', { 'dry-run': 'true' }, 'GET', ''],
  ] as const)('when the user is %s', async ([, inputs, method, end], { onTestFinished }) => {
    const { emulator, run } = await scenario({ users: IDS }, onTestFinished);
    const result = await run({ ...ONE_BY_ONE, ...inputs });
    expect(emulator.requests.map((request) => `${request.method} ${request.path}`)).toEqual(
      UNUSUAL_IDS.map(([, segment]) => `${method} /api/users/${segment}${end}`),
    );
    expect(result.exitCode).toBe(0);
    expect(emulator.users.counts().withUsername).toBe(method === 'GET' ? IDS.length : 0);
  });
});
