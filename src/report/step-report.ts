import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { UserResult } from '../removal/outcome.ts';
import type { StopReason } from '../removal/stop.ts';
import type { Cleaner } from './cleaner.ts';
import { announceLostLine, announceResult, announceStart, announceUser } from './announcements.ts';
import { onOneLine, openLineFile, type LineFile } from './line-file.ts';
import { outputsOf, setOutputs } from './outputs.ts';
import { progressLine, startTicker } from './progress.ts';
import { reportLine } from './report-line.ts';
import type { ReportSettings } from './report-settings.ts';
import type { StepLog } from './step-log.ts';
import { summaryHtml, writeSummary } from './summary.ts';
import { Tally } from './tally.ts';

/** Everything that the workflow gets to see of one step's users, from before the first request. */
export interface StepReport {
  /** A user has ended: on disk before this returns. @throws the file system's error */
  readonly ended: (result: UserResult, index: number) => void;
  /** All have ended. @returns whether the step did what it was asked to, and could say so */
  readonly publish: (stopReason: StopReason | undefined) => Promise<boolean>;
}

export interface ReportTools {
  readonly cleaner: Cleaner;
  readonly log: StepLog;
  /** ms since the epoch */
  readonly now: () => number;
  /** The folder for a report that was given no place. */
  readonly temp: string;
}

/** @throws UserError where one of the files cannot be written */
export function openStepReport(settings: ReportSettings, tools: ReportTools): StepReport {
  const { userIds, dryRun, ignoreNotFound, domain } = settings;
  const { cleaner, log, now, temp } = tools;
  const ownPlace = join(temp, `monocloud-remove-username-${randomUUID()}.jsonl`);
  const reportFile = openLineFile('report-file', settings.reportFile ?? ownPlace);
  const profilesFile =
    settings.profilesFile === undefined
      ? undefined
      : openLineFile('profiles-file', settings.profilesFile);
  const tally = new Tally(userIds.length, ignoreNotFound);
  const startedAt = now();
  let onlyProfile: string | undefined;

  announceStart(settings, log);
  const stopTicker = startTicker(now, (elapsed) => log.info(progressLine(tally, elapsed)));

  const ended = (result: UserResult, index: number): void => {
    const write = (file: LineFile, line: string): void => {
      try {
        file.append(line);
      } catch (error) {
        announceLostLine(result, file, log);
        throw error;
      }
    };
    tally.add(result, index);
    write(reportFile, reportLine(result, now(), cleaner));
    if ('profile' in result) {
      const { text } = result.profile;
      if (userIds.length === 1) onlyProfile = text;
      if (profilesFile !== undefined) write(profilesFile, onOneLine(cleaner.redact(text)));
    }
    announceUser(result, settings, log);
  };

  const publish = async (stopReason: StopReason | undefined): Promise<boolean> => {
    stopTicker();
    reportFile.close();
    profilesFile?.close();
    const elapsed = now() - startedAt;
    announceResult({ tally, settings, stopReason, elapsed, reportFile: reportFile.path }, log);
    const ending = { userIds, tally, profile: onlyProfile, reportFile: reportFile.path };
    const passedOn = setOutputs(outputsOf(ending, cleaner, log));
    if (!passedOn) {
      log.annotate(
        'error',
        'Outputs not written',
        'The outputs could not be written to the file that the runner gave in GITHUB_OUTPUT. Check ' +
          'the space on its disk. What was done is in the log and in the report.',
      );
    }
    const summary = { tally, dryRun, domain: domain.shown, stopReason };
    await writeSummary(summaryHtml(summary, cleaner), log);
    log.flush();
    const allDone = tally.failed === 0 && tally.ended === tally.users;
    return allDone && passedOn && stopReason === undefined;
  };

  return { ended, publish };
}
