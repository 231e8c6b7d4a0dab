import { readFileSync } from 'node:fs';
import { decodeUtf8 } from '../monocloud/json.ts';
import { checkUserId, type UserId } from '../monocloud/user-id.ts';
import { codeOf, inputError, quoted } from '../user-error.ts';

type UserIdInput = 'user-id' | 'user-id-file';

const AT_LEAST_ONE = {
  'user-id':
    'Give one user id a line, or a JSON array of strings, or use `user-id-file`. If it comes from ' +
    'a variable or an earlier step, check that it is available in this workflow context.',
  'user-id-file': 'Put one user id on each line of it.',
} as const;

/** The input `user-id`: one id a line, or a JSON array of strings. */
export function userIdsFromText(text: string): readonly UserId[] {
  return text.startsWith('[') ? userIdsFromArray(text) : userIdsFromLines('user-id', text);
}

/** @param file absolute. One id a line; UTF-8 with or without a BOM, lines end with LF or CRLF */
export function userIdsFromFile(file: string): readonly UserId[] {
  const text = decodeUtf8(readBytes(file));
  if (text === undefined) {
    throw inputError('user-id-file', 'names a file that is not UTF-8', 'Save it as UTF-8.');
  }
  return userIdsFromLines('user-id-file', text);
}

function userIdsFromLines(input: UserIdInput, text: string): readonly UserId[] {
  const userIds = new Set<UserId>();
  for (const [index, line] of text.split('\n').entries()) {
    const entry = line.trim();
    if (entry !== '') userIds.add(userIdFromLine(input, entry, `line ${index + 1}`));
  }
  return atLeastOne(input, userIds);
}

function userIdFromLine(input: UserIdInput, entry: string, where: string): UserId {
  if (!entry.includes(',')) return checked(input, entry, where);
  throw inputError(
    input,
    `has a comma in ${where} (${quoted(entry)})`,
    'Put each user on a line of its own. If the comma belongs to the id, give the ids as a JSON ' +
      'array in `user-id`.',
  );
}

function userIdsFromArray(text: string): readonly UserId[] {
  const entries = parseArray(text);
  if (entries === undefined) {
    throw inputError(
      'user-id',
      'starts with `[` but is not a JSON array',
      'Give a JSON array of strings, as in `["a","b"]`, or one user id a line.',
    );
  }
  const userIds = entries.map((entry, index) => {
    const where = `entry ${index + 1}`;
    if (typeof entry === 'string') return checked('user-id', entry.trim(), where);
    throw inputError(
      'user-id',
      `has an ${where} that is not a string`,
      'Every entry of the JSON array is a user id in quotes.',
    );
  });
  return atLeastOne('user-id', new Set(userIds));
}

function checked(input: UserIdInput, text: string, where: string): UserId {
  const result = checkUserId(text);
  if ('value' in result) return result.value;
  throw inputError(
    input,
    `has a user id in ${where} that ${result.wrong}`,
    'Give the ids as MonoCloud shows them.',
  );
}

function atLeastOne(input: UserIdInput, userIds: ReadonlySet<UserId>): readonly UserId[] {
  if (userIds.size === 0) throw inputError(input, 'names no user', AT_LEAST_ONE[input]);
  return [...userIds];
}

function parseArray(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw inputError(
      'user-id-file',
      `names a file that cannot be read (${codeOf(error)}): ${quoted(file)}`,
      'Check the path, which is relative to the workspace, and that an earlier step made the file.',
    );
  }
}
