import { describe, expect, it } from 'vitest';
import { userRecords } from './evidence.ts';
import { requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';

/** Bodies that a gateway or a maintenance page sends with a 200. */
const BODIES = [
  '{}',
  '{"message":"maintenance"}',
  '{"user_id":7}',
  '{"user_id":null}',
  '{"user_id":["user-1"]}',
  '[{"user_id":"user-1"}]',
  '"user-1"',
];

describe('a 200 without a string `user_id` is no proof of a removal', () => {
  it.concurrent.for(BODIES)('%s', async (body, { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'answer', status: 200, body });
    const result = await run({ 'user-id': 'user-1' });
    expect(result.conclusion).toBe('failure');
    expect(requestsTo(emulator)).toEqual(['DELETE user-1']);
    expect(userRecords(result)).toMatchObject([{ outcome: 'failed', status: 200, attempts: 1 }]);
    expect(result.outputs).toMatchObject({ profile: '', status: '200', 'removed-count': '0' });
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]?.message).toContain('Not proven');
  });
});
