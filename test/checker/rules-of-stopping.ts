import { isNotDone } from '../../src/removal/outcome.ts';
import type { History, Moment, Reply, RequestRecord, Verdict } from './history.ts';
import type { Plan } from './plan.ts';
import { isReadingDue, sentFor } from './replies.ts';
import type { Trial } from './trial.ts';

const FAILURES_IN_A_ROW = 10;

/** What has to stop a batch, and when that was. */
interface Causes {
  readonly cancelled: Moment | undefined;
  readonly internalError: Moment | undefined;
  /** A response that means the same for everyone. */
  readonly forEveryone: Moment | undefined;
  /** The tenth user in a row that failed for want of an answer, with 5xx, 429 or 403. */
  readonly tenthFailure: Moment | undefined;
  /** Another attempt was due, and the API asked for a longer wait than is accepted. */
  readonly longWait: Moment | undefined;
}

/** A batch stops when it has to, and only then: nothing is removed any more, nobody is held up. */
export function stopViolations({ plan, history, stopReason }: Trial): readonly string[] {
  const causes: Causes = {
    cancelled: history.cancelled,
    internalError: history.broken,
    forEveryone: firstForEveryone(history),
    tenthFailure: tenthFailure(history, plan),
    longWait: firstReply(history, (request) => asksForTooLong(request, history, plan)),
  };
  const violations = [
    ...afterStop(history, causes, plan),
    ...afterCancelling(history),
    ...afterInternalError(history),
  ];
  const { internalError, forEveryone, tenthFailure: tenth, longWait } = causes;
  const hasToStop = [internalError, forEveryone, tenth, longWait].some((at) => at !== undefined);
  if (hasToStop && stopReason === undefined) violations.push('a stop has no reason');
  if (!isFounded(stopReason, causes, history)) {
    violations.push(`it stopped without cause: ${stopReason}`);
  }
  return violations;
}

function afterStop(history: History, causes: Causes, plan: Plan): readonly string[] {
  const stop = earliest(Object.values(causes).flatMap((at: Moment | undefined) => at ?? []));
  if (stop === undefined) return [];
  const sentAfterwards = history.requests
    .filter((request) => request.start.step > stop.step && !isFirstReading(request, history, plan))
    .map(
      ({ userId, start }) =>
        `${userId} was sent ${Math.ceil(start.time - stop.time)} ms after the stop`,
    );
  const settled = settledUntil(history, plan);
  const heldUp = history.verdicts
    .filter(({ result, at }) => {
      const lastReply = history.of(result.userId).at(-1)?.reply;
      return at.time > Math.max(stop.time, lastReply?.at.time ?? 0, settled);
    })
    .map(
      ({ result, at }) =>
        `${result.userId} ended ${Math.ceil(at.time - stop.time)} ms after the stop`,
    );
  return [...sentAfterwards, ...heldUp];
}

/**
 * One that waits to be read is in flight, and may have to wait as the API asked to. Others may stand
 * in line behind it.
 *
 * @returns ms: virtual time at which the last of them was sent, or ended without that
 */
function settledUntil(history: History, plan: Plan): number {
  const times = history.verdicts.flatMap(({ result, at }) => {
    const sent = sentFor(history.of(result.userId), plan.dryRun);
    const [firstReading] = sent.readings;
    if (firstReading !== undefined) return [firstReading.start.time];
    return isReadingDue(sent, plan.ignoreNoUsername) ? [at.time] : [];
  });
  return Math.max(...times);
}

/** What is in flight is seen through: one request that settles a removal may follow a stop. */
function isFirstReading(request: RequestRecord, history: History, { dryRun }: Plan): boolean {
  return sentFor(history.of(request.userId), dryRun).readings[0] === request;
}

