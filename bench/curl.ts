import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './processes.ts';
import type { Tenant } from './step.ts';

/** Whether there is a curl on this machine that can do several requests at once (7.66). */
export function hasCurl(): boolean {
  return spawnSync('curl', ['--parallel', '--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * The same work as that of a step, by curl.
 *
 * @param folder where its list of URLs goes
 * @param more further arguments
 */
export function curlFor(
  { origin, apiKey, ca }: Tenant,
  userIds: readonly string[],
  folder: string,
  more: readonly string[] = [],
): Command {
  const config = join(folder, `curl-${crypto.randomUUID()}.config`);
  const urls = userIds.map((id) => `url = "${origin}/api/users/${id}/username"`);
  writeFileSync(config, urls.join('\n'));
  const trust = ca === undefined ? [] : ['--cacert', ca];
  const request = ['-X', 'DELETE', '-H', `X-API-Key: ${apiKey}`];
  return { file: 'curl', args: ['-sS', '--fail', ...trust, ...request, '-K', config, ...more] };
}

/** The arguments for that many requests at once. */
export function inParallel(concurrency: number): readonly string[] {
  return ['--parallel', '--parallel-max', String(concurrency)];
}
