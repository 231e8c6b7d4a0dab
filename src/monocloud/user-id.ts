import type { Checked } from './checked.ts';

declare const checked: unique symbol;

/** A user id that becomes exactly one path segment, whatever it is made of. */
export type UserId = string & { readonly [checked]: 'user id' };

/** In characters as a person counts them (code points). */
const LONGEST_USER_ID = 512;

/** @param text the id, already trimmed */
export function checkUserId(text: string): Checked<UserId> {
  return isUserId(text) ? { value: text } : { wrong: complaint(text) ?? 'is not a user id' };
}

function isUserId(text: string): text is UserId {
  return complaint(text) === undefined;
}

function complaint(text: string): string | undefined {
  if (text === '') return 'is empty';
  // `encodeURIComponent` leaves dots alone, and `..` would climb to `DELETE /api/users/{id}`.
  if (text === '.' || text === '..') return `is \`${text}\`, which a URL reads as a folder`;
  if (/\p{Cc}/u.test(text)) return 'has a control character';
  if (!text.isWellFormed()) return 'has half of a surrogate pair, which no URL can carry';
  const length = Array.from(text).length;
  if (length > LONGEST_USER_ID) {
    return `is ${length} characters long; at most ${LONGEST_USER_ID} are taken`;
  }
  return undefined;
}
