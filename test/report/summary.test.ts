import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StopReason, UserResult } from '../../src/removal/outcome.ts';
import { createSanitizer } from '../../src/report/sanitize.ts';
import { writeSummary } from '../../src/report/summary.ts';
import { Tally } from '../../src/report/tally.ts';
import type { Settings } from '../../src/settings.ts';
import { userId, userIds } from '../removal/scripted-api.ts';
import { errorResponse, found, keptLog, notDone, removed, settingsOf } from './fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'summary-'));
const file = join(folder, 'summary.md');

beforeAll(() => {
  writeFileSync(file, '');
  vi.stubEnv('GITHUB_STEP_SUMMARY', file);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function summaryOf(
  results: readonly UserResult[],
  settings: Partial<Settings> = {},
  stopReason?: StopReason,
): Promise<string> {
  const all = settingsOf({ userIds: results.map((one) => one.userId), ...settings });
  const tally = new Tally(all);
  for (const [index, result] of results.entries()) tally.add(result, index);
  writeFileSync(file, '');
  const content = { tally, settings: all, stopReason };
  await writeSummary(content, createSanitizer(undefined), keptLog());
  return readFileSync(file, 'utf8');
}

describe('the job summary', () => {
  it.each(['"', '<', '佐', '😀', '::'])(
    'stays under 900 KiB with the worst answers (%s)',
    async (worst) => {
      const title = JSON.stringify({ title: worst.repeat(10_000), detail: worst.repeat(10_000) });
      const results = userIds(200).map((id) =>
        notDone(userId(`${id}${'x'.repeat(490)}`), 'failed', errorResponse(500, title)),
      );
      const html = await summaryOf(results);
      expect(Buffer.byteLength(html)).toBeLessThan(900 * 1024);
      expect(html.match(/<tr><td><code>/gu)).toHaveLength(50);
      expect(html).toContain('150 more users');
      expect(html).not.toMatch(/\n\s*\n/u);
      expect(html.replaceAll(/<\/?(?:h[23]|p|table|tr|t[hd]|code)>/gu, '')).not.toMatch(/[<>]/u);
    },
  );

  it('has the counts, and what was answered about those that are not done', async () => {
    const errors = [{ code: 'NoUsername', description: 'ada@example.test has none' }];
    const invalid = errorResponse(422, JSON.stringify({ title: 'Invalid', detail: 'Ada', errors }));
    const html = await summaryOf([
      removed(userId('one')),
      notDone(userId('two'), 'failed', invalid),
      { ...notDone(userId('three'), 'skipped', { kind: 'not-sent' }), attempts: 0 },
    ]);
    expect(html).toContain('<h2>Username removed from 1 of 3 users</h2>');
    expect(html).toContain('<tr><td>Failed</td><td>1</td></tr>');
    expect(html).toContain(
      '<tr><td><code>two</code></td><td>Failed</td><td>422 Unprocessable Entity</td>' +
        '<td><code>Invalid (NoUsername)</code></td></tr>',
    );
    expect(html).toContain(
      '<tr><td><code>three</code></td><td>Skipped</td><td>not sent</td><td>–</td></tr>',
    );
    expect(html).not.toMatch(/[Aa]da/u);
  });

  it('has the shard, and why it stopped', async () => {
    const results = [notDone(userId('one')), notDone(userId('two'), 'skipped')];
    const settings = { shard: { index: 2, count: 5 } };
    const html = await summaryOf(results, settings, 'retry-after-too-long');
    expect(html).toContain('<p>Shard 2/5</p>');
    expect(html).toContain(
      '<p>Stopped: the API asks to wait longer than <code>max-retry-wait</code> allows. 1 user ' +
        'skipped.</p>',
    );
  });

  it('has the first 50 users that would lose their username', async () => {
    const results = userIds(60).map((id) => found(id, 'would-remove'));
    const html = await summaryOf(results, { dryRun: true });
    expect(html).toContain('Dry run: 60 of 60 users would lose the username');
    expect(html.match(/<tr><td><code>user-\d+<\/code><\/td><\/tr>/gu)).toHaveLength(50);
    expect(html).toContain('10 more users');
    expect(html).not.toContain('Not done');
  });
});
