import { describe, expect, it } from 'vitest';
import type { Failure, FailureCause } from '../../src/monocloud/failure.ts';
import type { ErrorReason, NoResponse } from '../../src/monocloud/response.ts';
import type { NotDone, NotDoneCause } from '../../src/removal/outcome.ts';
import { FAILURES, RESPONSE_FAULTS, STOPS, UNEXPECTED_BODIES } from '../../src/report/messages.ts';
import {
  errorName,
  madeProblem,
  notDoneText,
  responseText,
  stopMessage,
  titleWithCodes,
} from '../../src/report/wording.ts';
import { STOP_REASONS } from '../../src/removal/outcome.ts';
import { failure, status, userId } from '../removal/scripted-api.ts';
import { errorResponse, notDone, settingsOf } from './fixtures.ts';

const ADA = userId('ada');

/** A sentence or more, with nothing left to fill in. */
const WHOLE = /^(?!.*[{}])(?!.*\s{2})(?!.*\.\.)\S.*[.!?…]$/u;

interface Given {
  readonly outcome?: NotDone['outcome'];
  readonly attempts?: number;
  readonly dryRun?: boolean;
  readonly retryAfterTooLongMs?: number;
}

function textOf(cause: NotDoneCause, given: Given = {}): string {
  const { outcome = 'failed', attempts = 1, dryRun = false, retryAfterTooLongMs } = given;
  const result = { ...notDone(ADA, outcome, cause), attempts, retryAfterTooLongMs };
  return notDoneText(result, settingsOf({ dryRun, maxRetryWaitMs: 120_000 }));
}

function error(code: number, reason: ErrorReason): NotDoneCause {
  return { kind: 'error', status: code, reason, retryAfterMs: undefined };
}

function invalid(members: object): NotDoneCause {
  return errorResponse(422, JSON.stringify(members));
}

function noResponse(cause: FailureCause, details: Partial<Failure> = {}): NoResponse {
  const whole = {
    cause,
    peer: 'tenant',
    host: 'acme.test',
    mayHaveReached: false,
    code: '',
  } as const;
  return { kind: 'no-response', failure: { ...whole, ...details } };
}

