import type { ApiKey } from '../monocloud/api-key.ts';

const STRUCK_OUT = '***';

/** Shorter pieces of base64 are found by chance. */
const SHORTEST_BASE64 = 8;

/** The names that HTML has for what a key may hold, but for numbers. */
const ENTITY_NAMES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};
const NAMED_CHARACTERS = new Map(
  Object.entries(ENTITY_NAMES).map(([character, name]) => [name, character]),
);

/** A character of the key that starts like an escape: what is made of such a text has several readings. */
const AMBIGUOUS = /[\\%&]/u;

/** An escape that begins in what stands before the key can take in this many characters of it. */
const TAKEN_IN = 2;

/**
 * Strikes a key out of a text, in every form in which an API could echo it: as it is, escaped in
 * JSON, in a URL or in HTML, and inside base64, standard or URL-safe, wherever in the encoded text it
 * stands. JSON stays JSON.
 */
export function createRedactor(apiKey: ApiKey): (text: string) => string {
  const key = apiKey.reveal();
  const forms = [key, ...base64Forms(key)];
  const hasReadings = AMBIGUOUS.test(key) || key.length <= 2 * TAKEN_IN;
  const mayBeEscapedIn = (text: string): boolean => {
    const unescaped = unescape(text);
    if (unescaped === text) return false;
    return hasReadings || forms.some((form) => unescaped.includes(form.slice(TAKEN_IN)));
  };
  // It takes longer to compile than a whole removal, and hardly any text needs it.
  let pattern: RegExp | undefined;
  return (text) => {
    if (!mayBeEscapedIn(text)) {
      return forms.reduce((rest, form) => rest.replaceAll(form, STRUCK_OUT), text);
    }
    pattern ??= new RegExp(forms.map((form) => anySpelling(form)).join('|'), 'gu');
    return text.replaceAll(pattern, STRUCK_OUT);
  };
}

/**
 * Undoes what `anySpelling` matches: a text that holds the key in any spelling then holds it plain.
 * Of a run of backslashes only the start is tried, as anything else is quadratic in its length.
 */
function unescape(text: string): string {
  return text
    .replaceAll(/(?<!\\)\\+u00(?<hex>[\da-f]{2})/giu, (_, hex: string) => ofCode(hex, 16))
    .replaceAll(/%(?<hex>[\da-f]{2})/giu, (_, hex: string) => ofCode(hex, 16))
    .replaceAll(/&(?:amp;)*#0*(?<code>\d{1,3});/gu, (_, code: string) => ofCode(code, 10))
    .replaceAll(/&(?:amp;)*#x0*(?<hex>[\da-f]{1,2});/giu, (_, hex: string) => ofCode(hex, 16))
    .replaceAll(
      /&(?:amp;)*(?<name>[a-z]{2,4});/gu,
      (entity, name: string) => NAMED_CHARACTERS.get(name) ?? entity,
    )
    .replaceAll(/(?<!\\)\\+(?<plain>["\\/])/gu, '$1');
}

function ofCode(code: string, radix: number): string {
  return String.fromCodePoint(Number.parseInt(code, radix));
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
    const hex = anyCase(code.toString(16));
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

/** The key in base64: at each of the places that it can have in a group of three bytes. */
function base64Forms(key: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const form = base64At(offset, key);
    return form.length < SHORTEST_BASE64 ? [] : [form, toUrlSafe(form)];
  });
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
