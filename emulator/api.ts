import { emptyAnswer, problemAnswer, profileAnswer } from './answers.ts';
import type { Answer, ProblemFacts } from './answers.ts';
import type { UserStore } from './users.ts';
import { parseRecord } from './validation.ts';

/** A request as the API sees it. */
export interface ApiRequest {
  method: string;
  /** The raw request target. */
  path: string;
  apiKey: string | undefined;
  body: string;
}

/** What the API answers from. */
export interface Tenant {
  users: UserStore;
  apiKey: string;
  /** Keys that are known but may not manage users. */
  forbiddenKeys: ReadonlySet<string>;
  /** The ids of users who were deleted, and not only their usernames. */
  deletedUsers: string[];
}

/** Does what a request asks for and says so. */
export function answerRequest(tenant: Tenant, request: ApiRequest): Answer {
  const target = readTarget(request.path);
  const instance = request.path;
  if (target.kind === 'unknown') return emptyAnswer(404);

  const refusal = refusedKey(tenant, request.apiKey, instance);
  if (refusal !== undefined) return refusal;
  if (target.kind === 'malformed') {
    return problemAnswer(400, { instance, detail: 'The user id is not valid percent-encoding.' });
  }

  if (target.kind === 'users') {
    return request.method === 'GET'
      ? listUsers(tenant.users, target.query, instance)
      : emptyAnswer(405, { allow: 'GET' });
  }

  const { kind, id } = target;
  switch (`${request.method} ${kind}`) {
    case 'GET user':
      return withUser(tenant, id, instance, () => profileAnswer(tenant.users.profile(id)));
    case 'DELETE user':
      return withUser(tenant, id, instance, () => {
        tenant.users.delete(id);
        return emptyAnswer(204);
      });
    case 'DELETE username':
      return withUser(tenant, id, instance, () => removeUsername(tenant.users, id, instance));
    case 'PUT username':
      return withUser(tenant, id, instance, () => setUsername(tenant.users, id, request));
    default:
      return emptyAnswer(405, { allow: kind === 'user' ? 'GET, DELETE' : 'PUT, DELETE' });
  }
}

function refusedKey(
  { apiKey, forbiddenKeys }: Tenant,
  given: string | undefined,
  instance: string,
): Answer | undefined {
  if (given === apiKey) return undefined;
  if (given !== undefined && forbiddenKeys.has(given)) {
    return problemAnswer(403, { instance, detail: 'The API key may not manage users.' });
  }
  return problemAnswer(401, { instance, detail: 'The API key is missing or invalid.' });
}

function withUser({ users }: Tenant, id: string, instance: string, answer: () => Answer): Answer {
  if (users.has(id)) return answer();
  return problemAnswer(404, { instance, detail: 'The user was not found.' });
}

/** What a query may ask for; a user of the real API gets an error, too, for anything else. */
const PAGE = {
  page: { from: 1, to: Infinity, default: 1 },
  size: { from: 1, to: 100, default: 10 },
};

function listUsers(users: UserStore, query: string, instance: string): Answer {
  const asked = new URLSearchParams(query);
  const page = wholeNumber(asked.get('page'), PAGE.page);
  const size = wholeNumber(asked.get('size'), PAGE.size);
  if (page === undefined || size === undefined) {
    const errors = {
      ...(page === undefined && { page: ['The page must be a whole number from 1 up.'] }),
      ...(size === undefined && { size: ['The size must be a whole number from 1 to 100.'] }),
    };
    return validationProblem(instance, 'validation-error', errors);
  }
  const ids = users.search(asked.get('filter') ?? '');
  const [start, end] = [(page - 1) * size, page * size];
  const pagination = {
    page_size: size,
    current_page: page,
    total_count: ids.length,
    has_previous: page > 1,
    has_next: end < ids.length,
  };
  const { status, headers, body } = profileAnswer(
    `[${ids
      .slice(start, end)
      .map((id) => users.profile(id))
      .join(',')}]`,
  );
  return { status, headers: { ...headers, 'x-pagination': JSON.stringify(pagination) }, body };
}

function wholeNumber(
  given: string | null,
  range: { from: number; to: number; default: number },
): number | undefined {
  if (given === null) return range.default;
  const number = Number(given);
  return /^\d+$/u.test(given) && number >= range.from && number <= range.to ? number : undefined;
}

function validationProblem(
  instance: string,
  kind: NonNullable<ProblemFacts['kind']>,
  errors: NonNullable<ProblemFacts['errors']>,
): Answer {
  const what = kind === 'validation-error' ? 'validation' : 'identity validation';
  const detail = `One or more ${what} errors occurred.`;
  return problemAnswer(422, { instance, kind, detail, errors });
}

function removeUsername(users: UserStore, id: string, instance: string): Answer {
  if (!users.hasUsername(id)) {
    return validationProblem(instance, 'identity-validation-error', [
      { code: 'UsernameNotFound', description: 'The user does not have a username.' },
    ]);
  }
  users.removeUsername(id);
  return profileAnswer(users.profile(id));
}

function setUsername(users: UserStore, id: string, { path, body }: ApiRequest): Answer {
  const username = usernameOf(body);
  if (username === undefined) {
    return validationProblem(path, 'validation-error', {
      username: ['The username field is required and must be a non-empty string.'],
    });
  }
  const owner = users.ownerOf(username);
  if (owner !== undefined && owner !== id) {
    return validationProblem(path, 'identity-validation-error', [
      { code: 'DuplicateUserName', description: `Username '${username}' is taken.` },
    ]);
  }
  users.setUsername(id, username);
  return profileAnswer(users.profile(id));
}

function usernameOf(body: string): string | undefined {
  const username = parseRecord(body)?.['username'];
  return typeof username === 'string' && username.trim() !== '' ? username : undefined;
}

/** What a request target means to the API. */
export type Target =
  | { kind: 'user'; id: string }
  | { kind: 'username'; id: string }
  | { kind: 'users'; query: string }
  | { kind: 'malformed' }
  | { kind: 'unknown' };

/**
 * Reads a raw request target as a lenient server behind a lenient proxy would: dot segments climb,
 * also when they are percent-encoded, empty segments and letter case are overlooked, `?` and `#`
 * end the path. Lenient, so that every target that some server takes for a user counts as one.
 */
export function readTarget(target: string): Target {
  const [root, users, rawId, last, ...rest] = segmentsOf(target);
  if (!isWord(root, 'api') || !isWord(users, 'users') || rest.length > 0) {
    return { kind: 'unknown' };
  }
  if (rawId === undefined) return { kind: 'users', query: target.split('?')[1] ?? '' };
  if (last !== undefined && !isWord(last, 'username')) return { kind: 'unknown' };

  const id = decode(rawId);
  if (id === undefined) return { kind: 'malformed' };
  return { kind: last === undefined ? 'user' : 'username', id };
}

function segmentsOf(target: string): string[] {
  const [path = ''] = target.replace(/^https?:\/\/[^/]*/iu, '').split(/[?#]/u, 1);
  const segments: string[] = [];
  for (const segment of path.split(/[/\\]/u)) {
    const plain = segment.replaceAll(/%2e/giu, '.');
    if (plain === '..') segments.pop();
    else if (plain !== '.' && plain !== '') segments.push(segment);
  }
  return segments;
}

function isWord(segment: string | undefined, word: string): boolean {
  return segment?.toLowerCase() === word;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
