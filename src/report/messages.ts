import type { ApiKeyFault } from '../monocloud/api-key.ts';
import type { FailureCause } from '../monocloud/failure.ts';
import type { ErrorReason, UnexpectedBody } from '../monocloud/response.ts';
import type { DomainFault } from '../monocloud/tenant-domain.ts';
import type { UserIdFault } from '../monocloud/user-id.ts';
import type { RefusalReason } from '../refusal.ts';
import type { NotDone, OutcomeName, StopReason } from '../removal/outcome.ts';

/** What an annotation says. The title is fixed words: the runner does not mask it. */
export interface Message {
  readonly title: string;
  readonly text: string;
}

// ---- One user ----

/** Titles of the annotations on users that are not done. They say no more than is known. */
export const NOT_DONE_TITLES: Readonly<Record<Exclude<NotDone['outcome'], 'skipped'>, string>> = {
  'not-found': 'User not found',
  failed: 'Username not removed',
  unconfirmed: 'Removal not confirmed',
};
export const NOT_READ_TITLE = 'User not read';

/** The last line of a step with one user. */
export const RESULTS: Readonly<Record<OutcomeName, string>> = {
  removed: 'Done: the username of user {user} is removed.',
  'would-remove': 'Dry run: user {user} has a username, which would be removed.',
  'no-username': 'Done: user {user} has no username.',
  'not-found': 'Failed: user {user} does not exist.',
  failed: 'Failed: the username of user {user} was not removed.',
  unconfirmed: 'Failed: it is not known whether the username of user {user} was removed.',
  skipped: 'Failed: nothing was sent for user {user}.',
};
export const CONFIRMED_RESULT =
  'Done: the username of user {user} is removed. Reading the user confirmed it.';
export const IGNORED_RESULT =
  'Done: user {user} does not exist, which `on-not-found: ignore` accepts.';
export const NOT_READ_RESULT = 'Failed: user {user} could not be read.';

/** How the summary names outcomes, in its order. */
export const OUTCOME_LABELS: Readonly<Record<OutcomeName, string>> = {
  removed: 'Removed',
  'would-remove': 'Would be removed',
  'no-username': 'Has no username',
  'not-found': 'Not found',
  failed: 'Failed',
  unconfirmed: 'Unconfirmed',
  skipped: 'Skipped',
};

/** What happened instead of a response: with the tenant, and with the proxy where that differs. */
export const FAILURES: Readonly<
  Record<FailureCause, { readonly title: string; readonly tenant: string; readonly proxy?: string }>
> = {
  'connection-refused': {
    title: 'No connection',
    tenant:
      '{host} could not be reached. Check the domain and port, and the network of the runner.',
    proxy:
      'The proxy {host} could not be reached. Check HTTPS_PROXY and the network of the runner.',
  },
  'connection-lost': {
    title: 'Connection lost',
    tenant: 'The connection to {host} ended before a response came.',
    proxy: 'The connection to the proxy {host} ended before it answered.',
  },
  'timed-out': {
    title: 'Timed out',
    tenant: 'No complete response came within the time that `timeout` allows for one attempt.',
    proxy: 'The proxy {host} did not answer within the time that `timeout` allows for one attempt.',
  },
  'response-incomplete': {
    title: 'Response broke off',
    tenant: 'The connection to {host} ended in the middle of the response.',
  },
  'response-mismatch': {
    title: 'Response to another request',
    tenant:
      'The response was about another user, so it belongs to another request. The connection was ' +
      'closed.',
  },
  tls: {
    title: 'No secure connection',
    tenant: 'The certificate of {host} was not accepted, or {host} does not speak TLS.',
    proxy: 'The certificate of the proxy {host} was not accepted, or the proxy does not speak TLS.',
  },
  'unknown-host': {
    title: 'Unknown host',
    tenant: 'No host with the name {host} is known. Check the domain for a typo.',
    proxy: 'No proxy with the name {host} is known. Check HTTPS_PROXY for a typo.',
  },
  'lookup-failed': {
    title: 'Host not looked up',
    tenant: 'The name server of the runner gave no answer about {host}.',
    proxy: 'The name server of the runner gave no answer about the proxy {host}.',
  },
  'not-http': {
    title: 'Not HTTP',
    tenant: 'What {host} sent is not HTTP. Check the domain and port.',
    proxy: 'What the proxy {host} sent is not HTTP. Check HTTPS_PROXY.',
  },
  'headers-too-large': {
    title: 'Headers too large',
    tenant: '{host} sent response headers of more than 64 KiB.',
  },
  'proxy-refused': {
    title: 'Proxy refused',
    tenant:
      'The proxy {host} did not open a connection to the domain. Check HTTPS_PROXY and its ' +
      'credentials, and whether the proxy allows the domain.',
  },
  'proxy-unavailable': {
    title: 'Proxy unavailable',
    tenant: 'The proxy {host} could not open a connection to the domain at that time.',
  },
  'no-final-response': {
    title: 'No final response',
    tenant:
      'Interim responses (1xx) came, but no final one within the time that `timeout` allows for ' +
      'one attempt.',
  },
  cancelled: {
    title: 'Cancelled',
    tenant: 'The step was ended before a response came.',
  },
};
export const TLS_HINT =
  'Check the domain. With a private CA, or behind a proxy that inspects TLS, give the certificate ' +
  'of the CA to the runner in NODE_EXTRA_CA_CERTS.';
