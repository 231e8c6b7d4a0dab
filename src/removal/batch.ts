import type { UserId } from '../monocloud/user-id.ts';
import { broken, isNotDone, skipped, type UserResult } from './outcome.ts';
import type { Stop } from './stop.ts';

/** This many users in a row without an answer, or with 5xx, and the API is taken to be down. */
const UNWELL_IN_A_ROW = 10;

export interface Batch {
  /** Each once, in the order given. */
  readonly userIds: readonly UserId[];
  /** The most users under way at once. */
  readonly concurrency: number;
  /** Sees one user through to the end. */
  readonly process: (userId: UserId) => Promise<UserResult>;
  /** Called once for every user, as each ends. @param index the user's place in `userIds` */
  readonly ended: (result: UserResult, index: number) => void;
  readonly stop: Stop;
}

/**
 * Sees every user through. The first goes alone, so that a bad key costs one request; then
 * `concurrency` at a time. After a stop, what is under way ends and the rest is skipped.
 */
export async function runBatch({
  userIds,
  concurrency,
  process,
  ended,
  stop,
}: Batch): Promise<void> {
  const queue = userIds.entries();
  let unwellInARow = 0;

  const resultOf = async (userId: UserId): Promise<UserResult> => {
    if (stop.signal.aborted) return { userId, ...skipped() };
    try {
      return await process(userId);
    } catch (error) {
      stop.now('bug');
      return { userId, ...broken(error) };
    }
  };

  const account = (result: UserResult, index: number): void => {
    ended(result, index);
    if (!isNotDone(result)) {
      unwellInARow = 0;
      return;
    }
    const { rule, refusedWait } = result;
    unwellInARow = rule.unwell ? unwellInARow + 1 : 0;
    if (rule.stops !== undefined) stop.now(rule.stops);
    if (refusedWait !== undefined) stop.now('wait-refused');
    if (unwellInARow === UNWELL_IN_A_ROW) stop.now('unwell');
  };

  const processTheRest = async (): Promise<void> => {
    for (const [index, userId] of queue) account(await resultOf(userId), index);
  };

  const [first] = userIds;
  if (first === undefined) return;
  queue.next();
  account(await resultOf(first), 0);
  await Promise.all(Array.from({ length: concurrency }, processTheRest));
}
