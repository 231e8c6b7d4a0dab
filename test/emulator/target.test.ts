import { describe, expect, it } from 'vitest';
import { readTarget } from '../../emulator/api.ts';

describe('a request target', () => {
  it.each([
    ['/api/users/u1/username', 'username', 'u1'],
    ['/api/users/a%2Fb%20c/username', 'username', 'a/b c'],
    ['/api/users/u1/username?really=yes', 'username', 'u1'],
    ['/api/users/u1', 'user', 'u1'],
  ])('%s means a %s', (target, kind, id) => {
    expect(readTarget(target)).toEqual({ kind, id });
  });

  it.each([
    ['/api/users/u1?/username', 'u1'],
    ['/api/users/u1#/username', 'u1'],
    ['/api/users/u1/', 'u1'],
    ['/api/users/u1/username/..', 'u1'],
    ['/api/users/u1/username/%2e%2E', 'u1'],
    ['/api/users/../users/u1', 'u1'],
    ['/api/users//username', 'username'],
    ['/api/users/./username', 'username'],
    ['/api/users/%2e/username', 'username'],
    [String.raw`/api\users\u1`, 'u1'],
    ['/API/Users/u1', 'u1'],
    ['http://acme.test/api/users/u1', 'u1'],
  ])('%s would delete the user %s', (target, id) => {
    expect(readTarget(target)).toEqual({ kind: 'user', id });
  });

  it('is malformed where the id is not valid percent-encoding', () => {
    expect(readTarget('/api/users/%E0%A4/username')).toEqual({ kind: 'malformed' });
  });

  it('can mean the list of users', () => {
    expect(readTarget('/api/users')).toEqual({ kind: 'users', query: '' });
    expect(readTarget('/api/users/?page=2')).toEqual({ kind: 'users', query: 'page=2' });
  });

  it.each(['/', '/api/user', '/api/users/..', '/api/users/u1/email', '/api/users/u1/username/x'])(
    '%s is unknown',
    (target) => {
      expect(readTarget(target)).toEqual({ kind: 'unknown' });
    },
  );
});
