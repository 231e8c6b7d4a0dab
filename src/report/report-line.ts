import { isNotDone, type UserResult } from '../removal/outcome.ts';
import type { Cleaner } from './cleaner.ts';
import { onOneLine } from './line-file.ts';
import { problemJson } from './problem-json.ts';

/**
 * One user's line of the report (JSON Lines): made to be kept as evidence, so no profile is in it.
 *
 * @param time ms since the epoch
 */
export function reportLine(result: UserResult, time: number, cleaner: Cleaner): string {
  const { userId, outcome, status, attempts } = result;
  const line = JSON.stringify({
    user_id: cleaner.redact(userId),
    outcome,
    status,
    attempts,
    time: new Date(time).toISOString(),
    ...(outcome === 'removed' && result.confirmedByRead && { confirmed_by_read: true }),
  });
  if (!isNotDone(result)) return line;
  // Put in as text: what the API sent stays as it was sent, big integers too.
  return `${line.slice(0, -1)},"problem":${onOneLine(problemJson(result.problem, cleaner))}}`;
}
