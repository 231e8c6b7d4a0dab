import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../emulator/emulator.ts';
import { RESPONSE_FAULTS } from '../../src/report/messages.ts';
import { expectStopped } from './many-users.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { scenario } from './scenario.ts';

const NOT_FOLLOWED = RESPONSE_FAULTS.redirect.text;

describe('a redirect', () => {
  it.concurrent.for([300, 301, 302, 303, 304, 305, 307, 308, 399])(
    'by %i to another server is not followed',
    async (status, { onTestFinished }) => {
      const { emulator, run } = await scenario({}, onTestFinished);
      const other = await startEmulator({ apiKey: emulator.apiKey, users: 3 });
      onTestFinished(() => other.close());
      const location = `${other.origin}/api/users/user-1/username`;
      emulator.misbehave({ kind: 'redirect', status, location }, { next: Infinity });
      const result = await run({ 'user-id': 'user-1' });
      expectPlainFailure(result, `It points to 127.0.0.1:${other.port}. ${NOT_FOLLOWED}`);
      expect(result.outputs['status']).toBe(String(status));
      expect(emulator.requests).toHaveLength(1);
      expect(other.connections).toBe(0);
      expect(emulator.users.hasUsername('user-1')).toBe(true);
    },
  );

  it.concurrent.for([
    ['the same place', '/api/users/user-1/username', ''],
    ['a relative place', '../user-2/username', ''],
    ['the whole user', '/api/users/user-1', ''],
    ['another scheme', 'https://127.0.0.1/', 'It points to 127.0.0.1. '],
    ['a file', 'file:///etc/passwd', ''],
    ['nowhere', 'http://', ''],
    ['something that is no URL', ':::::', ''],
    ['a place with a command in it', 'http://x/::error::owned', 'It points to x. '],
  ] as const)('to %s is not followed', async ([, location, target], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'redirect', status: 307, location }, { next: Infinity });
    const result = await run({ 'user-id': 'user-1' });
    expectPlainFailure(result, `${RESPONSE_FAULTS.redirect.title}. ${target}${NOT_FOLLOWED}`);
    expect(emulator.requests).toHaveLength(1);
    expect(result.annotations).toHaveLength(1);
    expect(emulator.users.counts().withoutUsername).toBe(0);
  });

  it.concurrent('of a reading is not followed either', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    const other = await startEmulator({ apiKey: emulator.apiKey, users: 3 });
    onTestFinished(() => other.close());
    const location = `${other.origin}/api/users/user-1`;
    emulator.misbehave({ kind: 'redirect', status: 302, location }, { method: 'GET' });
    const result = await run({ 'user-id': 'user-1', 'dry-run': 'true' });
    expectPlainFailure(result, NOT_FOLLOWED);
    expect(emulator.requests).toHaveLength(1);
    expect(other.connections).toBe(0);
  });

  it.concurrent('stops the batch', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'redirect', status: 308, location: '/' }, { user: 'user-1' });
    const result = await run({ 'user-id': 'user-1\nuser-2\nuser-3' });
    expectPlainFailure(result, NOT_FOLLOWED);
    expectStopped(result, 'redirect', 2);
    expect(emulator.requests).toHaveLength(1);
    expect(result.outputs).toMatchObject({ status: '308', 'failed-count': '3' });
  });
});
