import { createHash } from 'node:crypto';

/** What the profile of one user is made from. */
export interface ProfileFacts {
  userId: string;
  /** The username the profile shows, if any. */
  username: string | undefined;
  /** Unix time in seconds. */
  lastUpdated: number;
}

/** What identifies a person in a profile, the username aside. Unlike that of any other user. */
export interface Person {
  givenName: string;
  familyName: string;
  name: string;
  email: string;
  externalEmail: string;
  phone: string;
  ip: string;
}

const CREATED = 1_640_975_400;

// Non-ASCII names, so that a client which cuts UTF-8 in the middle of a character is found out.
const GIVEN_NAMES = ['Zoë', 'José', 'Ngọc', 'Søren', 'Łucja', 'Наталья', '美咲', 'Aïcha'];
const FAMILY_NAMES = [
  'Müller',
  'Núñez',
  'Nguyễn',
  'Ångström',
  'Žižek',
  'Иванова',
  '佐藤',
  'O’Neil',
];

/** The person behind a user id, always the same for the same id. */
export function personOf(userId: string): Person {
  const digest = digestOf(userId, 'person');
  const tag = digest.toString('hex', 0, 6);
  const givenName = `${pick(GIVEN_NAMES, digest.readUInt8(6))}-${tag}`;
  const familyName = `${pick(FAMILY_NAMES, digest.readUInt8(7))}-${tag}`;
  return {
    givenName,
    familyName,
    name: `${givenName} ${familyName}`,
    email: `${tag}@people.example`,
    externalEmail: `${tag}@mail.example`,
    phone: `+44${String(digest.readUIntBE(8, 6) % 1e10).padStart(10, '0')}`,
    ip: `2001:db8:${digest.toString('hex', 14, 16)}:${digest.toString('hex', 16, 18)}::1`,
  };
}

/**
 * A user's profile, with every field of the API's documentation in the order given there.
 * @returns JSON text, as it goes over the wire.
 */
export function profileText({ userId, username, lastUpdated }: ProfileFacts): string {
  const person = personOf(userId);
  return JSON.stringify({
    creation_time: CREATED,
    passkeys: [passkeyOf(userId)],
    last_known_city: 'New York',
    private_data: privateDataOf(userId),
    last_sign_in_success_ip: person.ip,
    last_sign_in_attempt: CREATED,
    emails: [emailOf(userId, person)],
    last_activity: CREATED,
    password_updated_at: CREATED,
    public_data: {
      color_preference: { dashboard: 'monochrome' },
      send_emails: true,
      days_to_retain: 1,
    },
    disabled: false,
    connections: [{ idp: 'monocloud', connection_id: tokenOf(userId, 'connection') }],
    has_password: true,
    last_updated: lastUpdated,
    last_sign_in_attempt_ip: person.ip,
    block_until: CREATED,
    failure_count: 5,
    last_known_country: 'United States',
    phone_numbers: [phoneOf(userId, person)],
    user_id: userId,
    force_password_reset: false,
    sign_in_attempts_count: 20,
    last_sign_in_success: CREATED,
    claims: claimsOf(person),
    sign_in_success_count: 7,
    last_known_region: 'US',
    external_providers: [externalProviderOf(userId, person)],
    ...(username !== undefined && { username: usernameOf(userId, username) }),
  });
}

function privateDataOf(userId: string): object {
  return {
    transaction_ids: [tokenOf(userId, 'transaction 1'), tokenOf(userId, 'transaction 2')],
    subscription_plan: 'premium',
    last_renewed: 1_672_511_400,
  };
}

function emailOf(userId: string, { email }: Person): object {
  return {
    verification_source: 'monocloud',
    verified: true,
    id: uuidOf(userId, 'email'),
    source: 'monocloud',
    email,
    primary: true,
  };
}

function phoneOf(userId: string, { phone }: Person): object {
  return {
    verification_source: 'monocloud',
    phone,
    verified: true,
    id: uuidOf(userId, 'phone'),
    source: 'monocloud',
    primary: true,
  };
}

function claimsOf({ name, givenName, familyName }: Person): object {
  return { name, given_name: givenName, family_name: familyName };
}

function externalProviderOf(userId: string, { name, externalEmail }: Person): object {
  return {
    provider_user_id: uuidOf(userId, 'provider'),
    claims: { email: externalEmail, email_verified: 'true', name },
    authenticator: 'google',
  };
}

function usernameOf(userId: string, username: string): object {
  return { id: uuidOf(userId, 'username'), source: 'monocloud', username };
}

function passkeyOf(userId: string): object {
  return {
    public_key: digestOf(userId, 'public key').toString('base64'),
    backup_state: true,
    user_present: true,
    backup_eligibility: true,
    aa_guid: uuidOf(userId, 'authenticator'),
    name: 'iPhone 15 Pro Max',
    passkey_id: tokenOf(userId, 'passkey'),
    user_agent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0',
    user_verified: true,
  };
}

function digestOf(userId: string, purpose: string): Buffer {
  return createHash('sha256').update(`${purpose}\0${userId}`).digest();
}

function tokenOf(userId: string, purpose: string): string {
  return digestOf(userId, purpose).toString('base64url');
}

function uuidOf(userId: string, purpose: string): string {
  const hex = digestOf(userId, purpose).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function pick(names: readonly string[], byte: number): string {
  return names[byte % names.length] ?? '';
}
