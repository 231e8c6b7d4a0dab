import { parseJsonObject, type JsonObject } from './monocloud/json.ts';
import type { UserId } from './monocloud/user-id.ts';
import type { Refuse } from './refusal.ts';
import type { Settings } from './settings.ts';

const RECORD_TYPES: ReadonlySet<unknown> = new Set(['run', 'user', 'end']);
/** The outcomes of a removal that another run can change. */
const OPEN_OUTCOMES: ReadonlySet<unknown> = new Set(['failed', 'unconfirmed', 'skipped']);

/** A line that is not blank, trimmed. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** The report whose lines are being read. */
interface OpenReport {
  /** Line of its `run` record. */
  readonly line: number;
  readonly dryRun: boolean;
  readonly users: unknown;
  seen: number;
}

/** @returns whether the first line is a record of a report of this action */
export function isReport(lines: readonly Line[]): boolean {
  return RECORD_TYPES.has(parseJsonObject(lines[0]?.text ?? '')?.['type']);
}

/**
 * The users of one or more reports that are still to be done: of a dry run those that would lose
 * their username, of a removal those that are not done. Where a user is in several reports, the last
 * one counts.
 *
 * @param domain of this step, as people read it
 * @param checkUserId makes a user id of a text, or throws the error that names the line
 * @throws Refusal for a report that is of another domain or not complete
 */
export function usersOfReports(
  lines: readonly Line[],
  domain: string,
  checkUserId: (text: string, line: number) => UserId,
  refuse: Refuse,
): Pick<Settings, 'userIds' | 'taken'> {
  const isOpen = new Map<UserId, boolean>();
  let report: OpenReport | undefined;
  for (const { number: line, text } of lines) {
    const record = parseJsonObject(text);
    if (record === undefined) throw refuse({ kind: 'broken-line', line });
    switch (record['type']) {
      case 'run':
        if (report !== undefined) throw refuse({ kind: 'report-without-end', line: report.line });
        report = openReport(record, line, domain, refuse);
        break;
      case 'user': {
        if (report === undefined) throw refuse({ kind: 'report-without-run', line });
        report.seen += 1;
        const userId = checkUserId(textOf(record['user_id']), line);
        const outcome = record['outcome'];
        isOpen.set(userId, report.dryRun ? outcome === 'would-remove' : OPEN_OUTCOMES.has(outcome));
        break;
      }
      case 'end':
        if (report === undefined) throw refuse({ kind: 'report-without-run', line });
        if (report.seen !== report.users) {
          throw refuse({ kind: 'report-lacks-users', line: report.line });
        }
        report = undefined;
        break;
      default:
        throw refuse({ kind: 'not-a-record', line });
    }
  }
  if (report !== undefined) throw refuse({ kind: 'report-without-end', line: report.line });
  const userIds = Array.from(isOpen).flatMap(([userId, open]) => (open ? [userId] : []));
  return { userIds, taken: { taken: userIds.length, of: isOpen.size } };
}

function openReport(run: JsonObject, line: number, domain: string, refuse: Refuse): OpenReport {
  if (run['domain'] !== domain) {
    throw refuse({ kind: 'report-of-other-domain', line, domain: textOf(run['domain']) });
  }
  return { line, dryRun: run['dry_run'] === true, users: run['users'], seen: 0 };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
