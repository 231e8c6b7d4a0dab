import type { UserId } from './user-id.ts';

/** The two routes that this action may use, and their methods. There is no way to name a third. */
export type Route =
  | { readonly method: 'DELETE'; readonly path: string }
  | { readonly method: 'GET'; readonly path: string };

/** `DELETE /api/users/{user_id}/username`: removes the username. */
export function removeUsernameRoute(userId: UserId): Route {
  const path = `/api/users/${encodeURIComponent(userId)}/username`;
  assertPath(path, /^\/api\/users\/[^/]+\/username$/u);
  return { method: 'DELETE', path };
}

/** `GET /api/users/{user_id}`: reads the profile. */
export function readUserRoute(userId: UserId): Route {
  const path = `/api/users/${encodeURIComponent(userId)}`;
  assertPath(path, /^\/api\/users\/[^/]+$/u);
  return { method: 'GET', path };
}

/**
 * The last check before a request leaves: `DELETE /api/users/{id}` deletes a user for good, so a
 * path that any server or proxy on the way could read as another one is a bug worth dying for.
 */
function assertPath(path: string, expected: RegExp): void {
  const asParsed = new URL(path, 'https://path.invalid').pathname;
  if (asParsed !== path || !expected.test(path)) {
    throw new Error('The path of a request is not the one that was asked for. Nothing was sent.');
  }
}
