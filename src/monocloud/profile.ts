import { parseJsonObject } from './json.ts';

/** A user's profile. The text is kept as the API sent it: big integers and key order survive. */
export interface Profile {
  /** The JSON as it came, without a BOM. Personal data: it goes to outputs, never to a log. */
  readonly text: string;
  /** The `user_id` in it, where it is a string. */
  readonly userId: string | undefined;
  readonly hasUsername: boolean;
}

/** @returns undefined where the text is not a JSON object */
export function parseProfile(text: string): Profile | undefined {
  const object = parseJsonObject(text);
  if (object === undefined) return undefined;
  const userId = object['user_id'];
  const username = object['username'];
  return {
    text,
    userId: typeof userId === 'string' ? userId : undefined,
    // Anything there counts: "no username" is a promise, "a username" only a doubt.
    hasUsername: username !== undefined && username !== null && username !== '',
  };
}
