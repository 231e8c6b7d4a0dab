import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface CliOptions {
  port: number;
  /** How many numbered users, or undefined for the few with telling ids. */
  users: number | undefined;
  tls: boolean;
  key: string | undefined;
  /** Milliseconds. */
  latency: number;
  json: boolean;
}

/** The command line cannot be understood; the message is one sentence for whoever typed it. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Reads the arguments after the script's name. Throws a `UsageError`. */
export function parseCliOptions(args: string[]): CliOptions {
  const values = parse(args);
  const { port = '0', users, tls = false, key, latency = '0', json = false } = values;
  if (key !== undefined && !/^[!-~]+$/u.test(key)) {
    throw new UsageError('--key must be visible ASCII without white space.');
  }
  return {
    port: wholeNumber('port', port, 0, 65_535),
    users: users === undefined ? undefined : wholeNumber('users', users, 1, 1_000_000),
    tls,
    key,
    latency: wholeNumber('latency', latency, 0, 600_000),
    json,
  };
}

interface Values {
  port?: string;
  users?: string;
  tls?: boolean;
  key?: string;
  latency?: string;
  json?: boolean;
}

function parse(args: string[]): Values {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        users: { type: 'string' },
        tls: { type: 'boolean' },
        key: { type: 'string' },
        latency: { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    // Past its first sentence the message speaks to programmers.
    const [sentence] =
      error instanceof Error ? error.message.split(/\.?(?:\s|$)(?=[A-Z]|$)/u, 1) : [];
    throw new UsageError(`${sentence ?? 'The options are not understood'}.`);
  }
}

function wholeNumber(name: string, value: string, from: number, to: number): number {
  const number = Number(value);
  if (/^\d+$/u.test(value) && number >= from && number <= to) return number;
  throw new UsageError(`--${name} must be a whole number from ${from} to ${to}, not '${value}'.`);
}
