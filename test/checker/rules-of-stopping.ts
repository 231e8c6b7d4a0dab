import { isNotDone } from '../../src/removal/outcome.ts';
import type { History, Moment, RequestRecord } from './history.ts';
import type { Plan } from './plan.ts';
import { isDoubtful } from './rules-of-requests.ts';
import type { Trial } from './trial.ts';

const UNWELL_IN_A_ROW = 10;

/** What has to stop a batch, and when that was. */
interface Causes {
  readonly cancelled: Moment | undefined;
  /** An answer that means the same for everyone. */
  readonly forEveryone: Moment | undefined;
  /** The tenth user in a row that ended without an answer or with 5xx. */
  readonly unwell: Moment | undefined;
  /** A further try was due, and the API asked for a longer wait than is accepted. */
  readonly longWait: Moment | undefined;
}

/** A batch stops when it has to, and only then: nothing is written any more, nobody is held up. */
export function stopViolations({ plan, history, reason }: Trial): readonly string[] {
  const causes = {
    cancelled: history.cancelled,
    forEveryone: firstReply(history, ({ reply }) => reply?.stops === true),
    unwell: tenthUnwell(history),
    longWait: firstReply(history, (request) => asksForTooLong(request, history, plan)),
  };
  const violations = [...afterStop(history, causes), ...afterCancelling(history)];
  const { forEveryone, unwell, longWait } = causes;
  if ([forEveryone, unwell, longWait].some((at) => at !== undefined) && reason === undefined) {
    violations.push('a stop is not told of');
  }
  if (!isFounded(reason, causes, history)) violations.push(`it stopped without cause: ${reason}`);
  return violations;
}

function afterStop(history: History, causes: Causes): readonly string[] {
  const [stop] = Object.values(causes)
    .flatMap((at: Moment | undefined) => at ?? [])
    .toSorted((one, other) => one.step - other.step);
  if (stop === undefined) return [];
  const written = history.requests
    .filter(({ method, start }) => method === 'DELETE' && start.step > stop.step)
    .map(
      ({ userId, start }) =>
        `${userId} was written ${Math.ceil(start.time - stop.time)} ms after the stop`,
    );
  const heldUp = history.verdicts
    .filter(({ result, at }) => {
      const last = history.of(result.userId).at(-1);
      // One that waits to be read is under way, and may have to wait as the API asked to.
      return at.time > Math.max(stop.time, last?.reply?.at.time ?? 0) && !isDoubtful(last);
    })
    .map(
      ({ result, at }) =>
        `${result.userId} ended ${Math.ceil(at.time - stop.time)} ms after the stop`,
    );
  return [...written, ...heldUp];
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

function isFounded(reason: Trial['reason'], causes: Causes, { requests }: History): boolean {
  switch (reason) {
    case undefined:
    case 'stuck':
      return true;
    case 'key-rejected':
    case 'redirect':
    case 'tls':
    case 'unknown-host':
      return causes.forEveryone !== undefined;
    case 'unwell':
      return causes.unwell !== undefined;
    case 'wait-refused':
      return requests.some(({ reply }) => reply?.notBefore !== undefined);
    case 'cancelled':
      return causes.cancelled !== undefined;
    case 'report-lost':
    case 'bug':
      return false;
  }
}

function firstReply(
  { requests }: History,
  isOne: (request: RequestRecord) => boolean,
): Moment | undefined {
  return requests
    .filter((request) => isOne(request))
    .flatMap(({ reply }) => reply?.at ?? [])
    .toSorted((one, other) => one.step - other.step)[0];
}

function asksForTooLong(
  request: RequestRecord,
  history: History,
  { dryRun, retries, maxRetryWait }: Plan,
): boolean {
  const { method, userId, start, reply } = request;
  if (method !== (dryRun ? 'GET' : 'DELETE') || reply?.notBefore === undefined) return false;
  const tries = history.of(userId).filter((other) => other.start.step <= start.step).length;
  return tries <= retries && reply.notBefore - reply.at.time > maxRetryWait;
}

function tenthUnwell(history: History): Moment | undefined {
  let inARow = 0;
  for (const { result, at } of history.verdicts) {
    const last = history.of(result.userId).at(-1)?.reply;
    inARow = isNotDone(result) && last?.unwell === true ? inARow + 1 : 0;
    if (inARow === UNWELL_IN_A_ROW) return at;
  }
  return undefined;
}
