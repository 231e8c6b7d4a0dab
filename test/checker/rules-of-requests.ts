import type { RequestRecord } from './history.ts';
import { anyLost, isReadingDue, sentFor, type Sent } from './replies.ts';
import type { Trial } from './trial.ts';

/** ms: at least so long everyone waits when the API is throttling and does not say how long. */
const SHORTEST_PAUSE_MS = 250;
/** ms: the longest time between two requests where the API does not say when to come back. */
const LONGEST_GAP_MS = 20_000;
/** ms that the network of the model may take, to the API and back. */
const NETWORK_MS = 120;

/** So many at once, so often, in this order, and neither before nor long after the API wants it. */
export function requestViolations({ plan, history, stopReason }: Trial): readonly string[] {
  const { requests } = history;
  // The API asks for a longer wait than is accepted: nobody goes on.
  const isTooLong = requests.some(
    ({ reply }) => (reply?.notBefore ?? 0) - (reply?.at.time ?? 0) > plan.maxRetryWaitMs,
  );
  const isStopped = stopReason !== undefined || isTooLong;
  return [
    ...(plan.dryRun && requests.some(({ method }) => method === 'DELETE')
      ? ['a dry run removed']
      : []),
    ...concurrencyViolations(requests, plan.concurrency),
    ...tooEarly(requests),
    ...tooLate(requests, plan),
    ...[...plan.users.keys()].flatMap((userId) =>
      userViolations(history.of(userId), plan, isStopped).map(
        (violation) => `${userId}: ${violation}`,
      ),
    ),
  ];
}

function concurrencyViolations(
  requests: readonly RequestRecord[],
  concurrency: number,
): readonly string[] {
  const [first] = requests;
  const others = requests.filter(({ userId }) => userId !== first?.userId);
  const ofFirst = requests.filter(({ userId }) => userId === first?.userId);
  // Once the API throttles the first user, the others join in.
  const throttled = ofFirst.find(({ reply }) => reply?.status === 429);
  const violations: string[] = [];
  if (others.some(({ start }) => start.step < endOf(throttled ?? ofFirst.at(-1)))) {
    violations.push('the first user did not go alone');
  }
  for (const { start } of requests) {
    const inFlight = requests.filter(
      (other) => other.start.step <= start.step && endOf(other) > start.step,
    ).length;
    if (inFlight > concurrency) violations.push(`${inFlight} requests were in flight at once`);
  }
  return violations;
}

function endOf(request: RequestRecord | undefined): number {
  return (request?.reply?.at ?? request?.threwAt)?.step ?? Infinity;
}

function tooEarly(requests: readonly RequestRecord[]): readonly string[] {
  return requests.flatMap(({ userId, reply }) => {
    if (reply === undefined) return [];
    const { at, notBefore, slowsDown } = reply;
    const until = notBefore ?? (slowsDown ? at.time + SHORTEST_PAUSE_MS : -Infinity);
    const why = slowsDown
      ? 'although everyone had to slow down'
      : 'before the time that the API gave';
    return requests
      .filter(({ start }) => start.step > at.step && start.time < until)
      .map(
        ({ userId: early, start }) =>
          `${early} was sent ${Math.ceil(until - start.time)} ms too early, ${why} with ${userId}`,
      );
  });
}

/** While the API answers nothing but 429, it is asked again within the last `Retry-After`. */
function tooLate(
  requests: readonly RequestRecord[],
  { throttling }: Trial['plan'],
): readonly string[] {
  if (throttling === undefined) return [];
  const { retryAfter, untilMs } = throttling;
  const longest = retryAfter === undefined ? LONGEST_GAP_MS : retryAfter * 1000;
  return requests.slice(1).flatMap(({ start }, index) => {
    const previous = requests[index]?.start.time ?? 0;
    const gap = start.time - previous;
    if (previous >= untilMs || gap <= longest + NETWORK_MS) return [];
    return [`the API was asked again after ${Math.round(gap)} ms, and would take ${longest}`];
  });
}

function userViolations(
  requests: readonly RequestRecord[],
  { dryRun, retries, ignoreNoUsername }: Trial['plan'],
  isStopped: boolean,
): readonly string[] {
  const sent = sentFor(requests, dryRun);
  const violations = [
    ...attemptViolations(sent.attempts, retries, isStopped, 'attempt'),
    ...attemptViolations(sent.readings, retries, isStopped, 'reading'),
    ...readingViolations(requests, sent, ignoreNoUsername),
  ];
  for (const [index, request] of requests.entries()) {
    const previous = requests[index - 1];
    if (previous !== undefined && endOf(previous) > request.start.step) {
      violations.push('two requests at once');
    }
  }
  return violations;
}

/** As many as the retries allow after what may pass, and none after anything else. */
function attemptViolations(
  requests: readonly RequestRecord[],
  retries: number,
  isStopped: boolean,
  kind: string,
): readonly string[] {
  const violations: string[] = [];
  if (requests.length > retries + 1) violations.push(`${requests.length} ${kind}s`);
  for (const { reply } of requests.slice(0, -1)) {
    if (reply?.retried !== true) {
      violations.push(`another ${kind} after ${reply?.status ?? reply?.cause ?? 'an error'}`);
    }
  }
  const mayGoOn = requests.at(-1)?.reply?.retried === true && requests.length <= retries;
  if (mayGoOn && !isStopped) {
    violations.push(`given up after ${requests.length} ${kind}s of ${retries + 1}`);
  }
  return violations;
}

/** A user is read after the removal, and only to settle what it leaves open. */
function readingViolations(
  requests: readonly RequestRecord[],
  sent: Sent,
  ignoreNoUsername: boolean,
): readonly string[] {
  const [firstReading] = sent.readings;
  if (firstReading === undefined) return [];
  const violations: string[] = [];
  if (!anyLost(sent) && !ignoreNoUsername) violations.push('read, and no response was lost');
  if (!isReadingDue(sent, ignoreNoUsername)) violations.push('read without need');
  const isInBetween = requests.indexOf(firstReading) < sent.attempts.length;
  if (isInBetween) violations.push('removed again after the reading');
  return violations;
}
