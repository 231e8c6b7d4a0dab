import type { ApiKey } from '../monocloud/api-key.ts';

/** Makes text from outside fit to be shown, and keeps the key out of everything. */
export interface Sanitizer {
  /** Replaces the key and leaves the rest as it is: for outputs and files. */
  readonly redact: (text: string) => string;
  /**
   * One plain line that the runner reads as nothing but text: for the log and annotations.
   *
   * @param maxLength UTF-16 units; the rest is cut off, after the key was replaced
   */
  readonly toLine: (text: string, maxLength?: number) => string;
  /** The same for the job summary: no markup in it. */
  readonly toHtml: (text: string, maxLength?: number) => string;
}

const REDACTED = '***';

/** Shorter pieces of base64 are found by chance. */
const SHORTEST_BASE64 = 8;

/** Most texts: nothing in them has to be replaced. */
const PRINTABLE_ASCII = /^[ -~]*$/u;

/** All white space but spaces (and the BOM, which JavaScript counts among it). */
const LINE_BREAKS = String.raw`(?:[^\S\p{Zs}\uFEFF]|\u0085)+`;

/**
 * Characters that are not seen, or that turn the direction of text around. The runner compares text
 * as people read it, so it might find a command in `##[` with one of them inside.
 */
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** @param apiKey undefined as long as no key is known: then there is none to replace */
export function createSanitizer(apiKey: ApiKey | undefined): Sanitizer {
  const forms = apiKey === undefined ? [] : formsOf(apiKey.reveal());
  const redact = (text: string): string =>
    forms.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);

  // Made on first use: Node takes 1 ms to look up such classes of characters, for literals at each start.
  let patterns: { readonly lineBreaks: RegExp; readonly unseen: RegExp } | undefined;
  const withoutUnseen = (text: string): string => {
    patterns ??= { lineBreaks: new RegExp(LINE_BREAKS, 'gu'), unseen: new RegExp(UNSEEN, 'gu') };
    const { lineBreaks, unseen } = patterns;
    return text.toWellFormed().replaceAll(lineBreaks, ' ').replaceAll(unseen, '');
  };

  const toLine = (text: string, maxLength = Infinity): string => {
    const plain = PRINTABLE_ASCII.test(text) ? text : withoutUnseen(text);
    // The key last but one: removing characters could have put it together.
    return cut(neutralize(redact(plain)).trim(), maxLength);
  };

  return {
    redact,
    toLine,
    toHtml: (text, maxLength) => escapeHtml(toLine(text, maxLength)),
  };
}

function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).toWellFormed()}…`;
}

/**
 * The runner takes `::` at the start of a line and `##[` anywhere in one for a command (the runner's
 * ActionCommand.cs): neither is left anywhere.
 */
function neutralize(text: string): string {
  return text.replaceAll(/:(?=:)/gu, ': ').replaceAll('##[', '## [');
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? character);
}

/**
 * The forms in which an API could echo the key: as it is, escaped in JSON, in a URL or in HTML, in
 * base64 and in hexadecimal. They are literal texts, so finding them takes linear time. Longest first:
 * an escaped form is found before a shorter one inside it, and JSON stays JSON.
 */
function formsOf(key: string): readonly string[] {
  const hex = Buffer.from(key).toString('hex');
  const forms = new Set([
    key,
    // The unreserved characters (RFC 3986 §2.3) are escaped nowhere.
    ...(/^[\w.~-]+$/u.test(key) ? [] : escapedForms(key)),
    ...base64Forms(key),
    ...(hex.length < SHORTEST_BASE64 ? [] : [hex, hex.toUpperCase()]),
  ]);
  return [...forms].toSorted((one, other) => other.length - one.length);
}

function escapedForms(key: string): readonly string[] {
  const texts = [key, ...htmlForms(key)];
  return [...texts, ...texts.flatMap((text) => jsonForms(text)), ...urlForms(key)];
}

/** As the serializers of JavaScript, PHP, Go and .NET write it, also as JSON inside JSON. */
function jsonForms(text: string): readonly string[] {
  const plain = jsonEscape(text);
  const go = plain.replaceAll(/[<>&]/gu, unicodeEscape);
  const dotnet = text.replaceAll('\\', '\\\\').replaceAll(/["'<>&+`]/gu, unicodeEscape);
  const lowerCase = [plain, plain.replaceAll('/', String.raw`\/`), go, dotnet];
  const upperCase = lowerCase.map((form) => form.replaceAll(/\\u00[\da-f]{2}/gu, upperCaseHex));
  const forms = [...lowerCase, ...upperCase];
  return [...forms, ...forms.map((form) => jsonEscape(form))];
}

function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unicodeEscape(character: string): string {
  return String.raw`\u00` + hexOf(character);
}

function upperCaseHex(escape: string): string {
  return String.raw`\u` + escape.slice(2).toUpperCase();
}

/** As common libraries escape it; they differ in the quotes, and .NET escapes the plus sign. */
function htmlForms(text: string): readonly string[] {
  const base = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const tables: readonly Readonly<Record<string, string>>[] = [
    base,
    { ...base, '"': '&quot;', "'": '&#39;' },
    { ...base, '"': '&quot;', "'": '&apos;' },
    { ...base, '"': '&quot;', "'": '&#039;' },
    { ...base, '"': '&quot;', "'": '&#x27;' },
    { ...base, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '/': '&#x2F;' },
    { ...base, '"': '&#34;', "'": '&#39;' },
    { ...base, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '+': '&#x2B;' },
  ];
  return tables.map((table) =>
    text.replaceAll(/[&<>"'`/+]/gu, (character) => table[character] ?? character),
  );
}

/** As `encodeURI`, `encodeURIComponent` and .NET's `Uri.EscapeDataString` write it. */
function urlForms(text: string): readonly string[] {
  const component = encodeURIComponent(text);
  const strict = component.replaceAll(
    /[!'()*]/gu,
    (character) => `%${hexOf(character).toUpperCase()}`,
  );
  const forms = [encodeURI(text), component, strict];
  const lowerCase = forms.map((form) =>
    form.replaceAll(/%[\dA-F]{2}/gu, (escape) => escape.toLowerCase()),
  );
  return [...forms, ...lowerCase, encodeURIComponent(component)];
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
}

/** The key in base64: at each of the places that it can have in a group of three bytes. */
function base64Forms(key: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const form = base64At(offset, key);
    const urlSafe = form.replaceAll('+', '-').replaceAll('/', '_');
    return form.length < SHORTEST_BASE64 ? [] : [form, urlSafe];
  });
}

/** Those characters of a base64 text that depend on the key alone, `offset` bytes into a group. */
function base64At(offset: number, key: string): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(key)]);
  const firstWhole = Math.ceil((offset * 8) / 6);
  const lastWhole = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(firstWhole, lastWhole);
}
