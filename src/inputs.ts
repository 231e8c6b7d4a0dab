import { resolve } from 'node:path';
import { inputError, quoted } from './user-error.ts';
import { rawInputs, type Environment, type RawInputs } from './inputs/raw-inputs.ts';
import { oneOf, wholeNumber, yamlBoolean } from './inputs/scalars.ts';
import { userIdsFromFile, userIdsFromText } from './inputs/user-ids.ts';
import { ApiKey } from './monocloud/api-key.ts';
import { TenantDomain } from './monocloud/tenant-domain.ts';
import type { UserId } from './monocloud/user-id.ts';

/** What a step was asked to do: every input checked once, and a type of its own from here on. */
export interface Settings {
  readonly domain: TenantDomain;
  readonly apiKey: ApiKey;
  /** Each once, in the order given; at least one, at most `max-users`. */
  readonly userIds: readonly UserId[];
  readonly ignoreNotFound: boolean;
  readonly dryRun: boolean;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Further tries for one user. */
  readonly retries: number;
  /** ms for one try. */
  readonly timeout: number;
  /** ms */
  readonly maxRetryWait: number;
  /** Absolute; undefined where the action chooses a place of its own. */
  readonly reportFile: string | undefined;
  /** Absolute; undefined where no profile is written to a file. */
  readonly profilesFile: string | undefined;
}

/** The key as the workflow gave it, unchecked: to be masked before anything else happens. */
export function rawApiKey(env: Environment): string {
  return rawInputs(env)('api-key');
}

/** @throws UserError for the first input that is wrong */
export function readSettings(env: Environment): Settings {
  const inputs = rawInputs(env);
  const workspace = env['GITHUB_WORKSPACE'] ?? '.';
  const pathOf = (name: 'user-id-file' | 'report-file' | 'profiles-file'): string | undefined =>
    inputs(name) === '' ? undefined : resolve(workspace, inputs(name));

  const settings = {
    apiKey: apiKeyFrom(inputs),
    domain: domainFrom(inputs),
    ignoreNotFound: oneOf(inputs, 'on-not-found', ['fail', 'ignore']) === 'ignore',
    dryRun: yamlBoolean(inputs, 'dry-run'),
    concurrency: wholeNumber(inputs, 'concurrency', 1, 64),
    retries: wholeNumber(inputs, 'retries', 0, 10),
    timeout: wholeNumber(inputs, 'timeout', 1, 600) * 1000,
    maxRetryWait: wholeNumber(inputs, 'max-retry-wait', 0, 3600) * 1000,
    reportFile: pathOf('report-file'),
    profilesFile: pathOf('profiles-file'),
  };
  const maxUsers = wholeNumber(inputs, 'max-users', 1);
  const userIdFile = pathOf('user-id-file');
  refuseSharedFiles({
    'user-id-file': userIdFile,
    'report-file': settings.reportFile,
    'profiles-file': settings.profilesFile,
  });
  return { ...settings, userIds: userIdsFrom(inputs, userIdFile, maxUsers) };
}

function apiKeyFrom(inputs: RawInputs): ApiKey {
  const result = ApiKey.check(inputs('api-key'));
  if ('value' in result) return result.value;
  throw inputError(
    'api-key',
    result.wrong,
    'Give the Management API key from a secret. If it does come from one, check that the secret ' +
      'is available in this workflow context: workflows from forks get none.',
  );
}

function domainFrom(inputs: RawInputs): TenantDomain {
  const text = inputs('domain');
  const result = TenantDomain.check(text);
  if ('value' in result) return result.value;
  throw inputError(
    'domain',
    text === '' ? result.wrong : `${result.wrong}: ${quoted(text)}`,
    'Give the domain of your tenant, as in `acme.us.monocloud.com`.',
  );
}

function userIdsFrom(
  inputs: RawInputs,
  file: string | undefined,
  maxUsers: number,
): readonly UserId[] {
  const text = inputs('user-id');
  if (text !== '' && file !== undefined) {
    throw inputError('user-id', 'is given beside `user-id-file`', 'Give exactly one of the two.');
  }
  const userIds = file === undefined ? userIdsFromText(text) : userIdsFromFile(file);
  if (userIds.length <= maxUsers) return userIds;
  throw inputError(
    file === undefined ? 'user-id' : 'user-id-file',
    `names ${userIds.length} users, and \`max-users\` allows ${maxUsers}`,
    'Check the list; if it is right, raise `max-users`.',
  );
}

/** A report over the list of users, or two reports into one file, would destroy what is there. */
function refuseSharedFiles(files: Readonly<Record<string, string | undefined>>): void {
  const seen = new Map<string, string>();
  for (const [name, file] of Object.entries(files)) {
    if (file === undefined) continue;
    const other = seen.get(file);
    if (other !== undefined) {
      throw inputError(name, `is the same file as \`${other}\``, 'Give each a file of its own.');
    }
    seen.set(file, name);
  }
}
