import { trim } from './log-command.ts';
import { valueEncoders } from './value-encoders.ts';

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
