import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startEmulator } from '../emulator/emulator.ts';
import { runAction } from '../test/runner/run-action.ts';

const root = join(import.meta.dirname, '..');

/** Where an installed Chromium is; Playwright's own download is not needed. */
const BROWSER = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** The summary of a real run: most users done, and one of each kind that is not. */
async function summaryOfARun(): Promise<string> {
  const names = Array.from({ length: 40 }, (_, index) => `user-${index + 1}`);
  const users = names.map((id) => (id === 'user-19' ? { id, username: null } : id));
  const emulator = await startEmulator({ users });
  try {
    emulator.misbehave({ kind: 'drop', apply: true }, { user: 'user-7', next: Infinity });
    const userIds = [...emulator.users.ids(), 'left-long-ago'].join('\n');
    const result = await runAction({
      inputs: {
        domain: emulator.origin,
        'api-key': emulator.apiKey,
        'user-id': userIds,
        retries: '0',
      },
    });
    result.dispose();
    // The emulator's address says nothing to a reader.
    return result.summary.replaceAll(new URL(emulator.origin).host, 'acme.us.monocloud.com');
  } finally {
    await emulator.close();
  }
}

/** The summary in GitHub's own style sheet. */
function pageOf(summary: string): string {
  const css = createRequire(import.meta.url).resolve(
    'github-markdown-css/github-markdown-light.css',
  );
  return `<!doctype html><meta charset="utf-8"><style>${readFileSync(css, 'utf8')}</style>
    <body style="margin:0"><article class="markdown-body" style="padding:24px;width:720px">
    ${summary}</article></body>`;
}

const browser = await chromium.launch({
  executablePath: BROWSER,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await page.setContent(pageOf(await summaryOfARun()));
  await page.locator('article').screenshot({ path: join(root, 'docs', 'summary.png') });
} finally {
  await browser.close();
}
