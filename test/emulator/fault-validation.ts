import type { Fault, When } from './faults.ts';
import { isRecord } from './json.ts';

interface Check {
  wanted: string;
  holds: (value: unknown) => boolean;
}

const text: Check = { wanted: 'a string', holds: (value) => typeof value === 'string' };
// The characters that Node's HTTP server agrees to send in a header.
const headerText: Check = {
  wanted: 'a string that can be sent in a header',
  holds: (value) => typeof value === 'string' && /^[\t\u0020-\u007E\u0080-\u00FF]*$/u.test(value),
};
const flag: Check = { wanted: 'true or false', holds: (value) => typeof value === 'boolean' };
const count: Check = {
  wanted: 'a whole number from 0 up',
  holds: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
};
const interval: Check = {
  wanted: 'a whole number of milliseconds from 1 up',
  holds: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
};
const status: Check = {
  wanted: 'a status from 200 to 599',
  holds: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
};
const retryAfter: Check = {
  wanted: 'a whole number from 0 up or a string that can be sent in a header',
  holds: (value) => headerText.holds(value) || count.holds(value),
};
const object: Check = { wanted: 'an object', holds: isRecord };
const headers: Check = {
  wanted: 'an object of strings or lists of strings',
  holds: (value) =>
    isRecord(value) &&
    Object.entries(value).every(
      ([name, header]) =>
        /^[\w!#$%&'*+.^`|~-]+$/u.test(name) &&
        (headerText.holds(header) ||
          (Array.isArray(header) && header.every((line) => headerText.holds(line)))),
    ),
};

function oneOf(...choices: (string | number)[]): Check {
  return {
    wanted: `one of ${choices.join(', ')}`,
    holds: (value) => choices.some((c) => c === value),
  };
}

interface Shape {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
}

const SHAPES: Record<Fault['kind'], Shape> = {
  late: { required: { ms: count } },
  answer: { required: { status }, optional: { headers, body: text, apply: flag } },
  problem: {
    required: { status, problem: object },
    optional: { retryAfter, apply: flag },
  },
  'rate-limited': { required: { retryAfter } },
  drop: { optional: { apply: flag } },
  'break-off': {
    optional: { after: count, how: oneOf('content-length', 'chunked', 'bad-chunk'), apply: flag },
  },
  stall: {
    required: { where: oneOf('headers', 'body') },
    optional: { apply: flag, interim: flag },
  },
  drip: { required: { everyMs: interval }, optional: { bytes: count, apply: flag } },
  redirect: { required: { status, location: headerText } },
  html: { optional: { status, apply: flag } },
  oversize: {
    required: { bytes: count },
    optional: { status, how: oneOf('content-length', 'chunked'), apply: flag },
  },
  informational: {
    required: { status: oneOf(101, 102, 103), everyMs: interval },
    optional: { apply: flag },
  },
  raw: { required: { bytes: text }, optional: { apply: flag } },
};

const WHEN: Shape = { optional: { user: text, method: text, next: count } };

/** Checks that JSON from outside is a fault. Throws an error that says in a sentence what is wrong. */
export function assertFault(value: unknown): asserts value is Fault {
  if (!isRecord(value)) throw new Error('The fault must be an object.');
  const { kind, ...members } = value;
  const shape = Object.entries(SHAPES).find(([name]) => name === kind)?.[1];
  if (shape === undefined) {
    throw new Error(`The fault's kind must be one of ${Object.keys(SHAPES).join(', ')}.`);
  }
  assertShape(`The fault's`, members, shape);
}

/** Checks that JSON from outside says which requests are meant. Throws as `assertFault` does. */
export function assertWhen(value: unknown): asserts value is When {
  if (!isRecord(value)) throw new Error('when must be an object.');
  assertShape(`when's`, value, WHEN);
}

function assertShape(whose: string, value: Record<string, unknown>, shape: Shape): void {
  const { required = {}, optional = {} } = shape;
  const known = new Map([...Object.entries(required), ...Object.entries(optional)]);
  for (const name of Object.keys(required)) {
    if (!Object.hasOwn(value, name)) throw new Error(`${whose} ${name} is missing.`);
  }
  for (const [name, member] of Object.entries(value)) {
    const check = known.get(name);
    if (check === undefined) {
      throw new Error(`${whose} ${name} is not known; known are ${[...known.keys()].join(', ')}.`);
    }
    if (!check.holds(member)) throw new Error(`${whose} ${name} must be ${check.wanted}.`);
  }
}