export const TLS_BROKE = 'The secure connection to {host} broke.';
export const KEY_NOT_SENT = 'The key was not sent.';

/** What is wrong with a response that is neither a profile nor problem details. */
export const RESPONSE_FAULTS: Readonly<
  Record<Exclude<ErrorReason['kind'], 'problem'>, { readonly title: string; readonly text: string }>
> = {
  'without-problem': { title: '', text: 'The response has no problem details.' },
  redirect: {
    title: 'Redirect not followed',
    text: 'Following it would send the API key to another place.',
  },
  'body-too-large': {
    title: 'Response too large',
    text: 'The body is longer than 1 MiB and was cut off.',
  },
  'body-encoded': {
    title: 'Response encoded',
    text: 'The body has a content encoding that was not asked for.',
  },
  'not-proven': { title: 'Not proven', text: 'The response has {body}, which proves nothing.' },
};
export const UNEXPECTED_BODIES: Readonly<Record<UnexpectedBody, string>> = {
  'not-utf-8': 'a body that is not UTF-8',
  empty: 'an empty body',
  'web-page': 'a web page',
  'not-an-object': 'a body that is not a JSON object',
  object: 'a JSON object that is not a profile with the status 200',
  'other-user': 'the profile of another user',
};

/** Of a user that the step did not get to, in the terms of RFC 9457. */
export const SKIPPED = {
  title: 'Skipped',
  detail: 'The step ended before a request for this user was sent.',
} as const;

/** Parts of the text on one user that is not done. `{…}` is filled in. */
export const PHRASES = {
  monoCloudAnswered: 'MonoCloud answered {status}.',
  serverAnswered: 'The server answered {status}.',
  proxyAnswered: 'The proxy answered {status}.',
  pointsTo: 'It points to {host}.',
  errorCode: 'Error code: {code}.',
  waitTooLong: 'The API asked to wait {asked} s, and `max-retry-wait` allows {allowed} s.',
  stopped: 'Stopped: {why}.',
  skipped: '{users} skipped.',
  gaveUp: 'Gave up after {attempts} attempts.',
} as const;

/** What to check, for the statuses that users can do something about. */
export const HINTS = {
  401:
    'Check the secret that holds the API key: it may be missing in this workflow context (secrets ' +
    'are not passed to workflows from forks), revoked, or of another tenant.',
  402: 'Check the plan of the tenant: it may not include the Management API, or a bill is due.',
  403: 'Check whether the plan of the tenant includes this.',
  404:
    'Check the user id and that the user belongs to this tenant. If the user may be deleted ' +
    'already, set `on-not-found: ignore`.',
  firewall: 'Without problem details, it may come from a firewall before the API.',
  unconfirmed:
    'It is not known whether the username was removed: run the step again, or look the user up.',
  noUsername: 'If the user may have no username already, set `on-no-username: ignore`.',
} as const;

// ---- The step ----

/**
 * Why no further user was sent: the title of the annotation, what completes "Stopped: …", and whether
 * the response of one user was the reason, rather than something about the step.
 */
