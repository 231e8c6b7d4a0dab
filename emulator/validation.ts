import type { Fault, FaultOrder } from './faults.ts';
import type { Settings } from './throttle.ts';
import { EXAMPLE_USERS } from './users.ts';
import type { UserSeed } from './users.ts';

/** A value from outside is not what it should be; the message is a sentence that names the place. */
export class ValidationError extends Error {
  override name = 'ValidationError';
}

/** Reads what somebody gave in one place; a `ValidationError` then begins with its name. */
export function readFrom<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new ValidationError(`${place}: ${error.message}`);
  }
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object in a text, or undefined when that is anything else. */
export function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads faults from JSON: `{"fault": {…}, "when": {…}}`, or a list of those.
 * @throws ValidationError
 */
export function parseFaultOrders(json: string): FaultOrder[] {
  const value = parseJson('The faults', json);
  if (!Array.isArray(value)) {
    assertFaultOrder('', value);
    return [value];
  }
  return value.map((order: unknown, index) => {
    assertFaultOrder(`faults[${index}]`, order);
    return order;
  });
}

/**
 * Reads settings from JSON.
 * @throws ValidationError
 */
export function parseSettings(json: string): Settings {
  const value = parseJson('The settings', json);
  assertSettings(value);
  return value;
}

/** As MonoCloud makes them; anything else is a mistake in the list. */
const USER_ID = /^(?!\.{1,2}$)[\w.~|:-]{1,512}$/u;

/**
 * Reads users from text: ids separated by line breaks, commas or spaces, or how many there are, or
 * nothing for the few with telling ids.
 * @returns what `EmulatorOptions.users` takes
 * @throws ValidationError
 */
export function parseUsers(text: string): readonly UserSeed[] | number {
  const ids = text.split(/[\s,]+/u).filter((id) => id !== '');
  const [first] = ids;
  if (first === undefined) return EXAMPLE_USERS;
  if (ids.length === 1 && /^\d+$/u.test(first)) {
    return parseWholeNumber('The number of users', first, 1, 1_000_000);
  }
  const bad = ids.find((id) => !USER_ID.test(id));
  if (bad === undefined) return ids;
  throw new ValidationError(
    `${JSON.stringify(bad.slice(0, 80))} is not a user id. Ids have letters, digits and - _ . ~ | : only, 512 at most.`,
  );
}

/**
 * Reads a whole number; `what` begins the sentence of the error.
 * @throws ValidationError
 */
export function parseWholeNumber(what: string, text: string, from: number, to: number): number {
  const number = Number(text);
  if (/^\d+$/u.test(text) && number >= from && number <= to) return number;
  throw new ValidationError(
    `${what} must be a whole number from ${from} to ${to}, not ${JSON.stringify(text.slice(0, 80))}.`,
  );
}

/** Checks the value at a place, as in `faults[0].when`; throws a `ValidationError`. */
type Check = (place: string, value: unknown) => void;
type Checks = Readonly<Record<string, Check>>;

function check(wanted: string, holds: (value: unknown) => boolean): Check {
  return (place, value) => {
    if (!holds(value)) throw new ValidationError(`${place} must be ${wanted}.`);
  };
}

function isWholeFrom(value: unknown, from: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= from;
}

// The characters that Node's HTTP server agrees to send in a header.
function isHeaderText(value: unknown): boolean {
  return typeof value === 'string' && /^[\t\u0020-\u007E\u0080-\u00FF]*$/u.test(value);
}

