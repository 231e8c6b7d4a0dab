/** What a text says, in one of the ways to read it. */
export interface Reading {
  readonly name: string;
  readonly text: string;
}

const controls: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function fromCodePoint(digits: string, base: number): string {
  return String.fromCodePoint(Number.parseInt(digits, base));
}

// Lenient, so that the backslashes of Markdown are read as well.
function withoutBackslashes(text: string): string {
  return text
    .replaceAll(/\\u(?<unit>[0-9a-f]{4})/giu, (_, unit: string) => fromCodePoint(unit, 16))
    .replaceAll(/\\(?<character>.)/gu, (_, character: string) => controls[character] ?? character);
}

function percentDecoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/giu, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  quot: '"',
};

function withoutEntities(text: string): string {
  return text
    .replaceAll(/&#x(?<hex>[0-9a-f]{1,5});/giu, (_, hex: string) => fromCodePoint(hex, 16))
    .replaceAll(/&#(?<decimal>\d{1,6});/gu, (_, decimal: string) => fromCodePoint(decimal, 10))
    .replaceAll(/&(?<name>[a-z]+);/gu, (entity, name: string) => entities[name] ?? entity);
}

/**
 * A text as it stands, and as JSON, URLs and HTML mean it. Reading a text, rather than writing down
 * in every way what is searched for in it, also finds what was escaped in part.
 */
export function readingsOf(text: string): Reading[] {
  const json = withoutBackslashes(text);
  return [
    { name: 'plain', text },
    { name: 'JSON-escaped', text: json },
    { name: 'JSON-escaped twice', text: withoutBackslashes(json) },
    { name: 'URL-encoded', text: percentDecoded(text) },
    { name: 'HTML-escaped', text: withoutEntities(text) },
  ];
}
