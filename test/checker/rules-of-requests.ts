import type { Reply, RequestRecord } from './history.ts';
import type { Trial } from './trial.ts';

/** So many at once, so often, in this order, and not before the API wants to be asked again. */
export function requestViolations({ plan, history }: Trial): readonly string[] {
  return [
    ...(plan.dryRun && history.requests.some(({ method }) => method === 'DELETE')
      ? ['a dry run wrote']
      : []),
    ...concurrencyViolations(history.requests, plan.concurrency),
    ...tooEarly(history.requests),
    ...[...plan.users.keys()].flatMap((userId) =>
      userViolations(history.of(userId), plan).map((violation) => `${userId}: ${violation}`),
    ),
  ];
}

function concurrencyViolations(
  requests: readonly RequestRecord[],
  concurrency: number,
): readonly string[] {
  const [first] = requests;
  const others = requests.filter(({ userId }) => userId !== first?.userId);
  const lastOfFirst = requests.findLast(({ userId }) => userId === first?.userId);
  const violations: string[] = [];
  if (others.some(({ start }) => start.step < endOf(lastOfFirst))) {
    violations.push('the first user did not go alone');
  }
  for (const { start } of requests) {
    const underWay = requests.filter(
      (other) => other.start.step <= start.step && endOf(other) > start.step,
    ).length;
    if (underWay > concurrency) violations.push(`${underWay} requests were under way at once`);
  }
  return violations;
}

/** Whether a further try may go better. */
export function mayPass(reply: Reply | undefined): boolean {
  const retried = [undefined, 408, 429, 500, 502, 503, 504].includes(reply?.status);
  return retried && reply?.stops !== true;
}

/** Says what a removal that has already happened looks like. */
export function isDoubtful(request: RequestRecord | undefined): boolean {
  return [404, 409, 422].includes(request?.reply?.status ?? 0);
}

function endOf(request: RequestRecord | undefined): number {
  return request?.reply?.at.step ?? Infinity;
}

function tooEarly(requests: readonly RequestRecord[]): readonly string[] {
  return requests.flatMap(({ userId, reply }) => {
    if (reply?.notBefore === undefined) return [];
    const { at, notBefore } = reply;
    return requests
      .filter(({ start }) => start.step > at.step && start.time < notBefore)
      .map(
        (early) =>
          `${early.userId} was asked for ${Math.ceil(notBefore - early.start.time)} ms before the time that ` +
          `the API gave with ${userId}`,
      );
  });
}

function userViolations(
  sent: readonly RequestRecord[],
  { dryRun, retries }: Trial['plan'],
): readonly string[] {
  const violations: string[] = [];
  const tries = sent.filter(({ method }) => method === (dryRun ? 'GET' : 'DELETE'));
  if (tries.length > retries + 1) violations.push(`${tries.length} tries`);
  for (const { reply } of tries.slice(0, -1)) {
    if (!mayPass(reply)) {
      violations.push(`tried again after ${reply?.status ?? 'no answer'}`);
    }
  }
  for (const [index, request] of sent.entries()) {
    const previous = sent[index - 1];
    if (previous !== undefined && endOf(previous) > request.start.step) {
      violations.push('two requests at once');
    }
  }
  return dryRun ? violations : [...violations, ...readingViolations(sent)];
}

/** A user is read once, and only to settle what a lost answer leaves open. */
function readingViolations(sent: readonly RequestRecord[]): readonly string[] {
  const firstRead = sent.findIndex(({ method }) => method === 'GET');
  if (firstRead === -1) return [];
  const before = sent.slice(0, firstRead);
  const violations: string[] = [];
  if (!before.some(({ reply }) => reply?.lost === true)) {
    violations.push('read, and no answer was lost');
  }
  if (!isDoubtful(before.at(-1))) {
    violations.push('read without doubt');
  }
  if (sent.length > firstRead + 1) violations.push('asked again after the reading');
  return violations;
}
