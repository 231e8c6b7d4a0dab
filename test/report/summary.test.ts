import { expect, it } from 'vitest';
import { makeProblem } from '../../src/monocloud/problem-details.ts';
import { createCleaner } from '../../src/report/cleaner.ts';
import { summaryHtml } from '../../src/report/summary.ts';
import { Tally } from '../../src/report/tally.ts';
import { userId } from '../removal/scripted-api.ts';
import { notDone } from './fixtures.ts';

it.each(['"', '<', '佐', '😀', '::'])('stays under 900 KiB with the worst users (%s)', (worst) => {
  const tally = new Tally(200, false);
  const title = worst.repeat(10_000);
  for (let index = 0; index < 200; index += 1) {
    const id = userId(`${worst.repeat(250)}${index}`);
    tally.add(notDone(id, 'failed', makeProblem(title, title, 500)), index);
  }
  const content = { tally, dryRun: false, domain: 'acme.test', stopReason: undefined };
  const html = summaryHtml(content, createCleaner(undefined));
  expect(Buffer.byteLength(html)).toBeLessThan(900 * 1024);
  expect(html.match(/<tr><td><code>/gu)).toHaveLength(50);
  expect(html).toContain('150 more users');
  expect(html).not.toMatch(/\n\s*\n/u);
  expect(html.replaceAll(/<\/?(?:h[23]|p|table|tr|t[hd]|code)>/gu, '')).not.toMatch(/[<>]/u);
});