export const STOPS: Readonly<Record<StopReason, Message & { readonly byUser: boolean }>> = {
  'key-rejected': {
    title: 'Stopped early',
    text: 'the API does not accept the key for this',
    byUser: true,
  },
  redirect: {
    title: 'Stopped early',
    text: 'the server redirects, and the key is not sent to another place',
    byUser: true,
  },
  tls: { title: 'Stopped early', text: 'there is no secure connection', byUser: true },
  'unknown-host': { title: 'Stopped early', text: 'the host is not known', byUser: true },
  'consecutive-failures': {
    title: 'Stopped early',
    text: '10 users in a row got no response, a 5xx, 429 or 403',
    byUser: true,
  },
  'retry-after-too-long': {
    title: 'Stopped early',
    text: 'the API asks to wait longer than `max-retry-wait` allows',
    byUser: true,
  },
  cancelled: { title: 'Cancelled', text: 'the step was cancelled', byUser: false },
  'log-closed': {
    title: 'Log closed',
    text: 'the log of the step could no longer be written',
    byUser: false,
  },
  'report-lost': {
    title: 'Report not written',
    text: 'the report or the profiles could not be written, check the free space on the disk',
    byUser: false,
  },
  'internal-error': {
    title: 'Internal error',
    text: 'the action met an unexpected error',
    byUser: false,
  },
};

/** Annotations that are not about one user's failure. `{…}` is filled in. */
export const NOTES = {
  stillShown: {
    title: 'Profile still shows a username',
    text:
      'User {user}: the API said that the username is removed, but the profile it sent still shows ' +
      'one. Look the user up if in doubt.',
  },
  otherUser: {
    title: 'Profile names another user',
    text: 'User {user}: the profile that came back has another user id ({other}).',
  },
  bareNotFound: {
    title: 'Not found, without problem details',
    text:
      'User {user}: the 404 came without MonoCloud’s problem details. It is ignored as asked; check ' +
      'that the domain is the one of your tenant.',
  },
  nobodyFound: {
    title: 'No user found',
    text:
      'None of the {count} users exists. `on-not-found: ignore` accepts that, but the domain or the ' +
      'list is probably wrong.',
  },
  moreFailures: { title: 'More users not done', text: '{count} like these: see the report.' },
  moreMessages: {
    title: 'More messages',
    text: '{count} more messages were left out: the runner shows 10 of a kind. See the report.',
  },
  nothingLeft: {
    title: 'Nothing to do',
    text: 'Of the {of} users in the report, none is left to do.',
  },
  emptyShard: { title: 'Nothing to do', text: 'Shard {shard} of the list has no users.' },
  profileTooLarge: {
    title: 'Profile too large for an output',
    text:
      'The profile is over 100 KiB, which a next step could not take, so the output `profile` is ' +
      'empty. The input `profiles-file` writes it to a file.',
  },
  resultsTooLarge: {
    title: 'Results too large for an output',
    text: 'The results are over 100 KiB, so the output `results` is empty. See the report.',
  },
  noOutputs: {
    title: 'Outputs not written',
    text:
      'The outputs could not be written to the file that the runner gave in GITHUB_OUTPUT. Check the ' +
      'free space on its disk. The log and the report say what was done.',
  },
  noSummary: {
    title: 'No job summary',
    text:
      'The job summary could not be written to the file that the runner gives in ' +
      'GITHUB_STEP_SUMMARY. Nothing else is missing.',
  },
  notClosed: {
    title: 'Report not written',
    text:
      'The end of the file of `{input}` could not be written ({code}), so its last lines may be ' +
      'missing. Check the free space on its disk. What the outputs say is true.',
  },
  endedEarly: {
    title: 'Ended early',
    text:
      'The step ended before it knew what became of its users. The report has the users that had ' +
      'ended by then.',
  },
} as const satisfies Readonly<Record<string, Message>>;

/** Lines of the log. `{…}` is filled in. */
export const LINES = {
  removing: 'Removing the username of {users} at {domain}.',
  previewing: 'Dry run: reading {users} at {domain}. Nothing is removed.',
  taken: 'Took {taken} of {of} users from the report: those that are still to be done.',
  shard: 'This is shard {shard} of the list.',
  report: 'Report: {file}',
  retrying: 'User {user}: {response}. Trying again in {wait} (attempt {attempt} of {attempts}).',
  noMoreRetries: 'Further retries are not listed.',
  attempted: 'User {user}, {kind} {number}: {response}, {took} ms',
  lineLost: 'User {user}: {outcome}, but the line could not be written to `{input}`.',
  progress: '{ended} of {users} users, {failed} not done, {perSecond} a second{left}.',
  timeLeft: ', about {left} left',
  failedAlthoughDone: 'Failed, although every user is done: {title}.',
  nothingDone: 'Done: there was no user to do.',
} as const;

