import type { ApiKey } from '../monocloud/api-key.ts';

/** Makes text from outside fit to be shown, and keeps the key out of everything. */
export interface Cleaner {
  /** Strikes the key out and leaves the rest as it is: for outputs and files. */
  readonly redact: (text: string) => string;
  /**
   * One plain line that the runner reads as nothing but text: for the log and annotations.
   *
   * @param longest UTF-16 units; the rest is cut off, after the key was struck out
   */
  readonly clean: (text: string, longest?: number) => string;
  /** The same for the job summary: no markup in it. */
  readonly toHtml: (text: string, longest?: number) => string;
}

const STRUCK_OUT = '***';

const LINE_BREAKS = /[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu;

/**
 * Characters that are not seen, or that turn the direction of text around. The runner compares text
 * as people read it, so one of them inside `##[` might not keep it from being obeyed.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Shorter pieces are found by chance. */
const SHORTEST_BASE64 = 8;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The names that HTML has for what a key may hold, but for numbers. */
const ENTITY_NAMES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/** @param apiKey undefined as long as no key is known: then there is none to strike out */
export function createCleaner(apiKey: ApiKey | undefined): Cleaner {
  const pattern = apiKey === undefined ? undefined : keyPattern(apiKey.reveal());
  const redact = (text: string): string =>
    pattern === undefined ? text : text.replaceAll(pattern, STRUCK_OUT);

  const clean = (text: string, longest = Infinity): string => {
    // The key last but one: taking characters out could have put it together.
    const plain = text.toWellFormed().replaceAll(LINE_BREAKS, ' ').replaceAll(UNSEEN, '');
    return cut(disarm(redact(plain)).trim(), longest);
  };

  const toHtml = (text: string, longest?: number): string =>
    clean(text, longest).replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');

  return { redact, clean, toHtml };
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/**
 * The runner obeys `::` at the start of a line and `##[` anywhere in one (the runner's
 * ActionCommand.cs): neither is left standing anywhere.
 */
function disarm(text: string): string {
  return text.replaceAll(/:(?=:)/gu, ': ').replaceAll('##[', '## [');
}

/**
 * The key in the forms in which an API could echo it: as it is, escaped in JSON, in a URL or in HTML,
 * and inside base64, standard or URL-safe, wherever in the encoded text it stands.
 */
function keyPattern(key: string): RegExp {
  const encoded = [0, 1, 2].flatMap((offset) => {
    const form = base64At(offset, key);
    return form.length < SHORTEST_BASE64 ? [] : [form, toUrlSafe(form)];
  });
  return new RegExp([key, ...encoded].map((form) => anySpelling(form)).join('|'), 'gu');
}

/**
 * Matches each character as it is, as `\uXXXX` in JSON, as `%XX` in a URL, as `&#NN;` in HTML (also in
 * JSON, which may escape the ampersand), or behind a backslash. Of a run of backslashes (JSON in
 * JSON) all go, so that what is left is still JSON.
 */
function anySpelling(text: string): string {
  return Array.from(text, (character, index) => {
    // The first one only from the start of a run: anything else is quadratic in its length.
    const backslashes = index === 0 ? String.raw`(?<!\\)\\+` : String.raw`\\+`;
    const plain = RegExp.escape(character);
    const code = character.codePointAt(0) ?? 0;
    const hex = anyCase(code.toString(16).padStart(2, '0'));
    const entities = [`#0*${code}`, `#[xX]0*${hex}`, ENTITY_NAMES[character] ?? []].flat();
    const ampersand = `(?:&|${backslashes}u0026)(?:amp;)*`;
    const escapes = [
      `${backslashes}u00${hex}`,
      `%${hex}`,
      `${ampersand}(?:${entities.join('|')});`,
    ];
    if ('"\\/'.includes(character)) escapes.push(`${backslashes}${plain}`);
    return `(?:${[...escapes, plain].join('|')})`;
  }).join('');
}

/** Those characters of a base64 text that depend on the key alone, `offset` bytes into a group. */
function base64At(offset: number, key: string): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(key)]);
  const firstWhole = Math.ceil((offset * 8) / 6);
  const lastWhole = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(firstWhole, lastWhole);
}

function toUrlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

function anyCase(hex: string): string {
  return Array.from(hex, (digit) =>
    /[a-f]/u.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit,
  ).join('');
}
