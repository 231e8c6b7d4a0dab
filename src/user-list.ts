import { readFileSync, statSync } from 'node:fs';
import { isReport, usersOfReports, type Line } from './earlier-reports.ts';
import { decodeUtf8, isJsonObject, parseJson, parseJsonObject } from './monocloud/json.ts';
import { isUserId, userIdFault, type UserId } from './monocloud/user-id.ts';
import { fileErrorCode, inputRefusal, type Place, type Refuse } from './refusal.ts';
import type { Settings, Shard } from './settings.ts';

/** bytes: a larger `user-id-file` is refused (256 MiB). */
const MAX_FILE_BYTES = 268_435_456;

export interface UserListSource {
  /** The input `user-id`, trimmed; empty where it was not given. */
  readonly text: string;
  /** The input `user-id-file` as an absolute path. */
  readonly file: string | undefined;
  /** The tenant's domain as people read it: a report has to be of the same. */
  readonly domain: string;
  readonly shard: Shard | undefined;
  /** The most users that are accepted, of the shard where there is one. */
  readonly maxUsers: number;
}

type UserList = Pick<Settings, 'userIds' | 'taken'>;

/**
 * Reads the list of users from whichever input has it: each id checked, once, in the order given.
 *
 * @throws Refusal for the first thing that is wrong, with its place
 */
export function readUserList(source: UserListSource): UserList {
  const { text, file, domain, shard, maxUsers } = source;
  if (text !== '' && file !== undefined) throw inputRefusal('user-id', { kind: 'both-lists' });
  const refuse: Refuse = (fault) =>
    inputRefusal(file === undefined ? 'user-id' : 'user-id-file', fault);

  const list = file === undefined ? listInText(text, refuse) : listInFile(file, domain, refuse);
  if (list.userIds.length === 0 && list.taken === undefined) throw refuse({ kind: 'no-user' });
  const userIds = shard === undefined ? list.userIds : partOf(list.userIds, shard);
  if (userIds.length > maxUsers) {
    throw refuse({ kind: 'too-many-users', users: userIds.length, maxUsers });
  }
  return { userIds, taken: list.taken };
}

/**
 * The part of a list that a shard has. The parts follow each other, and together they are the list,
 * so every user is in exactly one.
 */
export function partOf<T>(list: readonly T[], { index, count }: Shard): readonly T[] {
  const end = (shard: number): number => Math.floor((list.length * shard) / count);
  return list.slice(end(index - 1), end(index));
}

/** The input `user-id`: ids between line breaks, spaces and commas, or a JSON array. */
function listInText(text: string, refuse: Refuse): UserList {
  if (text.startsWith('[')) return listOf(usersOfArray(text, refuse));
  if (text.startsWith('{')) throw refuse({ kind: 'not-a-list' });
  const lines = text.split(/\r\n|\n|\r/u);
  const userIds = lines.flatMap((line, index) => {
    // No other white space: it may be one that is not seen, and an id would become two.
    const entries = line
      .split(/[ \t,]/u)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    return entries.map((entry, place) => {
      const unit = lines.length > 1 ? 'line' : 'entry';
      const number = lines.length > 1 ? index + 1 : place + 1;
      return checkUserId(entry, { unit, number }, refuse);
    });
  });
  return listOf(userIds);
}

/** The file of `user-id-file`: one id a line, a JSON array, JSON Lines, or reports of this action. */
function listInFile(file: string, domain: string, refuse: Refuse): UserList {
  const text = decodeUtf8(readBytes(file, refuse));
  if (text === undefined) throw refuse({ kind: 'not-utf-8', path: file });
  const start = text.trimStart();
  if (start.startsWith('[')) return listOf(usersOfArray(text, refuse));
  if (!start.startsWith('{')) return listOf(usersOfLines(text, refuse));
  const lines = linesOf(text);
  if (isReport(lines)) {
    const checked = (id: string, line: number): UserId =>
      checkUserId(id, { unit: 'line', number: line }, refuse);
    return usersOfReports(lines, domain, checked, refuse);
  }
  return listOf(usersOfJsonLines(text, lines, refuse));
}

function listOf(userIds: Iterable<UserId>): UserList {
  return { userIds: [...new Set(userIds)], taken: undefined };
}

function linesOf(text: string): readonly Line[] {
  return text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
}

function usersOfLines(text: string, refuse: Refuse): UserId[] {
  return linesOf(text).map(({ number, text: entry }) =>
    checkUserId(entry, { unit: 'line', number }, refuse),
  );
}

function usersOfArray(text: string, refuse: Refuse): UserId[] {
  const value = parseJson(text);
  if (!Array.isArray(value)) throw refuse({ kind: 'broken-array' });
  const entries: readonly unknown[] = value;
  return entries.map((entry, index) => userOf(entry, { unit: 'entry', number: index + 1 }, refuse));
}

function usersOfJsonLines(text: string, lines: readonly Line[], refuse: Refuse): UserId[] {
  // One object over several lines, as a formatted answer of the API.
  const object = parseJsonObject(text);
  if (object !== undefined) {
    if (typeof object['user_id'] !== 'string') throw refuse({ kind: 'not-a-list' });
    return [userOf(object, { unit: 'entry', number: 1 }, refuse)];
  }
  return lines.map(({ number, text: line }) => {
    const entry = parseJsonObject(line);
    if (entry === undefined) throw refuse({ kind: 'broken-line', line: number });
    return userOf(entry, { unit: 'line', number }, refuse);
  });
}

/** A string, or an object with a string `user_id`, which is what `GET /api/users` answers. */
function userOf(entry: unknown, place: Place, refuse: Refuse): UserId {
  const userId = isJsonObject(entry) ? entry['user_id'] : entry;
  if (typeof userId !== 'string') throw refuse({ kind: 'not-a-user', place });
  return checkUserId(userId.trim(), place, refuse);
}

function checkUserId(text: string, place: Place, refuse: Refuse): UserId {
  if (isUserId(text)) return text;
  throw refuse({ kind: 'user-id', fault: userIdFault(text) ?? { kind: 'empty' }, place, text });
}

function readBytes(file: string, refuse: Refuse): Uint8Array {
  const attempt = <T>(operation: () => T): T => {
    try {
      return operation();
    } catch (error) {
      throw refuse({ kind: 'unreadable', path: file, code: fileErrorCode(error) });
    }
  };
  // Before it is opened: opening a pipe that nobody writes to would wait for ever.
  const stats = attempt(() => statSync(file));
  if (!stats.isFile()) throw refuse({ kind: 'not-regular', path: file });
  if (stats.size > MAX_FILE_BYTES) throw refuse({ kind: 'file-too-large', path: file });
  return attempt(() => readFileSync(file));
}
