/** Why a text is not an API key. */
export type ApiKeyFault = 'empty' | 'white-space' | 'not-visible-ascii';

/**
 * The Management API key. A class, and not a string, so that no template, log line or JSON can show
 * it by accident: only `reveal()` gives the text, and only the request header and the redaction call it.
 */
export class ApiKey {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /**
   * Surrounding white space is trimmed: it comes along when a secret is pasted, and is never part
   * of a key. Anything but visible ASCII inside could change the request header.
   *
   * @returns the key, or why the text is none
   */
  static check(text: string): ApiKey | ApiKeyFault {
    const trimmed = text.trim();
    if (trimmed === '') return 'empty';
    if (/\s/u.test(trimmed)) return 'white-space';
    if (!/^[\u0021-\u007E]+$/u.test(trimmed)) return 'not-visible-ascii';
    return new ApiKey(trimmed);
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }
}
