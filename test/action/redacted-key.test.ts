import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../emulator/validation.ts';
import { scenario } from './scenario.ts';

const PLAIN_KEY = 'k3yOfATenant-0123456789abcdef';
/** With every character that an encoding has its own way to write. */
const ODD_KEY =
  String.raw`k3y"of\a/tenant+with=every&odd<character>'in%it~?{1}` + '::##[2]>>>???`!()*';
const KEYS = [PLAIN_KEY, ODD_KEY] as const;

type Writer = (text: string) => string;
type Form = readonly [name: string, write: Writer];

/** How serializers write a string in JSON. */
const SERIALIZERS: readonly Form[] = [
  ['JavaScript', (text) => JSON.stringify(text)],
  ['PHP', (text) => JSON.stringify(text).replaceAll('/', String.raw`\/`)],
  ['Go', (text) => JSON.stringify(text).replaceAll(/[<>&]/gu, unicodeEscape)],
  [
    '.NET',
    (text) => `"${text.replaceAll('\\', '\\\\').replaceAll(/["'<>&+`]/gu, upperCaseEscape)}"`,
  ],
];

/** How a text is escaped in HTML; the rest differs from library to library. */
const HTML_FORMS: readonly Form[] = [
  ['the least of HTML', htmlWriter({})],
  ['HTML by number', htmlWriter({ '"': '&#34;', "'": '&#39;' })],
  ['HTML with &quot; and &#39;', htmlWriter({ '"': '&quot;', "'": '&#39;' })],
  ['HTML with &apos;', htmlWriter({ '"': '&quot;', "'": '&apos;' })],
  [
    'HTML by hexadecimal number',
    htmlWriter({ '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '/': '&#x2F;' }),
  ],
  ['HTML of .NET', htmlWriter({ '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '+': '&#x2B;' })],
];

const URL_FORMS: readonly Form[] = [
  ['a URL', (key) => encodeURI(key)],
  ['a part of a URL', (key) => encodeURIComponent(key)],
  ['a part of a URL by .NET', strictUrl],
  ['a part of a URL in lower case', (key) => lowerCaseEscapes(encodeURIComponent(key))],
  ['a part of a URL by .NET in lower case', (key) => lowerCaseEscapes(strictUrl(key))],
  ['a URL in a URL', (key) => encodeURIComponent(encodeURIComponent(key))],
];

const BINARY_FORMS: readonly Form[] = [
  ['hexadecimal', (key) => Buffer.from(key).toString('hex')],
  ['hexadecimal in upper case', (key) => Buffer.from(key).toString('hex').toUpperCase()],
];

/** In base64 the key shares a character with what stands around it. */
const BASE64_FORMS: readonly Form[] = ['', 'a:', 'X-API-Key: '].flatMap(
  (before): readonly Form[] => [
    [`base64 after "${before}"`, (key) => Buffer.from(`${before}${key}`).toString('base64')],
    [`base64 amid "${before}"`, (key) => Buffer.from(`${before}${key}\r\n`).toString('base64')],
    [`URL-safe after "${before}"`, (key) => Buffer.from(`${before}${key}`).toString('base64url')],
  ],
);

/** Every form in which an API could echo a key, as members of a JSON object: name and JSON. */
function echoesOf(apiKey: string): readonly (readonly [name: string, json: string])[] {
  const texts: readonly Form[] = [['plain', (key) => key], ...HTML_FORMS];
  return [
    ...texts.flatMap(([name, write]) =>
      SERIALIZERS.flatMap(([serializer, serialize]): (readonly [string, string])[] => {
        const json = serialize(write(apiKey));
        return [
          [`${name} by ${serializer}`, json],
          // Without the quotes, to be the key alone.
          [`${name} by ${serializer}, in JSON`, JSON.stringify(json.slice(1, -1))],
        ];
      }),
    ),
    ...[...URL_FORMS, ...BINARY_FORMS].map(
      ([name, write]) => [name, JSON.stringify(write(apiKey))] as const,
    ),
  ];
}

/** A JSON object that echoes the key, and what it has to become. */
function echoOf(apiKey: string): { readonly body: string; readonly redacted: object } {
  const echoes = echoesOf(apiKey);
  const members = echoes.map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  return {
    body: `{"user_id":"user-1",${members.join(',')}}`,
    redacted: {
      user_id: 'user-1',
      ...Object.fromEntries(echoes.map(([name]) => [name, '***'])),
    },
  };
}

// Where the key got out, the run itself fails: it searches for the key in all that was written.
describe('a key that the API echoes is redacted', () => {
  describe.for(KEYS)('%s', (apiKey) => {
    it.concurrent('in a problem', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      const { body, redacted } = echoOf(apiKey);
      emulator.misbehave({ kind: 'answer', status: 401, body });
      const result = await run({ 'user-id': 'user-1' }, { debug: true });
      expect(parseRecord(result.outputs['problem'] ?? '')).toEqual(redacted);
    });

    it.concurrent('in a profile', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      const { body, redacted } = echoOf(apiKey);
      emulator.misbehave({ kind: 'answer', status: 200, body });
      const result = await run({ 'user-id': 'user-1', 'profiles-file': 'profiles.jsonl' });
      expect(parseRecord(result.outputs['profile'] ?? '')).toEqual(redacted);
      expect(result.file('profiles.jsonl')).toBe(`${result.outputs['profile']}\n`);
    });

    it.concurrent('in base64, wherever it starts', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      const errors = BASE64_FORMS.map(([, write]) => write(apiKey));
      emulator.misbehave({ kind: 'problem', status: 400, problem: { errors } });
      const result = await run({ 'user-id': 'user-1' });
      expect(result.outputs['problem']?.match(/\*\*\*/gu)).toHaveLength(errors.length);
    });

    it.concurrent('in title, detail, codes and messages that are shown', async (context) => {
      const { emulator, run } = await scenario({ apiKey }, context.onTestFinished);
      const errors = [{ code: apiKey, description: `(${apiKey})` }];
      const problem = { title: apiKey, detail: `It is ${apiKey}.`, errors };
      emulator.misbehave({ kind: 'problem', status: 401, problem });
      const result = await run({ 'user-id': 'user-1' });
      expect(result.annotations[0]?.message).toContain(' ***. It is ***. ***: (***). ');
      expect(result.summary).toContain('<code>*** (***)</code>');
    });

    it.concurrent('where the log would lose what parts it', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      const parted = ['\u200B', '\u00AD', '\u0007'].map((part) => Array.from(apiKey).join(part));
      const [title, detail, error] = parted;
      emulator.misbehave({
        kind: 'problem',
        status: 401,
        problem: { title, detail, errors: [error] },
      });
      const result = await run({ 'user-id': 'user-1' }, { debug: true });
      expect(result.annotations[0]?.message).toMatch(/ \*{3}\.? \*{3}\.? \*{3}\.? /u);
      expect(result.summary).toContain('<code>***');
    });
  });

  it.concurrent('in a user id', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ apiKey: PLAIN_KEY }, onTestFinished);
    const result = await run({ 'user-id': `of-${PLAIN_KEY}` }, { debug: true });
    expect(emulator.requests).toHaveLength(1);
    expect(result.outputs['results']).toBe(
      '[{"user_id":"of-***","outcome":"not-found","status":404,"attempts":1}]',
    );
  });

  it.concurrent('in the target of a redirect', async ({ onTestFinished }) => {
    const apiKey = 'k3y-of-a-tenant';
    const { emulator, run } = await scenario({ apiKey }, onTestFinished);
    const location = `https://${apiKey}.example/${apiKey}`;
    emulator.misbehave({ kind: 'redirect', status: 302, location });
    const result = await run({ 'user-id': 'user-1' });
    expect(result.annotations[0]?.message).toContain('to ***.example');
  });

  it.concurrent('in a text that is cut off in the middle of it', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ apiKey: PLAIN_KEY }, onTestFinished);
    const start = 'User user-1: MonoCloud answered 400 Bad Request. '.length;
    const detail = `${'x'.repeat(3990 - start)}${PLAIN_KEY} and more`;
    emulator.misbehave({ kind: 'problem', status: 400, problem: { detail } });
    const result = await run({ 'user-id': 'user-1' });
    expect(result.annotations[0]?.message).toMatch(/x\*\*\*.{0,6}…$/u);
  });

  it.concurrent('in time that grows with the text, and no faster', async (context) => {
    // Near misses all along: for them, some ways to search take quadratic time.
    const apiKey = `${'a'.repeat(500)}b`;
    const { emulator, run } = await scenario({ apiKey }, context.onTestFinished);
    const body = `{"user_id":"user-1","a":"${'a'.repeat(1_000_000)}b"}`;
    emulator.misbehave({ kind: 'answer', status: 200, body });
    const result = await run({ 'user-id': 'user-1', 'profiles-file': 'profiles.jsonl' });
    expect(result.exitCode).toBe(0);
    expect(result.file('profiles.jsonl')).toMatch(/^\{"user_id":"user-1","a":"a+\*\*\*"\}\n$/u);
    expect(result.durationMs).toBeLessThan(10_000);
  });
});

function unicodeEscape(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

function upperCaseEscape(character: string): string {
  return `\\u${unicodeEscape(character).slice(2).toUpperCase()}`;
}

function htmlWriter(more: Readonly<Record<string, string>>): Writer {
  const entities = new Map(Object.entries({ '&': '&amp;', '<': '&lt;', '>': '&gt;', ...more }));
  return (text) => Array.from(text, (character) => entities.get(character) ?? character).join('');
}

/** RFC 3986, which .NET's `Uri.EscapeDataString` follows. */
function strictUrl(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`,
  );
}

function lowerCaseEscapes(encoded: string): string {
  return encoded.replaceAll(/%../gu, (escape) => escape.toLowerCase());
}
