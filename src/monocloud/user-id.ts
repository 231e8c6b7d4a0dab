declare const checked: unique symbol;

/** A user id that becomes exactly one path segment, for every server and gateway on the way. */
export type UserId = string & { readonly [checked]: 'user id' };

/** Why a text is not a user id. */
export type UserIdFault =
  | { readonly kind: 'empty' }
  /** `.` or `..` */
  | { readonly kind: 'dots' }
  /** A word that stands for a missing value or for the column, as `null` and `user_id`. */
  | { readonly kind: 'placeholder' }
  /** @property length in characters (code points) */
  | { readonly kind: 'too-long'; readonly length: number }
  /** @property character the first one that does not belong */
  | { readonly kind: 'character'; readonly character: string };

/** In characters. */
export const MAX_USER_ID_LENGTH = 512;

const UNEXPECTED = /[^\w\-.~|:]/u;
const PLACEHOLDERS: ReadonlySet<string> = new Set(['null', 'undefined', 'user_id']);

/**
 * A MonoCloud id is made by MonoCloud and is plain text. The check is strict because
 * `DELETE /api/users/{id}` deletes the user for good, and gateways decode `%2F`, `%3F`, `%23` and
 * `..` in ways that reach other routes. An id that was changed on the way would also pass for a user
 * that does not exist.
 *
 * @param text the id, already trimmed
 */
export function isUserId(text: string): text is UserId {
  return userIdFault(text) === undefined;
}

/** @returns why the trimmed text is not a user id; undefined where it is one */
export function userIdFault(text: string): UserIdFault | undefined {
  if (text === '') return { kind: 'empty' };
  const character = UNEXPECTED.exec(text)?.[0];
  if (character !== undefined) return { kind: 'character', character };
  // `encodeURIComponent` leaves dots alone, and `..` would climb to `DELETE /api/users/{id}`.
  if (text === '.' || text === '..') return { kind: 'dots' };
  if (PLACEHOLDERS.has(text)) return { kind: 'placeholder' };
  if (text.length > MAX_USER_ID_LENGTH) return { kind: 'too-long', length: text.length };
  return undefined;
}