function afterCancelling({ cancelled, requests, verdicts }: History): readonly string[] {
  if (cancelled === undefined) return [];
  return [
    ...(requests.some(({ start }) => start.step > cancelled.step)
      ? ['a request was sent after the cancelling']
      : []),
    ...(verdicts.some(({ at }) => at.step > cancelled.step && at.time > cancelled.time)
      ? ['the cancelling was waited with']
      : []),
  ];
}

/** Nothing more is sent, and who has nothing in flight ends at once. */
function afterInternalError(history: History): readonly string[] {
  const { broken, requests, verdicts } = history;
  if (broken === undefined) return [];
  const isLate = ({ at, result }: Verdict): boolean => {
    const lastReply = history.of(result.userId).at(-1)?.reply;
    return at.time > Math.max(broken.time, lastReply?.at.time ?? 0);
  };
  return [
    ...(requests.some(({ start }) => start.step > broken.step)
      ? ['a request was sent after an error of the action itself']
      : []),
    ...(verdicts.some((verdict) => isLate(verdict)) ? ['an internal error was waited with'] : []),
  ];
}

function isFounded(reason: Trial['stopReason'], causes: Causes, { requests }: History): boolean {
  switch (reason) {
    case undefined:
    case 'stuck':
      return true;
    case 'key-rejected':
    case 'redirect':
    case 'tls':
    case 'unknown-host':
      return requests.some(({ reply }) => reply?.stops === true);
    case 'consecutive-failures':
      return causes.tenthFailure !== undefined;
    case 'retry-after-too-long':
      return requests.some(({ reply }) => reply?.notBefore !== undefined);
    case 'cancelled':
      return causes.cancelled !== undefined;
    case 'internal-error':
      return causes.internalError !== undefined;
    case 'report-lost':
    case 'log-closed':
      return false;
  }
}

/** Where a response was lost, a reading may show that it does not hold for everyone after all. */
function firstForEveryone(history: History): Moment | undefined {
  return earliest(
    history.requests.flatMap((request) => {
      const { reply, userId } = request;
      if (reply?.stops !== true || history.of(userId).at(-1) !== request) return [];
      if (!reply.lost) return [reply.at];
      return history.verdicts.find(({ result }) => result.userId === userId)?.at ?? [];
    }),
  );
}

function earliest(moments: readonly Moment[]): Moment | undefined {
  return moments.toSorted((one, other) => one.step - other.step)[0];
}

function firstReply(
  { requests }: History,
  isOne: (request: RequestRecord) => boolean,
): Moment | undefined {
  return earliest(
    requests.filter((request) => isOne(request)).flatMap(({ reply }) => reply?.at ?? []),
  );
}

function asksForTooLong(
  request: RequestRecord,
  history: History,
  { dryRun, retries, maxRetryWaitMs }: Plan,
): boolean {
  const { userId, reply } = request;
  if (reply?.notBefore === undefined) return false;
  const { attempts } = sentFor(history.of(userId), dryRun);
  const number = attempts.indexOf(request) + 1;
  return number > 0 && number <= retries && reply.notBefore - reply.at.time > maxRetryWaitMs;
}

function tenthFailure(history: History, { dryRun }: Plan): Moment | undefined {
  let inARow = 0;
  for (const { result, at } of history.verdicts) {
    const isFailure = isNotDone(result) && decidingReply(result, history, dryRun)?.outage === true;
    inARow = isFailure ? inARow + 1 : 0;
    if (inARow === FAILURES_IN_A_ROW) return at;
  }
  return undefined;
}

/** Where a reading showed that there still is a username, or settled nothing, the removal decided. */
function decidingReply(
  { userId, outcome }: Verdict['result'],
  history: History,
  dryRun: boolean,
): Reply | undefined {
  const requests = history.of(userId);
  const { attempts, readings } = sentFor(requests, dryRun);
  const lastReading = readings.at(-1)?.reply;
  const isAsAnswered =
    outcome === 'failed' || (outcome === 'not-found' && lastReading?.status !== 404);
  return isAsAnswered || lastReading === undefined ? attempts.at(-1)?.reply : lastReading;
}
