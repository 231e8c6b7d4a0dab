import { connect } from 'node:net';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import {
  makeCertificateAuthority,
  type CertificateAuthority,
} from '../../emulator/certificates.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import { outcomesOf, userRecords } from './evidence.ts';
import { userIdLines } from './many-users.ts';
import { listenHere } from './own-server.ts';
import { requestsTo } from './requests.ts';
import { scenario } from './scenario.ts';
import { trusting } from './trusting.ts';

const HERE = { hosts: ['127.0.0.1'] };
const KEY_NOT_SENT = 'The key was not sent.';

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await makeCertificateAuthority();
});

/**
 * Something between the step and the server that passes everything on, and breaks the TLS of the
 * first connection with bytes that are none, once the server has read so many requests.
 *
 * @returns its origin
 */
async function breaksTlsAfter(
  requests: number,
  emulator: Emulator,
  hook: TestContext['onTestFinished'],
): Promise<string> {
  let connections = 0;
  const port = await listenHere((client) => {
    const upstream = connect(emulator.port, '127.0.0.1');
    upstream.on('error', () => upstream.destroy());
    hook(() => {
      upstream.destroy();
    });
    client.pipe(upstream).pipe(client);
    connections += 1;
    if (connections > 1) return;
    void emulator.waitForRequests(requests).then(() => client.write('this is not TLS'.repeat(10)));
  }, hook);
  return `https://127.0.0.1:${port}`;
}

describe('TLS that breaks after the request was read', () => {
  it.concurrent('is not said to have kept the key back', async ({ onTestFinished }) => {
    const tls = await authority.issue(HERE);
    const { emulator, run } = await scenario({ tls }, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers' }, { method: 'DELETE' });
    const domain = await breaksTlsAfter(1, emulator, onTestFinished);
    const result = await run({ domain, 'user-id': userIdLines(3) }, trusting(authority));
    expect(result.conclusion).toBe('failure');
    expect(emulator.requests[0]?.headers['x-api-key']).toBe(emulator.apiKey);
    // The username is still there, which only a reading can tell.
    expect(requestsTo(emulator)).toEqual(['DELETE user-1', 'GET user-1']);
    expect(outcomesOf(result)).toEqual(['failed', 'skipped', 'skipped']);
    expect(result.annotations[0]?.message).toContain('The secure connection to 127.0.0.1');
    expect(result.annotations[1]?.message).toBe(
      'Stopped: there is no secure connection. 2 users skipped.',
    );
    expect(`${result.stdout}${result.outputs['problem']}`).not.toContain(KEY_NOT_SENT);
  });

  it.concurrent('may have removed the username: it is read', async ({ onTestFinished }) => {
    const tls = await authority.issue(HERE);
    const { emulator, run } = await scenario({ tls }, onTestFinished);
    emulator.misbehave({ kind: 'stall', where: 'headers', apply: true }, { method: 'DELETE' });
    const domain = await breaksTlsAfter(1, emulator, onTestFinished);
    const result = await run({ domain, 'user-id': userIdLines(3) }, trusting(authority));
    expect(result.conclusion).toBe('success');
    expect(userRecords(result)[0]).toMatchObject({ outcome: 'removed', confirmed_by_read: true });
    expect(outcomesOf(result)).toEqual(['removed', 'removed', 'removed']);
  });
});