describe('a user that is not done', () => {
  it('has status, title, detail and each validation error, in either shape', () => {
    const expected =
      'User ada: MonoCloud answered 422 Unprocessable Entity. Invalid. See below. NoUsername: The ' +
      'user has no username. If the user may have no username already, set ' +
      '`on-no-username: ignore`.';
    const members = { title: 'Invalid', detail: 'See below' };
    const text = 'The user has no username';
    expect(
      textOf(invalid({ ...members, errors: [{ code: 'NoUsername', description: text }] })),
    ).toBe(expected);
    expect(textOf(invalid({ ...members, errors: { NoUsername: [text] } }))).toBe(expected);
  });

  it('says the status once', () => {
    expect(textOf(errorResponse(409, '{"title":"Conflict"}'), { dryRun: true })).toBe(
      'User ada: MonoCloud answered 409 Conflict.',
    );
  });

  it.each([
    [401, 'Check the secret that holds the API key'],
    [402, 'Check the plan of the tenant'],
    [403, 'Check whether the plan of the tenant includes this.'],
    [409, 'on-no-username: ignore'],
    [422, 'on-no-username: ignore'],
  ])('has a hint for %i', (code, hint) => {
    expect(textOf(errorResponse(code))).toContain(hint);
    const unconfirmed = textOf(errorResponse(code), { outcome: 'unconfirmed' });
    expect(unconfirmed).toContain('run the step again, or look the user up');
    expect(unconfirmed).not.toContain(hint);
  });

  it('has a hint for 404 only where there is no such user', () => {
    const hint = 'Check the user id';
    expect(textOf(errorResponse(404), { outcome: 'not-found' })).toContain(hint);
    expect(textOf(errorResponse(404), { outcome: 'failed' })).not.toContain(hint);
  });

  it('has a hint at a firewall only where there are no problem details', () => {
    for (const code of [402, 403]) {
      expect(textOf(errorResponse(code, '<html>'))).toContain('a firewall before the API');
      expect(textOf(errorResponse(code))).not.toContain('firewall');
    }
  });

  it('says how often it was sent, and what wait was too long', () => {
    expect(textOf(errorResponse(503), { attempts: 4 })).toContain('Gave up after 4 attempts.');
    expect(textOf(errorResponse(503), { attempts: 1 })).not.toContain('attempts');
    expect(textOf(errorResponse(429), { retryAfterTooLongMs: 120_500 })).toContain(
      'The API asked to wait 121 s, and `max-retry-wait` allows 120 s.',
    );
  });

  it('names where a redirect points to', () => {
    const text = textOf(error(302, { kind: 'redirect', host: 'evil.test' }));
    expect(text).toBe(
      'User ada: The server answered 302 Found. Redirect not followed. It points to evil.test. ' +
        'Following it would send the API key to another place.',
    );
  });

  it.each(Object.keys(FAILURES).filter((cause): cause is FailureCause => cause in FAILURES))(
    'says in whole sentences what happened instead of a response: %s',
    (cause) => {
      for (const peer of ['tenant', 'proxy'] as const) {
        for (const mayHaveReached of [true, false]) {
          for (const code of ['', 'no code', 'ECONNRESET', '503']) {
            const response = noResponse(cause, { peer, mayHaveReached, code });
            const text = textOf(response);
            expect(text).toMatch(WHOLE);
            expect(text).toContain(FAILURES[cause].title);
            expect(text.includes('The key was not sent.')).toBe(cause === 'tls' && !mayHaveReached);
            expect(text.includes('ECONNRESET')).toBe(
              code === 'ECONNRESET' && cause !== 'cancelled',
            );
            expect(text.includes('503 Service Unavailable')).toBe(code === '503');
            expect(text).not.toContain('no code');
          }
        }
      }
    },
  );

  it('blames the proxy where it was the proxy', () => {
    const details = { peer: 'proxy', host: 'proxy.test' } as const;
    expect(textOf(noResponse('unknown-host', details))).toContain(
      'No proxy with the name proxy.test is known. Check HTTPS_PROXY for a typo.',
    );
    expect(textOf(noResponse('unknown-host'))).toContain(
      'No host with the name acme.test is known.',
    );
  });

  it('says in whole sentences what is wrong with a response', () => {
    const reasons: readonly ErrorReason[] = [
      { kind: 'without-problem' },
      { kind: 'redirect', host: undefined },
      { kind: 'body-too-large' },
      { kind: 'body-encoded' },
      ...(['not-utf-8', 'empty', 'web-page', 'not-an-object', 'object', 'other-user'] as const).map(
        (body) => ({ kind: 'not-proven', body }) as const,
      ),
    ];
    const bodies = reasons.flatMap((reason) => (reason.kind === 'not-proven' ? [reason.body] : []));
    expect(bodies).toEqual(Object.keys(UNEXPECTED_BODIES));
    const kinds = new Set(reasons.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(Object.keys(RESPONSE_FAULTS).toSorted());
    for (const reason of reasons) {
      const text = textOf(error(200, reason));
      expect(text).toMatch(WHOLE);
      expect(text).toContain('The server answered 200 OK.');
    }
  });

  it('that was not sent, or met an internal error, has no status', () => {
    expect(textOf({ kind: 'not-sent' }, { outcome: 'skipped' })).toBe(
      'User ada: Skipped. The step ended before a request for this user was sent.',
    );
    const text = textOf({ kind: 'internal-error', name: 'TypeError' }, { outcome: 'unconfirmed' });
    expect(text).toContain('Internal error. The action met an unexpected error (TypeError).');
    expect(text).toMatch(WHOLE);
  });
});

describe('a problem that the action makes', () => {
  it('has the title of the failure, or the status', () => {
    expect(madeProblem(noResponse('timed-out'))).toEqual({
      title: 'Timed out',
      detail: 'No complete response came within the time that `timeout` allows for one attempt.',
    });
    expect(madeProblem(errorResponse(502, '')).title).toBe('502 Bad Gateway');
    expect(madeProblem(error(200, { kind: 'not-proven', body: 'empty' })).title).toBe('Not proven');
  });
});

describe('the title with codes', () => {
  it.each([
    [invalid({ title: 'Invalid', errors: [{ code: 'A' }, { code: 'B' }] }), 'Invalid (A, B)'],
    [invalid({ title: 'Invalid' }), 'Invalid'],
    [invalid({ title: 'Unprocessable Entity', errors: { name: ['x'] } }), 'name'],
    [invalid({ errors: ['ada@example.test is wrong'] }), ''],
    [noResponse('timed-out'), 'Timed out'],
    [{ kind: 'not-sent' }, ''],
    [{ kind: 'internal-error', name: 'TypeError' }, 'Internal error'],
  ] as const)('has no personal data %#', (cause, title) => {
    expect(titleWithCodes(cause)).toBe(title);
  });
});

describe('a response in a few letters', () => {
  it('is its status, or what came instead', () => {
    expect(responseText(status(503))).toBe('503 Service Unavailable');
    expect(responseText(status(599))).toBe('599');
    expect(responseText(failure('connection-lost'))).toBe('Connection lost');
  });
});

describe('a stop', () => {
  it.each(STOP_REASONS)('%s has words, and says how many it left out', (reason) => {
    const message = stopMessage(reason, 2);
    expect(message?.text).toMatch(WHOLE);
    expect(message?.text).toMatch(/^Stopped: .*\. 2 users skipped\.$/u);
    // The user that caused it has the reason already.
    expect(stopMessage(reason, 0) === undefined).toBe(STOPS[reason].byUser);
  });

  it('that was none has no words', () => {
    expect(stopMessage(undefined, 0)).toBeUndefined();
  });
});

describe('an unexpected error', () => {
  it.each([
    [new TypeError('secret'), 'TypeError'],
    [Object.assign(new Error('secret'), { code: 'EIO' }), 'Error EIO'],
    ['secret', 'string'],
    [undefined, 'undefined'],
  ])('is called by its name and code only %#', (thrown, name) => {
    expect(errorName(thrown)).toBe(name);
  });
});
