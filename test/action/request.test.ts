import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.ts';
import { actionRoot } from '../runner/action-definition.ts';
import { scenario } from './scenario.ts';

/** User ids that are out of the ordinary, each with the one path segment it must become. */
const AWKWARD_IDS: readonly (readonly [id: string, segment: string])[] = [
  ['a/b', 'a%2Fb'],
  ['/', '%2F'],
  ['user-1/../user-2', 'user-1%2F..%2Fuser-2'],
  ['../../api/users/user-1', '..%2F..%2Fapi%2Fusers%2Fuser-1'],
  [String.raw`a\..\b`, 'a%5C..%5Cb'],
  ['a?b=c', 'a%3Fb%3Dc'],
  ['user-1?', 'user-1%3F'],
  ['a#b', 'a%23b'],
  ['user-1#', 'user-1%23'],
  ['%2e', '%252e'],
  ['%2e%2e', '%252e%252e'],
  ['..%2f', '..%252f'],
  ['%2E%2E%2Fuser-1', '%252E%252E%252Fuser-1'],
  ['100%', '100%25'],
  ['...', '...'],
  ['.a', '.a'],
  ['a b', 'a%20b'],
  ['a;b=c', 'a%3Bb%3Dc'],
  ['a&b', 'a%26b'],
  ['a+b', 'a%2Bb'],
  ['a,b', 'a%2Cb'],
  ['a::b', 'a%3A%3Ab'],
  ['a@b.example', 'a%40b.example'],
  ['[a]', '%5Ba%5D'],
  ['a|b', 'a%7Cb'],
  ['"a"', '%22a%22'],
  ["o'neil", "o'neil"],
  ['<b>', '%3Cb%3E'],
  ['Zoë', 'Zo%C3%AB'],
  ['Zoe\u0308', 'Zoe%CC%88'],
  ['美咲', '%E7%BE%8E%E5%92%B2'],
  ['👩‍🚀', '%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80'],
  ['a\u2028b', 'a%E2%80%A8b'],
  ['a\u00A0b', 'a%C2%A0b'],
  ['a\u202Eb', 'a%E2%80%AEb'],
  ['username', 'username'],
  ['https://user-1.example', 'https%3A%2F%2Fuser-1.example'],
  ['x'.repeat(512), 'x'.repeat(512)],
  ['🚀'.repeat(512), '%F0%9F%9A%80'.repeat(512)],
];

const IDS = AWKWARD_IDS.map(([id]) => id);
const ONE_BY_ONE = { 'user-id': JSON.stringify(IDS), concurrency: '1' };

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
    const { emulator, run } = await scenario({ users: ['a/b'] }, onTestFinished);
    emulator.misbehave({ kind: 'problem', status: 503, problem: {}, retryAfter: 1 });
    await run({ 'user-id': 'a/b' });
    const [first, second] = emulator.requests;
    expect(second).toMatchObject({ path: '/api/users/a%2Fb/username', method: 'DELETE' });
    expect(second?.rawHeaders).toEqual(first?.rawHeaders);
  });
});

describe('whatever characters a user id has, it becomes one segment of the one path', () => {
  it.concurrent('when the username is removed', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: IDS }, onTestFinished);
    const result = await run(ONE_BY_ONE);
    expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      AWKWARD_IDS.map(([, segment]) => `DELETE /api/users/${segment}/username`),
    );
    expect(result.exitCode).toBe(0);
    expect(emulator.users.counts()).toEqual({ withUsername: 0, withoutUsername: IDS.length });
  });

  it.concurrent('when the user is read', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ users: IDS }, onTestFinished);
    const result = await run({ ...ONE_BY_ONE, 'dry-run': 'true' });
    expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      AWKWARD_IDS.map(([, segment]) => `GET /api/users/${segment}`),
    );
    expect(result.exitCode).toBe(0);
  });

  it.concurrent.for(['user-1/username', '..%2fuser-1', 'user-1?x=', 'a'.repeat(512)])(
    'and one that is not known (%j) reaches no other user',
    async (id, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const result = await run({ 'user-id': id });
      expect(result.outputs['status']).toBe('404');
      expect(emulator.users.counts()).toEqual({ withUsername: 3, withoutUsername: 0 });
    },
  );
});