const text = check('a string', (value) => typeof value === 'string');
const headerText = check('a string that can be sent in a header', isHeaderText);
const flag = check('true or false', (value) => typeof value === 'boolean');
const count = check('a whole number from 0 up', (value) => isWholeFrom(value, 0));
const countFrom1 = check('a whole number from 1 up', (value) => isWholeFrom(value, 1));
const interval = check('a whole number of milliseconds from 1 up', (value) =>
  isWholeFrom(value, 1),
);
const status = check(
  'a status from 200 to 599',
  (value) => isWholeFrom(value, 200) && Number(value) <= 599,
);
const retryAfter = check(
  'a whole number from 0 up or a string that can be sent in a header',
  (value) => isHeaderText(value) || isWholeFrom(value, 0),
);
const object = check('an object', isRecord);
const headers = check(
  'an object of strings or lists of strings',
  (value) =>
    isRecord(value) &&
    Object.entries(value).every(
      ([name, header]) =>
        /^[\w!#$%&'*+.^`|~-]+$/u.test(name) && [header].flat().every((line) => isHeaderText(line)),
    ),
);

function oneOf(...choices: (string | number | boolean)[]): Check {
  return check(`one of ${choices.join(', ')}`, (value) => choices.some((c) => c === value));
}

function orNull(present: Check): Check {
  return (place, value) => {
    if (value !== null) present(place, value);
  };
}

/** An object that has the required members, and of others only those named. */
function shape(required: Checks, others: Checks = {}): Check {
  const known = new Map([...Object.entries(required), ...Object.entries(others)]);
  return (place, value) => {
    if (!isRecord(value)) throw new ValidationError(`${place || 'It'} must be an object.`);
    for (const name of Object.keys(value)) {
      if (known.has(name)) continue;
      throw new ValidationError(
        `${member(place, name)} is not known; known are ${[...known.keys()].join(', ')}.`,
      );
    }
    for (const [name, checkMember] of known) {
      if (Object.hasOwn(value, name)) checkMember(member(place, name), value[name]);
      else if (Object.hasOwn(required, name)) {
        throw new ValidationError(`${member(place, name)} is missing.`);
      }
    }
  };
}

function member(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}

const apply = flag;
const FAULTS: Record<Fault['kind'], readonly [required: Checks, others?: Checks]> = {
  late: [{ ms: count }],
  answer: [{ status }, { headers, body: text, apply }],
  problem: [
    { status, problem: object },
    { retryAfter, apply },
  ],
  'rate-limited': [{ retryAfter }, { apply }],
  drop: [{}, { apply }],
  'break-off': [{}, { after: count, how: oneOf('content-length', 'chunked', 'bad-chunk'), apply }],
  stall: [{ where: oneOf('headers', 'body') }, { interim: flag, apply }],
  drip: [{ everyMs: interval }, { bytes: count, apply }],
  redirect: [{ status, location: headerText }, { apply }],
  html: [{}, { status, apply }],
  oversize: [{ bytes: count }, { status, how: oneOf('content-length', 'chunked'), apply }],
  informational: [{ status: oneOf(101, 102, 103), everyMs: interval }, { apply }],
  raw: [{ bytes: text }, { apply }],
  'profile-of': [{ user: text }, { apply }],
  'second-answer': [{}, { afterMs: count, user: text, status, headers, body: text }],
  'large-headers': [{ bytes: count }],
};

const fault: Check = (place, value) => {
  object(place, value);
  const { kind, ...members } = isRecord(value) ? value : {};
  const checks = Object.entries(FAULTS).find(([name]) => name === kind)?.[1];
  if (checks === undefined) {
    throw new ValidationError(`${place}.kind must be one of ${Object.keys(FAULTS).join(', ')}.`);
  }
  shape(...checks)(place, members);
};

const when = shape(
  {},
  {
    user: text,
    method: check('a method in upper case', (value) => /^[A-Z]+$/u.test(String(value))),
    next: check("a whole number from 0 up or 'all'", (v) => isWholeFrom(v, 0) || v === 'all'),
  },
);

const faultOrder = shape({ fault }, { when });

const settings = shape(
  {},
  {
    latency: count,
    rateLimit: orNull(shape({ perSecond: countFrom1 }, { retryAfter })),
    unavailable: orNull(shape({}, { forMs: count, status, retryAfter })),
    maxInFlight: orNull(shape({ limit: count }, { status, retryAfter })),
    closeKept: oneOf(true, false, 'after-answer', 'on-next-request'),
  },
);

function assertFaultOrder(place: string, value: unknown): asserts value is FaultOrder {
  faultOrder(place, value);
}

function assertSettings(value: unknown): asserts value is Settings {
  settings('', value);
}

function parseJson(what: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ValidationError(`${what} must be valid JSON.`);
  }
}
