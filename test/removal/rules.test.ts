import { describe, expect, it } from 'vitest';
import type { FailureCause } from '../../src/monocloud/failure.ts';
import type { ApiResponse, ErrorReason } from '../../src/monocloud/response.ts';
import { createClassifier, type Meaning } from '../../src/removal/rules.ts';
import { PROFILE, failure, sentTwice, status } from './scripted-api.ts';

const NOTHING: Meaning = {
  answered: false,
  retried: false,
  slowsDown: false,
  retryAfterMs: undefined,
  sentTwice: false,
  lost: false,
  mayMeanAlreadyRemoved: false,
  notFound: false,
  stops: undefined,
  countsAsOutage: false,
};

/** What the last of these responses means to a step that got them all. */
function meaningOf(...responses: readonly ApiResponse[]): Meaning {
  const classify = createClassifier();
  let meaning = NOTHING;
  for (const response of responses) meaning = classify(response);
  return meaning;
}

const ALL = Array.from({ length: 500 }, (_, index) => 100 + index);
const GATEWAYS = [520, 521, 522, 523, 524, 530];
const RETRIED = new Set([408, 429, 500, 502, 503, 504, ...GATEWAYS]);
const ALREADY_REMOVED = new Set([404, 409, 422]);
const REJECTED = new Set([401, 402, 403]);

function stopFor(code: number): string | undefined {
  if (code >= 300 && code < 400) return 'redirect';
  return REJECTED.has(code) ? 'key-rejected' : undefined;
}

it('every status follows the table of the contract', () => {
  for (const code of ALL) {
    const meaning = meaningOf(status(code, 5000));
    const isRetried = RETRIED.has(code);
    expect({ code, ...meaning }).toEqual({
      code,
      answered: true,
      retried: isRetried,
      slowsDown: code === 429 || code === 503,
      retryAfterMs: isRetried ? 5000 : undefined,
      sentTwice: false,
      lost: code >= 500,
      mayMeanAlreadyRemoved: ALREADY_REMOVED.has(code),
      notFound: code === 404,
      stops: stopFor(code),
      countsAsOutage: code >= 500 || code === 429 || code === 403,
    });
  }
});

describe('without a response', () => {
  const passing = { retried: true, countsAsOutage: true };
  const outage = { countsAsOutage: true };
  const causes: readonly (readonly [FailureCause, Partial<Meaning>])[] = [
    ['connection-refused', passing],
    ['connection-lost', passing],
    ['timed-out', passing],
    ['response-incomplete', passing],
    ['lookup-failed', passing],
    ['proxy-unavailable', passing],
    ['response-mismatch', {}],
    ['no-final-response', outage],
    ['not-http', outage],
    ['headers-too-large', outage],
    ['proxy-refused', outage],
    ['tls', { stops: 'tls' }],
    ['unknown-host', { stops: 'unknown-host' }],
    ['cancelled', {}],
  ];

  it.each(causes)('%s follows the table, and is lost where it may have reached', (cause, rule) => {
    expect(meaningOf(failure(cause, false))).toEqual({ ...NOTHING, ...rule });
    expect(meaningOf(failure(cause, true))).toEqual({ ...NOTHING, ...rule, lost: true });
  });
});

describe('a profile', () => {
  it('has nothing follow from it', () => {
    expect(meaningOf(PROFILE)).toEqual({ ...NOTHING, answered: true });
  });
});

describe('a request that was sent twice', () => {
  it.each([PROFILE, status(404), status(429, 1000), failure('connection-refused')])(
    'may have taken effect unseen, whatever came back %#',
    (response) => {
      expect(meaningOf(sentTwice(response))).toEqual({
        ...meaningOf(response),
        sentTwice: true,
        lost: true,
      });
    },
  );
});

describe('a 404', () => {
  it.each([
    ['without problem details', { kind: 'without-problem' }, true],
    ['of which the body was too large', { kind: 'body-too-large' }, false],
    ['of which the body was encoded', { kind: 'body-encoded' }, false],
  ] as const satisfies readonly (readonly [string, ErrorReason, boolean])[])(
    '%s says that there is no such user: %s',
    (_, reason, notFound) => {
      expect(meaningOf(status(404, undefined, reason)).notFound).toBe(notFound);
    },
  );
});

describe('what a step remembers', () => {
  const unknownHost = failure('unknown-host');
  const stopsAtUnknownHost = { ...NOTHING, stops: 'unknown-host' };
  const passes = { ...NOTHING, retried: true, countsAsOutage: true };

  it.each([PROFILE, status(401), status(302), status(503)])(
    'an unknown host may pass once something has answered %#',
    (response) => {
      expect(meaningOf(response, unknownHost)).toEqual(passes);
      expect(meaningOf(response, unknownHost, unknownHost)).toEqual(passes);
    },
  );

  it('an unknown host stops as long as nothing has', () => {
    expect(meaningOf(unknownHost, unknownHost)).toEqual(stopsAtUnknownHost);
    expect(meaningOf(failure('timed-out', true), unknownHost)).toEqual(stopsAtUnknownHost);
  });

  it.each([PROFILE, status(200), status(400), status(404), status(409), status(422)])(
    'a 403 is about one user once the key was accepted %#',
    (response) => {
      expect(meaningOf(response, status(403))).toEqual({
        ...NOTHING,
        answered: true,
        countsAsOutage: true,
      });
    },
  );

  it.each([
    status(302),
    status(401),
    status(402),
    status(403),
    status(408),
    status(429),
    status(500),
    status(503),
    status(204),
    failure('timed-out', true),
  ])('a 403 stops as long as it was not %#', (response) => {
    expect(meaningOf(response, status(403)).stops).toBe('key-rejected');
  });

  it.each([401, 402])('a %i always stops', (code) => {
    expect(meaningOf(PROFILE, status(code)).stops).toBe('key-rejected');
  });
});
