import { personOf, profileText } from './profile.ts';
import type { Person } from './profile.ts';

/** A user to begin with: an id alone has a username made from it. */
export type UserSeed =
  | string
  | {
      id: string;
      /** `null`: the user has none. Default: made from the id. */
      username?: string | null;
      /** The profile goes on showing the username after its removal, as MonoCloud's own example does. */
      showsRemovedUsername?: boolean;
    };

/** A user as the store keeps it; the profile is made only when it is asked for. */
export interface StoredUser {
  readonly id: string;
  readonly username: string | undefined;
}

interface UserRecord {
  username: string | undefined;
  shownUsername: string | undefined;
  showsRemovedUsername: boolean;
  lastUpdated: number;
}

/** The users an emulator starts with when nothing else is asked for. */
export const EXAMPLE_USERS: readonly UserSeed[] = [
  'user-with-username',
  'another-user-with-username',
  { id: 'user-without-username', username: null },
  { id: 'user-still-shown', showsRemovedUsername: true },
];

/** Seeds for `count` users, `user-1` and on, each with a username. */
export function* numberedUsers(count: number): Generator<UserSeed> {
  for (let number = 1; number <= count; number += 1) yield `user-${number}`;
}

/** The users of one emulator, in memory. */
export class UserStore {
  readonly #records = new Map<string, UserRecord>();
  readonly #owners = new Map<string, string>();

  constructor(seeds: Iterable<UserSeed>) {
    for (const seed of seeds) this.add(seed);
  }

  get size(): number {
    return this.#records.size;
  }

  /** Adds a user, or puts one that exists back to what the seed says. */
  add(seed: UserSeed): void {
    const {
      id,
      username,
      showsRemovedUsername = false,
    } = typeof seed === 'string' ? { id: seed } : seed;
    this.delete(id);
    const initial = username === undefined ? `login-of-${id}` : (username ?? undefined);
    this.#records.set(id, {
      username: initial,
      shownUsername: initial,
      showsRemovedUsername,
      lastUpdated: now(),
    });
    if (initial !== undefined) this.#owners.set(ownerKey(initial), id);
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  get(id: string): StoredUser | undefined {
    const record = this.#records.get(id);
    return record && { id, username: record.username };
  }

  /** All ids, in the order they were added. */
  ids(): string[] {
    return [...this.#records.keys()];
  }

  /**
   * The ids of the users of whom the id, the shown username or an email address contains a text, in
   * the order they were added. Lenient, as such filters are: it matches more users than one means.
   */
  search(text: string): string[] {
    const wanted = text.toLowerCase();
    return this.ids().filter((id) => {
      const { email } = personOf(id);
      const texts = [id, this.#record(id).shownUsername ?? '', email];
      return texts.some((candidate) => candidate.toLowerCase().includes(wanted));
    });
  }

  /** Whether the user really has a username, whatever its profile shows. */
  hasUsername(id: string): boolean {
    return this.#records.get(id)?.username !== undefined;
  }

  /** How many users have a username and how many have none. */
  counts(): { withUsername: number; withoutUsername: number } {
    const withUsername = this.#owners.size;
    return { withUsername, withoutUsername: this.#records.size - withUsername };
  }

  /** The JSON text that would be sent for a user now. Throws for an unknown id. */
  profile(id: string): string {
    const { shownUsername, lastUpdated } = this.#record(id);
    return profileText({ userId: id, username: shownUsername, lastUpdated });
  }

  /** The same; for an unknown id, the profile of a user who has no username. */
  anyProfile(id: string): string {
    if (this.has(id)) return this.profile(id);
    return profileText({ userId: id, username: undefined, lastUpdated: now() });
  }

  /** Texts of the user's profile that no log may show. Throws for an unknown id. */
  personalData(id: string): string[] {
    const { shownUsername } = this.#record(id);
    return [
      ...personalTexts(personOf(id)),
      ...(shownUsername === undefined ? [] : [shownUsername]),
    ];
  }

  /** The id of the user who has this username; letter case makes no difference. */
  ownerOf(username: string): string | undefined {
    return this.#owners.get(ownerKey(username));
  }

  /** Removes the username. Throws for an unknown id. */
  removeUsername(id: string): void {
    const record = this.#record(id);
    if (record.username !== undefined) this.#owners.delete(ownerKey(record.username));
    record.username = undefined;
    if (!record.showsRemovedUsername) record.shownUsername = undefined;
    record.lastUpdated = now();
  }

  /** Gives the user a username that nobody has. Throws for an unknown id. */
  setUsername(id: string, username: string): void {
    const record = this.#record(id);
    if (record.username !== undefined) this.#owners.delete(ownerKey(record.username));
    record.username = username;
    record.shownUsername = username;
    record.lastUpdated = now();
    this.#owners.set(ownerKey(username), id);
  }

  /** Deletes the user, and not only its username. */
  delete(id: string): void {
    const username = this.#records.get(id)?.username;
    if (username !== undefined) this.#owners.delete(ownerKey(username));
    this.#records.delete(id);
  }

  #record(id: string): UserRecord {
    const record = this.#records.get(id);
    if (record === undefined) throw new Error(`the emulator has no user ${JSON.stringify(id)}`);
    return record;
  }
}

function personalTexts(person: Person): string[] {
  const { name, givenName, familyName, email, externalEmail, phone, ip } = person;
  return [name, givenName, familyName, email, externalEmail, phone, ip];
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function ownerKey(username: string): string {
  return username.toUpperCase();
}
