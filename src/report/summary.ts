import * as core from '@actions/core';
import { OUTCOMES, type StopReason } from '../removal/outcome.ts';
import type { Settings } from '../settings.ts';
import type { StepLog } from './log.ts';
import { NOTES, OUTCOME_LABELS, SUMMARY } from './messages.ts';
import { isRegularFile } from './outputs.ts';
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
 * Writes the job summary: the counts, and the first users that are not done, or that would lose their
 * username. Only ids, outcomes, statuses, titles and codes: a `detail` may hold personal data. The
 * summary is for reading only: where it has no place, the step goes on.
 */
export async function writeSummary(
  { tally, settings, stopReason }: SummaryContent,
  { toHtml }: Sanitizer,
  log: StepLog,
): Promise<void> {
  const code = (text: string): string => `<code>${toHtml(text, MAX_CELL_LENGTH)}</code>`;
  const { dryRun, domain, shard } = settings;
  const wanted = tally.count(dryRun ? 'would-remove' : 'removed');
  const heading = dryRun ? SUMMARY.previewed : SUMMARY.removed;
  const { summary } = core;

  summary.addHeading(fill(heading, { count: wanted, users: count(tally.users, 'user') }), 2);
  const paragraph = (text: string): unknown => summary.addRaw(`<p>${text}</p>`, true);
  paragraph(fill(SUMMARY.tenant, { domain: code(domain.shown) }));
  if (shard !== undefined) {
    paragraph(fill(SUMMARY.shard, { shard: `${shard.index}/${shard.count}` }));
  }
  const stop = stopMessage(stopReason, tally.count('skipped'));
  if (stop !== undefined) paragraph(withCode(stop.text));
  addTable(SUMMARY.outcomes, outcomeRows(tally));
  if (tally.failures.length > 0) {
    summary.addHeading(SUMMARY.notDone, 3);
    addTable(
      SUMMARY.failures,
      tally.failures.map((failure) => failureRow(failure, code)),
    );
    addMore(tally.failed - tally.failures.length);
  }
  if (tally.planned.length > 0) {
    summary.addHeading(SUMMARY.planned, 3);
    addTable(
      SUMMARY.users,
      tally.planned.map(({ userId }) => [code(userId)]),
    );
    addMore(tally.count('would-remove') - tally.planned.length);
  }
  const hasPlace = isRegularFile(process.env['GITHUB_STEP_SUMMARY'] ?? '');
  const isWritten =
    hasPlace &&
    (await summary.write().then(
      () => true,
      () => false,
    ));
  if (!isWritten) log.annotate('warning', NOTES.noSummary);
}

function outcomeRows(tally: Tally): readonly (readonly string[])[] {
  return OUTCOMES.filter((outcome) => tally.count(outcome) > 0).map((outcome) => [
    OUTCOME_LABELS[outcome],
    String(tally.count(outcome)),
  ]);
}

function failureRow(
  { userId, outcome, status, cause }: Failure,
  code: (text: string) => string,
): readonly string[] {
  const withoutStatus = outcome === 'skipped' ? SUMMARY.neverSent : SUMMARY.noResponse;
  const title = titleWithCodes(cause);
  return [
    code(userId),
    OUTCOME_LABELS[outcome],
    status === null ? withoutStatus : statusText(status),
    title === '' ? SUMMARY.noText : code(title),
  ];
}

function addTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const head = header.map((data) => ({ data, header: true }));
  core.summary.addTable([head, ...rows.map((cells) => [...cells])]);
}

function addMore(number: number): void {
  if (number <= 0) return;
  const text = fill(SUMMARY.more, { users: count(number, 'more user') });
  core.summary.addRaw(`<p>${text}</p>`, true);
}

/** Backticks mean nothing in HTML. */
function withCode(text: string): string {
  return text.replaceAll(/`(?<code>[^`]+)`/gu, '<code>$1</code>');
}
