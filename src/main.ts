import { rawApiKey, readSettings, type Settings } from './inputs.ts';
import type { Environment } from './inputs/raw-inputs.ts';
import { connectUsersApi } from './monocloud/users-api.ts';
import { systemClock as clock } from './removal/clock.ts';
import { processUsers } from './removal/process-users.ts';
import { tryAnnouncer } from './report/announcements.ts';
import { maskApiKey } from './report/masking.ts';
import { publishRefusal } from './report/refusal.ts';
import { createStepLog } from './report/step-log.ts';
import { openStepReport, type ReportTools } from './report/step-report.ts';
import { requireSafeRunner, tempFolder } from './safe-runner.ts';

/**
 * The step: inputs → removals → what the workflow gets. Everything that can go wrong is told before
 * it returns.
 *
 * @param cancelled aborted when the runner cancels the step
 * @returns whether every user is done, and the workflow was told so
 */
export async function main(env: Environment, cancelled: AbortSignal): Promise<boolean> {
  const cleaner = maskApiKey(rawApiKey(env));
  const log = createStepLog(cleaner);
  const tools = { cleaner, log, now: clock.now, temp: tempFolder(env) };
  try {
    requireSafeRunner(env);
    return await removeUsernames(readSettings(env), cancelled, tools);
  } catch (error) {
    publishRefusal(error, tools);
    return false;
  }
}

async function removeUsernames(
  settings: Settings,
  cancelled: AbortSignal,
  tools: ReportTools,
): Promise<boolean> {
  const api = connectUsersApi({ ...settings, cancelled, now: clock.now });
  const report = openStepReport(settings, tools);
  const stopReason = await processUsers(settings, {
    api,
    clock,
    random: Math.random,
    cancelled,
    observer: tryAnnouncer(settings.retries, tools.log),
    ended: report.ended,
  });
  return report.publish(stopReason);
}
