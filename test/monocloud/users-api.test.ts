import { ClientRequest } from 'node:http';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUserId, type UserId } from '../../src/monocloud/user-id.ts';
import { readUserRoute, removeUsernameRoute } from '../../src/monocloud/users-api.ts';
import { userId } from '../removal/scripted-api.ts';

/** Texts that bend paths where they are neither refused nor encoded. */
const bending = fc
  .array(
    fc.constantFrom(
      '.',
      '..',
      '/',
      '\\',
      '%2e',
      '%2F',
      '%',
      '?',
      '#',
      ';',
      ' ',
      '|',
      ':',
      '~',
      'a',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const plain = fc.stringMatching(/^[\w.~|:-]{1,20}$/u);

/** The path that Node would send, without sending it. */
function sentPath(path: string): string {
  const request = new ClientRequest({ path, host: '127.0.0.1', createConnection: () => undefined });
  request.on('error', () => {});
  request.destroy();
  return request.path;
}

/** What the type of ids does not let through. */
function isUnchecked(text: string): text is UserId {
  return text !== '';
}

describe('the routes', () => {
  it('are two', () => {
    expect(removeUsernameRoute(userId('auth0|1:2'))).toEqual({
      method: 'DELETE',
      path: '/api/users/auth0%7C1%3A2/username',
    });
    expect(readUserRoute(userId('ada'))).toEqual({ method: 'GET', path: '/api/users/ada' });
  });

  it('have a user id as exactly one segment', () => {
    fc.assert(
      fc.property(fc.oneof(bending, plain), (text) => {
        if (!isUserId(text)) return true;
        const { method, path } = removeUsernameRoute(text);
        const read = readUserRoute(text);
        const [start, id = '', end] = path.split(/(?<=^\/api\/users\/)|(?=\/username$)/u);
        return (
          `${method} ${start} ${end}` === 'DELETE /api/users/ /username' &&
          decodeURIComponent(id) === text &&
          // No other escape than these two: nothing that a gateway could decode to a path's dividers.
          /^(?:[\w.~-]|%7C|%3A)+$/u.test(id) &&
          `${read.method} ${read.path}` === `GET /api/users/${id}` &&
          [path, read.path].every((one) => new URL(one, 'https://tenant.test').pathname === one) &&
          sentPath(path) === path
        );
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['.', '..'])('do not take %j, even where it got past the check', (text) => {
    if (!isUnchecked(text)) throw new Error('unreachable');
    const error = 'The path of a request is not the one that was asked for.';
    expect(() => removeUsernameRoute(text)).toThrow(error);
    expect(() => readUserRoute(text)).toThrow(error);
  });
});
