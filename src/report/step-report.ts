import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StopReason, UserResult } from '../removal/outcome.ts';
import { fileErrorCode, isFileError } from '../refusal.ts';
import type { Settings } from '../settings.ts';
import {
  announceFailures,
  announceLostLine,
  announceStart,
  announceUser,
  progressLine,
  resultLine,
  startTicker,
} from './announcements.ts';
import type { StepLog } from './log.ts';
import { LINES, NOTES } from './messages.ts';
import { outputsOf, outputsOfCounts, setOutputs, type MadeProblem } from './outputs.ts';
import { endRecord, onOneLine, runRecord, userRecord } from './records.ts';
import { internalErrorMessage } from './refused-step.ts';
import { openLineFiles, type LineFile } from './report-file.ts';
import type { Sanitizer } from './sanitize.ts';
import { writeSummary } from './summary.ts';
import { Tally } from './tally.ts';
import { fill } from './text.ts';
import { stopMessage } from './wording.ts';

/** Everything that the workflow gets to see of one step's users, from before the first request. */
export interface StepReport {
  /** A user has ended: on disk before this returns. @returns why the batch has to stop, if it has */
  readonly ended: (result: UserResult, index: number) => StopReason | undefined;
  /** All have ended. @returns whether the step did what it was asked to, and could say so */
  readonly publish: (stopReason: StopReason | undefined) => Promise<boolean>;
}

export interface ReportDependencies {
  readonly sanitizer: Sanitizer;
  readonly log: StepLog;
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * Opens the files of the step, says where the report is, and what is about to happen.
 *
 * @throws Refusal where one of the files cannot be used
 */
export function openStepReport(settings: Settings, dependencies: ReportDependencies): StepReport {
  const { sanitizer, log, now } = dependencies;
  const { userIds } = settings;
  const startedAt = now();
  const { reportFile, profilesFile } = openFiles(settings, startedAt);
  // As soon as it is there: after a kill, the next step can find it.
  setOutputs({ 'report-file': reportFile.path });
  announceStart(settings, reportFile.path, log);

  const tally = new Tally(settings);
  let onlyResult: UserResult | undefined;
  const stopTicker = startTicker(now, (elapsedMs) => log.info(progressLine(tally, elapsedMs)));

  /** @returns whether the file took the line */
  const append = (file: LineFile, line: string, result: UserResult): boolean => {
    try {
      file.append(line);
      return true;
    } catch (error) {
      announceLostLine(result, file.input, log);
      if (!isFileError(error)) throw error;
      return false;
    }
  };

  const ended = (result: UserResult, index: number): StopReason | undefined => {
    tally.add(result, index);
    if (userIds.length === 1) onlyResult = result;
    let isWritten = append(reportFile, userRecord(result, now(), sanitizer), result);
    if (profilesFile !== undefined && 'profile' in result) {
      const profile = onOneLine(sanitizer.redact(result.profile.text));
      isWritten = append(profilesFile, profile, result) && isWritten;
    }
    announceUser(result, settings, log);
    return isWritten ? undefined : 'report-lost';
  };

  /** The last record, and the files closed. @returns what went wrong with that */
  const finishFiles = (stopReason: StopReason | undefined): MadeProblem | undefined => {
    let problem: MadeProblem | undefined;
    for (const file of [reportFile, profilesFile]) {
      const last = file === reportFile ? endRecord(tally, stopReason, now()) : undefined;
      const code = file === undefined ? undefined : endAndClose(file, last);
      // Where lines were lost before, that has been said.
      if (file === undefined || code === undefined || stopReason === 'report-lost') continue;
      const text = fill(NOTES.notClosed.text, { input: file.input, code });
      log.annotate('error', { title: NOTES.notClosed.title, text });
      problem = { title: NOTES.notClosed.title, detail: text };
    }
    return problem;
  };

  const publish = async (stopReason: StopReason | undefined): Promise<boolean> => {
    stopTicker();
    const elapsedMs = now() - startedAt;
    const stop = stopMessage(stopReason, tally.count('skipped'));
    const problem = finishFiles(stopReason) ?? (stop && { title: stop.title, detail: stop.text });
    announceFailures(tally, settings, stopReason, log);
    const profile = profileOf(onlyResult);
    const content = { userIds, tally, profile, problem };
    const isPassedOn = setOutputs(outputsOf(content, sanitizer, log));
    if (!isPassedOn) log.annotate('error', NOTES.noOutputs);
    await writeSummary({ tally, settings, stopReason }, sanitizer, log);
    log.flush();
    const isDone = tally.failed === 0;
    log.info(
      isDone && problem !== undefined
        ? fill(LINES.failedAlthoughDone, { title: problem.title })
        : resultLine(tally, settings, onlyResult, elapsedMs),
    );
    return isDone && isPassedOn && problem === undefined;
  };

  return {
    ended: (result, index) => {
      try {
        return ended(result, index);
      } catch (error) {
        log.annotate('error', internalErrorMessage(error));
        return 'internal-error';
      }
    },
    publish: async (stopReason) => {
      try {
        return await publish(stopReason);
      } catch (error) {
        const { title, text } = internalErrorMessage(error);
        // Before anything else that could fail.
        setOutputs(outputsOfCounts(tally, title, text));
        log.annotate('error', { title, text });
        log.flush();
        return false;
      }
    },
  };
}

function openFiles(
  settings: Settings,
  time: number,
): { readonly reportFile: LineFile; readonly profilesFile: LineFile | undefined } {
  const { reportFile, profilesFile, userIdFile } = settings;
  const firstLine = runRecord(settings, time);
  const [report, profiles] = openLineFiles(
    [
      { input: 'report-file', path: reportFile ?? ownReportFile(), firstLine },
      ...(profilesFile === undefined
        ? []
        : [{ input: 'profiles-file', path: profilesFile } as const]),
    ],
    userIdFile,
  );
  if (report === undefined) throw new Error('The report was not opened.');
  return { reportFile: report, profilesFile: profiles };
}

/** In the folder that the runner empties after the job. */
function ownReportFile(): string {
  const name = `monocloud-remove-username-${randomUUID()}.jsonl`;
  const temp = process.env['RUNNER_TEMP'] ?? '';
  return join(temp === '' ? tmpdir() : temp, name);
}

/** @returns the code of the error where the last line or the end of the file was lost */
function endAndClose(file: LineFile, lastLine: string | undefined): string | undefined {
  let code: string | undefined;
  try {
    if (lastLine !== undefined) file.append(lastLine);
  } catch (error) {
    code = fileErrorCode(error);
  }
  return file.close() ?? code;
}

function profileOf(result: UserResult | undefined): string | undefined {
  return result !== undefined && 'profile' in result ? result.profile.text : undefined;
}
