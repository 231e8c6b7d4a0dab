import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../emulator/emulator.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import { ask } from './http-client.ts';
import type { ClientResponse } from './http-client.ts';
import { isRecord, parseRecord } from '../../emulator/validation.ts';

/** The fields of a profile on the API's page, in its order. */
const DOCUMENTED_FIELDS = [
  'creation_time',
  'passkeys',
  'last_known_city',
  'private_data',
  'last_sign_in_success_ip',
  'last_sign_in_attempt',
  'emails',
  'last_activity',
  'password_updated_at',
  'public_data',
  'disabled',
  'connections',
  'has_password',
  'last_updated',
  'last_sign_in_attempt_ip',
  'block_until',
  'failure_count',
  'last_known_country',
  'phone_numbers',
  'user_id',
  'force_password_reset',
  'sign_in_attempts_count',
  'last_sign_in_success',
  'claims',
  'sign_in_success_count',
  'last_known_region',
  'external_providers',
  'username',
];

const someText: unknown = expect.any(String);

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({
    users: [
      'ada',
      'bob',
      { id: 'none', username: null },
      { id: 'shown', showsRemovedUsername: true },
      'a/b ü',
    ],
    forbiddenKeys: ['weak'],
  });
});

afterEach(async () => {
  await emulator.close();
});

function api(
  method: string,
  path: string,
  { body = '', key = emulator.apiKey }: { body?: string; key?: string } = {},
): Promise<ClientResponse> {
  const headers = { 'X-API-Key': key };
  return ask(`${emulator.origin}${path}`, { method, headers, body });
}

/** Checks the members that all problem details share, and gives back the others. */
function problemOf({ status, headers, body }: ClientResponse): unknown {
  expect(headers['content-type']).toBe('application/problem+json');
  const { title, instance, traceId, detail, status: inBody, ...others } = parseRecord(body) ?? {};
  expect(inBody).toBe(status);
  expect(title).not.toBe('');
  expect(detail).not.toBe('');
  expect(instance).toMatch(/^\/api\/users\//u);
  expect(traceId).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/u);
  return others;
}

describe('DELETE /api/users/{id}/username', () => {
  it('removes the username and answers with the profile', async () => {
    expect(JSON.parse(emulator.users.profile('ada'))).toMatchObject({
      username: { source: 'monocloud', username: 'login-of-ada' },
    });

    const { status, headers, body } = await api('DELETE', '/api/users/ada/username');

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).toBe(emulator.users.profile('ada'));
    expect(JSON.parse(body)).toMatchObject({ user_id: 'ada' });
    expect(JSON.parse(body)).not.toHaveProperty('username');
    expect(emulator.users.hasUsername('ada')).toBe(false);
    expect(emulator.users.hasUsername('bob')).toBe(true);
  });

  it('goes on showing the username of a user made so', async () => {
    const { body } = await api('DELETE', '/api/users/shown/username');
    expect(JSON.parse(body)).toHaveProperty('username.username', 'login-of-shown');
    expect(emulator.users.hasUsername('shown')).toBe(false);
  });

  it('takes an id as one percent-encoded segment', async () => {
    const { status, body } = await api('DELETE', '/api/users/a%2Fb%20%C3%BC/username');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ user_id: 'a/b ü' });
  });

  it('answers 422 with a list of errors for a user without a username', async () => {
    const answer = await api('DELETE', '/api/users/none/username');
    expect(answer.status).toBe(422);
    expect(problemOf(answer)).toEqual({
      type: 'https://httpstatuses.io/422#identity-validation-error',
      errors: [{ code: 'UsernameNotFound', description: someText }],
    });
  });
});

describe('GET /api/users/{id}', () => {
  it('answers with every field of the documentation and changes nothing', async () => {
    const { status, body } = await api('GET', '/api/users/ada');
    expect(status).toBe(200);
    expect(body).toBe(emulator.users.profile('ada'));
    expect(Object.keys(parseRecord(body) ?? {})).toEqual(DOCUMENTED_FIELDS);
    expect(emulator.users.hasUsername('ada')).toBe(true);
  });

  it('shows the personal data of that user only', () => {
    const [mine, other] = [emulator.users.profile('ada'), emulator.users.profile('bob')];
    const personal = emulator.users.personalData('ada');
    expect(personal).toContain('login-of-ada');
    for (const text of personal) {
      expect(mine).toContain(text);
      expect(other).not.toContain(text);
    }
  });
});

/** The ids on a page of the list, and what its header says. */
async function list(query: string): Promise<{ ids: unknown[]; pagination: unknown }> {
  const { status, headers, body } = await api('GET', `/api/users${query}`);
  expect(status).toBe(200);
  const users: unknown = JSON.parse(body);
  if (!Array.isArray(users)) throw new TypeError('not a list');
  return {
    ids: users.map((user: unknown) => (isRecord(user) ? user['user_id'] : undefined)),
    pagination: JSON.parse(String(headers['x-pagination'])),
  };
}

