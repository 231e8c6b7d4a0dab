import { trim } from './log-command.ts';

function base64From(offset: number): (value: string) => string {
  return (value) => {
    const bytes = Buffer.from(value.toWellFormed());
    return bytes.subarray(bytes.length > offset ? offset : 0).toString('base64');
  };
}

// Newtonsoft's JsonConvert.ToString also escapes the line ends that JSON itself allows.
function jsonEscape(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\u0085', String.raw`\u0085`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}

// .NET's Uri.EscapeDataString, unlike encodeURIComponent, leaves none of `!'()*`.
function uriDataEscape(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll(
    /[!'()*]/gu,
    (character) => `%${Buffer.from(character).toString('hex').toUpperCase()}`,
  );
}

function xmlEscape(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function trimDoubleQuotes(value: string): string {
  return value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '';
}

// PowerShell prints the parts of a command around an ampersand apart from each other, and colours
// the character after `&+`. Parts under six characters are not hidden.
function powerShellSections(value: string): string[] {
  const plus = value.indexOf('&+');
  const before = plus === -1 ? value.lastIndexOf('&') + 1 : plus + 2;
  const after = plus === -1 ? before : before + 1;
  return before === 0 ? [] : [value.slice(0, before), value.slice(after)];
}

function ofSectionLength(section: string | undefined): string {
  return section !== undefined && section.length >= 6 ? section : '';
}

/**
 * The forms in which the runner hides a secret besides the plain one, after actions/runner,
 * ValueEncoders.cs, and in the order in which HostContext.cs registers them. Unpadded and URL-safe
 * base64 are not among them. Each gives the encoded value, or `''` where its form does not apply.
 */
const valueEncoders: readonly ((value: string) => string)[] = [
  base64From(0),
  base64From(1),
  base64From(2),
  (value) => value.replaceAll('"', String.raw`\"`),
  (value) => value.replaceAll("'", "''"),
  jsonEscape,
  uriDataEscape,
  xmlEscape,
  trimDoubleQuotes,
  (value) => ofSectionLength(powerShellSections(value)[0]),
  (value) => ofSectionLength(powerShellSections(value)[1]),
];

interface Range {
  readonly start: number;
  readonly end: number;
}

function rangesOf(secret: string, text: string): Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
    ranges.push({ start: at, end: at + secret.length });
  }
  return ranges;
}

/** Hides secrets as actions/runner does, SecretMasker.cs. */
export class SecretMasker {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();

  /** The values that were added, in that order, each line of a longer one among them. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  /** Hides a value, each of its lines, and every form of them that the runner knows. */
  add(secret: string): void {
    this.#addValue(secret);
    for (const line of secret.split(/[\r\n]/u)) this.#addValue(trim(line));
  }

  /** The text with `***` for every secret; what overlaps or touches becomes one `***`. */
  mask(text: string): string {
    const ranges = [...this.#forms]
      .flatMap((form) => rangesOf(form, text))
      .toSorted((left, right) => left.start - right.start);
    let masked = '';
    let shownTo = 0;
    let hiddenTo = -1;
    for (const { start, end } of ranges) {
      if (start > hiddenTo) {
        masked += `${text.slice(shownTo, start)}***`;
      }
      hiddenTo = Math.max(hiddenTo, end);
      shownTo = hiddenTo;
    }
    return masked + text.slice(shownTo);
  }

  #addValue(value: string): void {
    if (value === '') return;
    this.#values.add(value);
    this.#forms.add(value);
    for (const encode of valueEncoders) {
      const form = encode(value);
      if (form !== '') this.#forms.add(form);
    }
  }
}
