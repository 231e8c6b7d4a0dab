import type { Checked } from './checked.ts';

/**
 * The Management API key. A class, and not a string, so that no template, log line or JSON can show
 * it by accident: only `reveal()` gives the text, and only the request header and the redaction ask.
 */
export class ApiKey {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /**
   * Surrounding white space is trimmed: it comes along when a secret is pasted, and is never part
   * of a key. Anything but visible ASCII inside could bend the request header.
   */
  static check(text: string): Checked<ApiKey> {
    const trimmed = text.trim();
    if (trimmed === '') return { wrong: 'is empty' };
    if (/\s/u.test(trimmed)) return { wrong: 'has white space inside' };
    if (!/^[\u0021-\u007E]+$/u.test(trimmed)) {
      return { wrong: 'has characters other than visible ASCII' };
    }
    return { value: new ApiKey(trimmed) };
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }
}
