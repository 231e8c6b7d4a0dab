export interface FileLine {
  readonly line: string;
  /** `''` where the text ends without one. */
  readonly lineEnd: string;
}

/** Goes through the lines of a file command. A carriage return ends a line on Windows only. */
export class FileLines {
  readonly text: string;
  readonly #lineEnd: RegExp;
  #position = 0;

  constructor(text: string, platform: NodeJS.Platform) {
    this.text = text;
    this.#lineEnd = platform === 'win32' ? /\r?\n/gu : /\n/gu;
  }

  /** Where in the text the next line starts. */
  get position(): number {
    return this.#position;
  }

  /** The next line; nothing after the last. */
  next(): FileLine | undefined {
    if (this.#position >= this.text.length) return undefined;
    this.#lineEnd.lastIndex = this.#position;
    const end = this.#lineEnd.exec(this.text);
    const lineEnd = end?.[0] ?? '';
    const line = this.text.slice(this.#position, end?.index);
    this.#position += line.length + lineEnd.length;
    return { line, lineEnd };
  }
}
