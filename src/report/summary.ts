import * as core from '@actions/core';
import type { OutcomeName } from '../removal/outcome.ts';
import type { StopReason } from '../removal/stop.ts';
import type { Cleaner } from './cleaner.ts';
import { stopInWords } from './hints.ts';
import { count, headline, statusInWords } from './sentences.ts';
import type { StepLog } from './step-log.ts';
import type { Tally } from './tally.ts';

/** UTF-16 units of one text from outside; 50 rows of it stay far below the runner's 1 MiB. */
const LONGEST_CELL = 600;

const OUTCOMES: readonly (readonly [OutcomeName, string])[] = [
  ['removed', 'Removed'],
  ['would-remove', 'Would be removed'],
  ['no-username', 'Has no username'],
  ['not-found', 'Not found'],
  ['failed', 'Failed'],
  ['unconfirmed', 'Unconfirmed'],
  ['skipped', 'Skipped'],
];

export interface SummaryContent {
  readonly tally: Tally;
  readonly dryRun: boolean;
  /** The tenant's domain, as people read it. */
  readonly domain: string;
  readonly stopReason: StopReason | undefined;
}

/**
 * The job summary as HTML, which GitHub's Markdown leaves alone as long as no line is blank. Only
 * ids, outcomes, statuses and titles: a `detail` may hold personal data.
 */
export function summaryHtml(content: SummaryContent, { toHtml }: Cleaner): string {
  const { tally, dryRun, domain, stopReason } = content;
  const code = (text: string): string => `<code>${toHtml(text, LONGEST_CELL)}</code>`;
  const counts = OUTCOMES.filter(([outcome]) => tally.count(outcome) > 0).map(
    ([outcome, label]) => [label, String(tally.count(outcome))],
  );
  const failures = tally.failures.map(({ userId, outcome, status, problem }) => [
    code(userId),
    outcome,
    status === null ? 'no answer' : statusInWords(status),
    code(problem.title),
  ]);
  const more = tally.failed - failures.length;
  return [
    `<h2>${headline(tally, dryRun)}</h2>`,
    `<p>Tenant ${code(domain)}</p>`,
    ...(stopReason === undefined ? [] : [`<p>Stopped early: ${stopInWords(stopReason)}.</p>`]),
    table(['Outcome', 'Users'], counts),
    ...(failures.length === 0
      ? []
      : ['<h3>Not done</h3>', table(['User', 'Outcome', 'Status', 'Problem'], failures)]),
    ...(more > 0 ? [`<p>… and ${count(more, 'more user')}: see the report.</p>`] : []),
  ].join('\n');
}

/** The summary is for reading only: where it has no place, the step goes on. */
export async function writeSummary(html: string, log: StepLog): Promise<void> {
  try {
    await core.summary.addRaw(html, true).write();
  } catch {
    log.annotate(
      'warning',
      'No job summary',
      'The job summary could not be written to the file that the runner gives in ' +
        'GITHUB_STEP_SUMMARY. Nothing else is missing.',
    );
  }
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table>${row('th', header)}${rows.map((cells) => row('td', cells)).join('')}</table>`;
}

function row(tag: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
}
