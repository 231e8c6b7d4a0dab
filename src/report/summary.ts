import { appendFileSync } from 'node:fs';
import { OUTCOMES, type StopReason } from '../removal/outcome.ts';
import type { Settings } from '../settings.ts';
import type { StepLog } from './log.ts';
import { NOTES, OUTCOME_LABELS, SUMMARY } from './messages.ts';
import type { Sanitizer } from './sanitize.ts';
import type { Failure, Tally } from './tally.ts';
import { count, fill } from './text.ts';
import { statusText, stopMessage, titleWithCodes } from './wording.ts';

/** UTF-16 units of one text from outside; 50 rows of it stay far below the runner's 1 MiB. */
const MAX_CELL_LENGTH = 600;

export interface SummaryContent {
  readonly tally: Tally;
  readonly settings: Pick<Settings, 'domain' | 'dryRun' | 'shard'>;
  readonly stopReason: StopReason | undefined;
}

/**
 * Writes the job summary. It is for reading only: where it has no place, the step goes on.
 *
 * Not with `core.summary`, whose way to a file takes 4 ms of each step to load.
 */
export function writeSummary(content: SummaryContent, sanitizer: Sanitizer, log: StepLog): void {
  try {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    appendFileSync(file, summaryHtml(content, sanitizer));
  } catch {
    log.annotate('warning', NOTES.noSummary);
  }
}

/**
 * The counts, and the first users that are not done, or that would lose their username. Only ids,
 * outcomes, statuses, titles and codes: a `detail` may hold personal data.
 */
export function summaryHtml(
  { tally, settings, stopReason }: SummaryContent,
  { toHtml }: Sanitizer,
): string {
  const code = (text: string): string => element('code', toHtml(text, MAX_CELL_LENGTH));
  const { dryRun, domain, shard } = settings;
  const wanted = tally.count(dryRun ? 'would-remove' : 'removed');
  const heading = dryRun ? SUMMARY.previewed : SUMMARY.removed;
  const stop = stopMessage(stopReason, tally.count('skipped'));
  const failures = tally.failures.map((failure) => failureRow(failure, code));
  const planned = tally.planned.map(({ userId }) => [code(userId)]);
  return [
    element('h2', fill(heading, { count: wanted, users: count(tally.users, 'user') })),
    element('p', fill(SUMMARY.tenant, { domain: code(domain.shown) })),
    ...(shard === undefined
      ? []
      : [element('p', fill(SUMMARY.shard, { shard: `${shard.index}/${shard.count}` }))]),
    ...(stop === undefined ? [] : [element('p', withCode(stop.text))]),
    table(SUMMARY.outcomes, outcomeRows(tally)),
    ...list(SUMMARY.notDone, SUMMARY.failures, failures, tally.failed),
    ...list(SUMMARY.planned, SUMMARY.users, planned, tally.count('would-remove')),
    '',
  ].join('\n');
}

function outcomeRows(tally: Tally): readonly (readonly string[])[] {
  return OUTCOMES.filter((outcome) => tally.count(outcome) > 0).map((outcome) => [
    OUTCOME_LABELS[outcome],
    String(tally.count(outcome)),
  ]);
}

function failureRow(
  { userId, outcome, status, attempts, cause }: Failure,
  code: (text: string) => string,
): readonly string[] {
  const withoutStatus = attempts === 0 ? SUMMARY.neverSent : SUMMARY.noResponse;
  const title = titleWithCodes(cause);
  return [
    code(userId),
    OUTCOME_LABELS[outcome],
    status === null ? withoutStatus : statusText(status),
    title === '' ? SUMMARY.noText : code(title),
  ];
}

/** The first of `total` users under a heading; nothing where there are none. */
function list(
  heading: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  total: number,
): readonly string[] {
  if (rows.length === 0) return [];
  const more = fill(SUMMARY.more, { users: count(total - rows.length, 'user') });
  return [
    element('h3', heading),
    table(header, rows),
    ...(total > rows.length ? [element('p', more)] : []),
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (tag: 'th' | 'td', cells: readonly string[]): string =>
    element('tr', cells.map((cell) => element(tag, cell)).join(''));
  return element('table', row('th', header) + rows.map((cells) => row('td', cells)).join(''));
}

function element(tag: string, html: string): string {
  return `<${tag}>${html}</${tag}>`;
}

/** Backticks mean nothing in HTML. */
function withCode(text: string): string {
  return text.replaceAll(/`(?<code>[^`]+)`/gu, '<code>$1</code>');
}
