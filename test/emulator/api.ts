import { emptyAnswer, problemAnswer, profileAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { parseRecord } from './json.ts';
import { readTarget } from './target.ts';
import type { UserStore } from './users.ts';

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
  /** The ids of users who were deleted whole. */
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

function removeUsername(users: UserStore, id: string, instance: string): Answer {
  if (!users.hasUsername(id)) {
    return problemAnswer(422, {
      instance,
      kind: 'identity-validation-error',
      detail: 'One or more identity validation errors occurred.',
      errors: [{ code: 'UsernameNotFound', description: 'The user does not have a username.' }],
    });
  }
  users.removeUsername(id);
  return profileAnswer(users.profile(id));
}

function setUsername(users: UserStore, id: string, { path, body }: ApiRequest): Answer {
  const username = usernameOf(body);
  if (username === undefined) {
    return problemAnswer(422, {
      instance: path,
      kind: 'validation-error',
      detail: 'One or more validation errors occurred.',
      errors: { username: ['The username field is required and must be a non-empty string.'] },
    });
  }
  const owner = users.ownerOf(username);
  if (owner !== undefined && owner !== id) {
    return problemAnswer(422, {
      instance: path,
      kind: 'identity-validation-error',
      detail: 'One or more identity validation errors occurred.',
      errors: [{ code: 'DuplicateUserName', description: `Username '${username}' is taken.` }],
    });
  }
  users.setUsername(id, username);
  return profileAnswer(users.profile(id));
}

function usernameOf(body: string): string | undefined {
  const username = parseRecord(body)?.['username'];
  return typeof username === 'string' && username.trim() !== '' ? username : undefined;
}
