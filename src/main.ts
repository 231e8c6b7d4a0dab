import { rawApiKey, readSettings } from './inputs.ts';
import { connectUsersApi, type UsersApi } from './monocloud/users-api.ts';
import { processUsers } from './removal/batch.ts';
import { systemClock as clock } from './removal/clock.ts';
import { createAttemptObserver } from './report/announcements.ts';
import { createStepLog, sanitizerFor } from './report/log.ts';
import { publishRefusal } from './report/refused-step.ts';
import { openStepReport, type ReportDependencies, type StepReport } from './report/step-report.ts';
import { requireSafeRunner } from './runner.ts';
import type { Settings } from './settings.ts';

/**
 * The step: inputs → removals → what the workflow gets. Everything that can go wrong is in the log
 * and the outputs before it returns.
 *
 * @param cancelled aborted when the step is to end early; the reason is the `StopReason`
 * @returns whether every user is done, and the workflow can read so
 */
export async function main(cancelled: AbortSignal): Promise<boolean> {
  const sanitizer = sanitizerFor(rawApiKey());
  const dependencies = { sanitizer, log: createStepLog(sanitizer), now: clock.now };
  let step: Step;
  try {
    step = openStep(cancelled, dependencies);
  } catch (error) {
    publishRefusal(error, dependencies);
    return false;
  }
  const { settings, api, report } = step;
  const stopReason = await processUsers(settings, {
    api,
    clock,
    random: Math.random,
    cancelled,
    observer: createAttemptObserver(settings.retries, dependencies.log),
    ended: report.ended,
  });
  return report.publish(stopReason);
}

/** All that has to stand before the first request. */
interface Step {
  readonly settings: Settings;
  readonly api: UsersApi;
  readonly report: StepReport;
}

/** @throws Refusal where something is wrong; then nothing was sent, and no file has changed */
function openStep(cancelled: AbortSignal, dependencies: ReportDependencies): Step {
  requireSafeRunner();
  const settings = readSettings();
  const api = connectUsersApi({ ...settings, cancelled, now: clock.now });
  return { settings, api, report: openStepReport(settings, dependencies) };
}