/** Parts of the last line of a step with several users. `{…}` is filled in. */
export const RESULT_PARTS = {
  done: 'Done after {time}:',
  notDone: 'Failed, {failed} not done, after {time}:',
  dryRunDone: 'Dry run done after {time}:',
  dryRunNotDone: 'Dry run failed, {failed} not done, after {time}:',
  removed: '{number} of {users} removed',
  'would-remove': '{number} of {users} would lose the username',
  'no-username': '{number} had no username',
  'not-found': '{number} not found',
  failed: '{number} failed',
  unconfirmed: '{number} unconfirmed',
  skipped: '{number} skipped',
} as const;

export const INTERNAL_ERROR =
  'The action met an unexpected error ({name}). What was done until then is in the report. Please ' +
  'open an issue in the repository of the action.';

/** Headings and columns of the job summary. */
export const SUMMARY = {
  removed: 'Username removed from {count} of {users}',
  previewed: 'Dry run: {count} of {users} would lose the username',
  tenant: 'Tenant {domain}',
  shard: 'Shard {shard}',
  outcomes: ['Outcome', 'Users'],
  notDone: 'Not done',
  failures: ['User', 'Outcome', 'Status', 'What was answered'],
  planned: 'Would lose the username',
  users: ['User'],
  more: '… and {users}: see the report.',
  noText: '–',
  neverSent: 'not sent',
  noResponse: 'no response',
} as const;

// ---- Refused steps ----

export const NOTHING_SENT = 'Nothing was sent.';

/** Why a step is refused. `{…}` is filled in. */
export const REFUSALS: Readonly<Record<RefusalReason['kind'], Message>> = {
  input: { title: 'Invalid input', text: 'Input `{input}` {wrong}. {right}' },
  'certificates-not-checked': {
    title: 'Certificates are not checked',
    text:
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so anybody could take the place of the API and get the ' +
      'key. Remove it from the environment; for a private CA use NODE_EXTRA_CA_CERTS.',
  },
  'unusable-proxy': {
    title: 'Unusable proxy',
    text:
      'HTTPS_PROXY is not the URL of a proxy such as http://proxy.example.com:3128. Connecting ' +
      'without it is not what was asked for.',
  },
  'no-output-file': {
    title: 'No file for outputs',
    text:
      'GITHUB_OUTPUT {problem}, so the outputs could not be set. Run the action as a step of a ' +
      'workflow.',
  },
  'old-node': {
    title: 'Node.js is too old',
    text:
      'The action needs Node 24.5 or newer, and was started with Node {version}. Update the runner ' +
      'to 2.328.0 or newer.',
  },
};

export const OUTPUT_FILE_FAULTS = {
  'not-set': 'is not set',
  'not-a-file': 'does not name a file',
  unwritable: 'names a file that cannot be written ({code})',
} as const;

export const API_KEY_FAULTS: Readonly<Record<ApiKeyFault, string>> = {
  empty: 'is empty',
  'white-space': 'has white space inside',
  'not-visible-ascii': 'has characters other than visible ASCII',
};

export const DOMAIN_FAULTS: Readonly<Record<DomainFault, string>> = {
  empty: 'is empty',
  'white-space': 'has white space',
  backslash: 'has a backslash',
  'user-name': 'has a user name or an @',
  query: 'has a query or a fragment',
  'not-ascii': 'has characters outside of ASCII',
  scheme: 'has a scheme other than https://',
  path: 'has a path',
  port: 'has a port above 65535',
  'plain-http': 'asks for http://, which would send the key unencrypted',
  'ip-address': 'is an IP address; certificates and tenants go by name',
  'ends-like-ip-address': 'ends like an IP address',
  'not-a-host-name': 'is not a host name',
  ambiguous: 'is not a host name that a URL reads as it is written',
};

/** What is wrong with a file that an input names, and what to do. */
export const FILE_FAULTS = {
  unreadable: {
    wrong: 'names a file that cannot be read ({code}): {path}',
    right:
      'Check the path, which is relative to the workspace, and that an earlier step made the file.',
  },
  unwritable: {
    wrong: 'names a file that cannot be written ({code}): {path}',
    right: 'Check the path, which is relative to the workspace, and the space on the disk.',
  },
  'not-regular': {
    wrong: 'names something that is not a regular file: {path}',
    right: 'Give a file, not a folder, pipe or device.',
  },
  'not-private': {
    wrong: 'names a file that cannot be made readable by its owner only ({code}): {path}',
    right: 'Profiles are personal data. Give a new file, or one that belongs to the runner’s user.',
  },
  'file-too-large': {
    wrong: 'names a file of more than 256 MiB: {path}',
    right: 'Split the list.',
  },
  'not-utf-8': { wrong: 'names a file that is not UTF-8: {path}', right: 'Save it as UTF-8.' },
  'same-file': {
    wrong: 'is the same file as `{other}`',
    right: 'Give each input a file of its own.',
  },
} as const;

