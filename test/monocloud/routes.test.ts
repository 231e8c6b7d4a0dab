import { ClientRequest } from 'node:http';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUserRoute, removeUsernameRoute } from '../../src/monocloud/routes.ts';
import { checkUserId, type UserId } from '../../src/monocloud/user-id.ts';

/** Texts that bend paths where they are not encoded. */
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
      'a',
      '😀',
      '\u202E',
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));
const anything = fc.oneof(bending, fc.string(), fc.string({ unit: 'binary' }));

function isUserId(text: string): text is UserId {
  return text !== '';
}

/** The path that Node would send, without sending it. */
function sentPath(path: string): string {
  const request = new ClientRequest({ path, host: '127.0.0.1', createConnection: () => undefined });
  request.on('error', () => {});
  request.destroy();
  return request.path;
}

describe('a user id', () => {
  it.each([
    ['', /empty/u],
    ['.', /folder/u],
    ['..', /folder/u],
    ['a\nb', /control/u],
    ['a\u0000', /control/u],
    ['a\u0085', /control/u],
    ['\uD800', /surrogate/u],
    ['a'.repeat(513), /513 characters long/u],
  ])('%j is refused', (text, wrong) => {
    const result = checkUserId(text);
    expect('wrong' in result ? result.wrong : '').toMatch(wrong);
  });

  it.each(['a'.repeat(512), '😀'.repeat(512), '...', '%2e%2e', 'auth0|123', 'a,b', '-', '../..'])(
    '%j is taken',
    (text) => {
      expect(checkUserId(text)).toEqual({ value: text });
    },
  );

  it('is refused, or becomes exactly one segment of the path', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const result = checkUserId(text);
        if ('wrong' in result) return;
        const { method, path } = removeUsernameRoute(result.value);
        expect(method).toBe('DELETE');
        const segments = path.split('/');
        expect(segments).toHaveLength(5);
        expect(segments.with(3, '')).toEqual(['', 'api', 'users', '', 'username']);
        expect(decodeURIComponent(segments[3] ?? '')).toBe(text);
        expect(path).toMatch(/^[\w/%.~!*'()-]+$/u);
        expect(new URL(path, 'https://tenant.test').pathname).toBe(path);
        expect(sentPath(path)).toBe(path);

        const read = readUserRoute(result.value);
        expect(read).toEqual({ method: 'GET', path: path.slice(0, -'/username'.length) });
        expect(new URL(read.path, 'https://tenant.test').pathname).toBe(read.path);
      }),
      { numRuns: 2000 },
    );
  });

  it('that got past the check does not get past the route', () => {
    for (const text of ['.', '..']) {
      if (!isUserId(text)) throw new Error('unreachable');
      expect(() => removeUsernameRoute(text)).toThrow('Nothing was sent');
      expect(() => readUserRoute(text)).toThrow('Nothing was sent');
    }
  });
});
