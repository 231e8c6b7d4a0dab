import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../emulator/validation.ts';
import { scenario } from './scenario.ts';

const PLAIN_KEY = 'k3yOfATenant-0123456789abcdef';
/** With every character that an encoding has a way of its own to write. */
const ODD_KEY = String.raw`k3y"of\a/tenant+with=every&odd<character>'in%it~?{1}::##[2]>>>???`;

type Writer = (text: string) => string;

/** What an API could make of a key that it echoes. */
const FORMS: readonly (readonly [name: string, write: Writer])[] = [
  ['plain', (key) => key],
  ['within other text', (key) => `The key ${key}x is not known (${key}${key}).`],
  ['JSON in JSON', (key) => JSON.stringify({ key })],
  ['JSON in JSON in JSON', (key) => JSON.stringify(JSON.stringify({ key }))],
  ['URL-encoded', (key) => encodeURIComponent(key)],
  ['URL-encoded in lower case', (key) => inLowerCase(encodeURIComponent(key))],
  ['wholly URL-encoded', (key) => Buffer.from(key).toString('hex').replaceAll(/../gu, '%$&')],
  ['base64', (key) => Buffer.from(key).toString('base64')],
  ['URL-safe base64', (key) => Buffer.from(key).toString('base64url')],
  ['basic credentials', (key) => Buffer.from(`a:${key}`).toString('base64')],
  ['base64 of a header', (key) => Buffer.from(`X-API-Key: ${key}\r\n`).toString('base64')],
  ['HTML-escaped', escapeHtml],
];

const KEYS = [PLAIN_KEY, ODD_KEY] as const;

function inLowerCase(encoded: string): string {
  return encoded.replaceAll(/%../gu, (byte) => byte.toLowerCase());
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}

function escapeJson(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text in JSON as .NET writes it: what HTML could mean is escaped, too. */
function dotNetJson(text: string): string {
  return JSON.stringify(text)
    .replaceAll(String.raw`\"`, String.raw`\u0022`)
    .replaceAll(/[+&<>']/gu, escapeJson);
}

/** An object that echoes a key in every form, each as JSON can be written. */
function echoOf(apiKey: string): string {
  const echoes = FORMS.flatMap(([name, write]) => {
    const text = write(apiKey);
    return [
      `"${name}":${JSON.stringify(text)}`,
      `"${name}, as .NET writes it":${dotNetJson(text)}`,
      `${dotNetJson(`${text} as a name`)}:"of a member"`,
    ];
  });
  const errors = FORMS.map(([, write]) => write(apiKey));
  return `{"title":${dotNetJson(apiKey)},"errors":${JSON.stringify(errors)},${echoes.join(',')}}`;
}

/** The forms that are still in an object made by `echoOf`. */
function formsLeft(json: string): string[] {
  const echo = parseRecord(json) ?? {};
  return Object.entries(echo)
    .filter(([, value]) => !String(value).includes('***') && value !== 'of a member')
    .map(([name]) => name);
}

// Where the key got out, the run itself fails: it searches for the key in all that was written.
describe('a key that the API echoes is struck out everywhere', () => {
  describe.for(KEYS)('%s', (apiKey) => {
    it.concurrent('of a problem', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      emulator.misbehave({ kind: 'answer', status: 401, body: echoOf(apiKey) });
      const result = await run({ 'user-id': 'user-1' }, { debug: true });
      expect(formsLeft(result.outputs['problem'] ?? '')).toEqual([]);
      expect(result.annotations[0]?.message).toContain(' ***');
      expect(result.summary).toContain('<code>***</code>');
    });

    it.concurrent('of a profile', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      emulator.misbehave({ kind: 'answer', status: 200, body: echoOf(apiKey) });
      const result = await run({ 'user-id': 'user-1', 'profiles-file': 'profiles.jsonl' });
      expect(formsLeft(result.outputs['profile'] ?? '')).toEqual([]);
      expect(result.file('profiles.jsonl')).toBe(`${result.outputs['profile']}\n`);
    });

    it.concurrent('where the log would lose what parts it', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      const parted = ['\u200B', '\u00AD', '\u0007'].map((part) => Array.from(apiKey).join(part));
      const [title, detail, error] = parted;
      const problem = { title, detail, errors: [error] };
      emulator.misbehave({ kind: 'problem', status: 401, problem });
      const result = await run({ 'user-id': 'user-1' }, { debug: true });
      expect(result.annotations[0]?.message).toMatch(/ \*{3}\.? \*{3}\.? \*{3}\.? /u);
      expect(result.summary).toContain('<code>***</code>');
    });

    it.concurrent('of a problem that is escaped throughout', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      const title = apiKey.replaceAll(/./gu, escapeJson);
      emulator.misbehave({ kind: 'answer', status: 401, body: `{"title":"${title}"}` });
      const result = await run({ 'user-id': 'user-1' });
      expect(result.outputs['problem']).toBe('{"title":"***"}');
    });

    it.concurrent('of a user id', async ({ onTestFinished }) => {
      const { emulator, run } = await scenario({ apiKey }, onTestFinished);
      const inputs = { 'user-id': JSON.stringify([`of-${apiKey}`]) };
      const result = await run(inputs, { debug: true });
      expect(emulator.requests).toHaveLength(1);
      expect(result.outputs['results']).toBe(
        '[{"user_id":"of-***","outcome":"not-found","status":404,"attempts":1}]',
      );
    });
  });

  it.concurrent('of the target of a redirect', async ({ onTestFinished }) => {
    const apiKey = 'k3y-of-a-tenant';
    const { emulator, run } = await scenario({ apiKey }, onTestFinished);
    const location = `https://${apiKey}.example/${apiKey}`;
    emulator.misbehave({ kind: 'redirect', status: 302, location });
    const result = await run({ 'user-id': 'user-1' });
    expect(result.annotations[0]?.message).toContain('to ***.example');
  });

  it.concurrent('of a text that is cut off in the middle of it', async ({ onTestFinished }) => {
    const { emulator, run } = await scenario({ apiKey: PLAIN_KEY }, onTestFinished);
    const start = 'User user-1: MonoCloud answered 400 Bad Request. '.length;
    const detail = `${'x'.repeat(3990 - start)}${PLAIN_KEY} and more`;
    emulator.misbehave({ kind: 'problem', status: 400, problem: { detail } });
    const result = await run({ 'user-id': 'user-1' });
    expect(result.annotations[0]?.message).toMatch(/x\*\*\*.{0,6}…$/u);
  });
});