/** What is wrong with a list in JSON or with a report, and what to do. */
export const LIST_FAULTS = {
  'both-lists': { wrong: 'is given beside `user-id-file`', right: 'Give exactly one of the two.' },
  'no-user': {
    wrong: 'names no user',
    right:
      'Give user ids, or a file of them in `user-id-file`. If it comes from a variable or an ' +
      'earlier step, check that it is available in this workflow context.',
  },
  'broken-array': {
    wrong: 'starts with `[` but is not a JSON array',
    right: 'Give a JSON array of strings, as in `["a","b"]`, or the ids alone.',
  },
  'not-a-list': {
    wrong: 'is a JSON object and not a list',
    right: 'Give the array inside it, as with `jq .users`.',
  },
  'broken-line': {
    wrong: 'has a line {line} that is not a JSON object',
    right: 'Every line of JSON Lines is an object with a `user_id`.',
  },
  'not-a-user': {
    wrong: 'has no user id in {place}',
    right: 'Every entry is a user id in quotes, or an object with a string `user_id`.',
  },
  'report-without-end': {
    wrong: 'has a report in line {line} without an end record, so its run was killed',
    right: 'Run that step again, and use its new report.',
  },
  'report-without-run': {
    wrong: 'has a record in line {line} that does not follow a run record',
    right: 'Give reports of this action, complete and unchanged.',
  },
  'report-lacks-users': {
    wrong: 'has a report in line {line} with fewer or more users than its run had',
    right: 'Give reports of this action, complete and unchanged.',
  },
  'report-of-other-domain': {
    wrong: 'has a report in line {line} of another domain: {domain}',
    right: 'Give a report of the domain that this step has.',
  },
  'not-a-record': {
    wrong: 'has a line {line} that is not a record of a report',
    right: 'Give reports of this action, complete and unchanged.',
  },
} as const;

/** What is wrong with a value, and what to do. */
export const VALUE_FAULTS = {
  empty: {
    wrong: 'is empty',
    right:
      'Give {expected}, or leave the input out for its default. If it comes from a variable, check ' +
      'that the variable is set.',
  },
  value: { wrong: 'is {value}', right: 'It takes {expected}.' },
  'api-key': {
    wrong: '{fault}',
    right: 'Copy the key once more from Tenant Settings in the MonoCloud dashboard.',
  },
  'no-api-key': {
    wrong: '{fault}',
    right:
      'Give the Management API key from a secret. If it does come from one, check that the secret ' +
      'is available in this workflow context: workflows from forks get none.',
  },
  domain: {
    wrong: '{fault}',
    right: 'Give the domain of your tenant, as in `acme.us.monocloud.com`.',
  },
  shard: {
    wrong: 'is {value}',
    right: 'It takes the number of the shard and how many there are, as in `2/5`.',
  },
  'too-many-users': {
    wrong: 'names {users} users, and `max-users` allows {maxUsers}',
    right: 'Check the list; if it is right, raise `max-users`.',
  },
} as const;

/** What is wrong with a user id. */
export const USER_ID_FAULTS = {
  empty: 'has an empty user id in {place}',
  dots: 'has a user id in {place} that is {value}, which a URL reads as a folder',
  placeholder: 'has the word {value} in {place}, which is not a user id',
  'too-long':
    'has a user id in {place} that is {length} characters long; at most {max} are accepted',
  character: 'has a user id in {place} with {character}, which no user id has: {value}',
} as const satisfies Readonly<Record<UserIdFault['kind'], string>>;

/** What the first character that does not belong usually means. */
export const CHARACTER_HINTS = {
  quote: 'The quotes do not belong to the id: with jq, use `jq -r`.',
  separator: 'Put one id on each line.',
  at: 'An email address is not a user id.',
  unseen: 'It cannot be seen, and came along when the id was copied.',
  other: 'Give the ids as MonoCloud shows them.',
  placeholder: 'Check the step that made the list.',
} as const;