describe('GET /api/users', () => {
  it('answers with the profiles, in pages of 10', async () => {
    for (let number = 1; number <= 7; number += 1) emulator.users.add(`more-${number}`);
    const [first, second] = [await list(''), await list('?page=2')];
    expect([...first.ids, ...second.ids]).toEqual(emulator.users.ids());
    const shared = { page_size: 10, total_count: 12 };
    expect(first.pagination).toEqual({
      ...shared,
      current_page: 1,
      has_previous: false,
      has_next: true,
    });
    expect(second.pagination).toEqual({
      ...shared,
      current_page: 2,
      has_previous: true,
      has_next: false,
    });

    const { body } = await api('GET', '/api/users?size=1');
    expect(body).toBe(`[${emulator.users.profile('ada')}]`);
    expect((await list('?page=9&size=100')).ids).toEqual([]);
  });

  it('filters by a part of the id, the username or an email address', async () => {
    emulator.users.add({ id: 'x', username: 'Adamant' });
    expect(await list('?filter=ADA')).toMatchObject({
      ids: ['ada', 'x'],
      pagination: { total_count: 2 },
    });
    const email = emulator.users.personalData('bob').find((text) => text.includes('@'));
    expect((await list(`?filter=${encodeURIComponent(String(email))}`)).ids).toEqual(['bob']);
    expect((await list('?filter=nobody')).ids).toEqual([]);
  });

  it.each([
    ['?page=0', 'page'],
    ['?page=x', 'page'],
    ['?size=0', 'size'],
    ['?size=101', 'size'],
  ])('refuses %s', async (query, name) => {
    const answer = await api('GET', `/api/users${query}`);
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ errors: { [name]: [someText] } });
  });

  it('refuses a wrong key', async () => {
    expect((await api('GET', '/api/users', { key: 'wrong' })).status).toBe(401);
  });
});

describe('PUT /api/users/{id}/username', () => {
  const path = '/api/users/none/username';

  it('gives a username', async () => {
    const { status, body } = await api('PUT', path, { body: '{"username":"neo"}' });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toHaveProperty('username.username', 'neo');
    expect(emulator.users.get('none')).toEqual({ id: 'none', username: 'neo' });
  });

  it.each(['', 'not json', '[]', '{}', '{"username":""}', '{"username":1}'])(
    'answers 422 with messages for each field to the body %j',
    async (body) => {
      const answer = await api('PUT', path, { body });
      expect(answer.status).toBe(422);
      expect(problemOf(answer)).toEqual({
        type: 'https://httpstatuses.io/422#validation-error',
        errors: { username: [someText] },
      });
    },
  );

  it('answers 422 for a username that somebody else has, until it is removed', async () => {
    const body = '{"username":"LOGIN-of-ada"}';
    const answer = await api('PUT', path, { body });
    expect(answer.status).toBe(422);
    expect(problemOf(answer)).toEqual({
      type: 'https://httpstatuses.io/422#identity-validation-error',
      errors: [{ code: 'DuplicateUserName', description: someText }],
    });

    await api('DELETE', '/api/users/ada/username');
    expect(await api('PUT', path, { body })).toMatchObject({ status: 200 });
  });
});

describe('what is refused', () => {
  it.each([
    ['a wrong key', 'wrong', 401],
    ['a key without permission', 'weak', 403],
  ])('%s', async (_name, key, status) => {
    const answer = await api('DELETE', '/api/users/ada/username', { key });
    expect(answer.status).toBe(status);
    expect(problemOf(answer)).toEqual({ type: `https://httpstatuses.io/${status}` });
    expect(emulator.users.hasUsername('ada')).toBe(true);
  });

  it('a missing key', async () => {
    expect(problemOf(await ask(`${emulator.origin}/api/users/ada`))).toEqual({
      type: 'https://httpstatuses.io/401',
    });
  });

  it('an unknown user', async () => {
    const answer = await api('DELETE', '/api/users/nobody/username');
    expect(answer.status).toBe(404);
    expect(problemOf(answer)).toEqual({ type: 'https://httpstatuses.io/404' });
  });

  it('an id that is not valid percent-encoding', async () => {
    const answer = await api('DELETE', '/api/users/%ZZ/username');
    expect(answer.status).toBe(400);
    expect(problemOf(answer)).toEqual({ type: 'https://httpstatuses.io/400' });
  });

  it('a method or path that is not known', async () => {
    const wrongMethod = await api('POST', '/api/users/ada/username');
    expect(wrongMethod).toMatchObject({ status: 405, body: '' });
    expect(wrongMethod.headers.allow).toBe('PUT, DELETE');
    expect(await api('POST', '/api/users')).toMatchObject({ status: 405, body: '' });
    expect(await api('GET', '/api/clients')).toMatchObject({ status: 404, body: '' });
    expect(emulator.requests).toHaveLength(3);
  });
});

describe('the deletion of a whole user', () => {
  it('is done and remembered', async () => {
    expect(await api('DELETE', '/api/users/ada')).toMatchObject({ status: 204 });
    expect(emulator.deletedUsers).toEqual(['ada']);
    expect(emulator.users.has('ada')).toBe(false);
  });

  it('is remembered also where the key is wrong', async () => {
    await api('DELETE', '/api/users/ada/username/..', { key: 'wrong' });
    expect(emulator.deletedUsers).toEqual(['ada']);
    expect(emulator.users.has('ada')).toBe(true);
  });
});
