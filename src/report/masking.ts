import * as core from '@actions/core';
import { ApiKey } from '../monocloud/api-key.ts';
import { createCleaner, type Cleaner } from './cleaner.ts';

/**
 * Has the runner mask the key, before anything that could show it is printed.
 *
 * @param raw the input as it came: also a key that turns out to be unusable is a secret
 * @returns what keeps the key out of everything that the runner does not mask
 */
export function maskApiKey(raw: string): Cleaner {
  for (const line of raw.split(/[\r\n]+/u)) if (line.trim() !== '') core.setSecret(line.trim());
  const apiKey = ApiKey.check(raw);
  return createCleaner('value' in apiKey ? apiKey.value : undefined);
}
