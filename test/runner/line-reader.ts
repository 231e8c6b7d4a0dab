/**
 * Cuts a stream of bytes into lines as .NET's StreamReader does for the runner: UTF-8, a byte order
 * mark at the start dropped, a line ending at `\n`, `\r\n` or a lone `\r`.
 */
export class LineReader {
  readonly #decoder = new TextDecoder();
  readonly #onLine: (line: string) => void;
  #text = '';
  #pending = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** All that was read, line ends included. */
  get text(): string {
    return this.#text;
  }

  read(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }));
    // A `\r` at the end may be half of a `\r\n`: its line waits for what comes next.
    const lines = this.#pending.split(/\r\n|\n|\r(?!$)/u);
    this.#pending = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }

  /** Gives out the last line, where the stream ended without a line end. */
  end(): void {
    this.#take(this.#decoder.decode());
    if (this.#pending !== '') this.#onLine(this.#pending.replace(/\r$/u, ''));
    this.#pending = '';
  }

  #take(text: string): void {
    this.#text += text;
    this.#pending += text;
  }
}
