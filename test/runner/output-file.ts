export interface OutputFile {
  /** With a malformed file, those before the malformed line: the runner has set them by then. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Why the file fails the step. */
  readonly error?: string;
}

/** 1 MiB for the outputs of a job, counted as UTF-16 (GitHub's documentation of `outputs`). */
const outputLimit = 1024 * 1024;

/** A file whose text the runner cannot read, which fails the step. */
class MalformedFile extends Error {}

interface Line {
  readonly text: string;
  /** Where it begins in the file, and where it ends, its line end left out. */
  readonly from: number;
  readonly to: number;
  readonly hasLineEnd: boolean;
}

/** The lines of a file. A carriage return belongs to the line end on Windows only. */
function* linesOf(text: string, platform: NodeJS.Platform): Generator<Line, undefined> {
  const lineEnd = platform === 'win32' ? /\r?\n/gu : /\n/gu;
  for (let from = 0; from < text.length; from = lineEnd.lastIndex) {
    const end = lineEnd.exec(text);
    const to = end?.index ?? text.length;
    yield { text: text.slice(from, to), from, to, hasLineEnd: end !== null };
    if (end === null) return;
  }
}

/** The lines up to the delimiter, the last without its end. */
function readBlock(text: string, lines: Generator<Line, undefined>, delimiter: string): string {
  let from: number | undefined;
  let to = 0;
  for (let line = lines.next().value; line?.text !== delimiter; line = lines.next().value) {
    if (line === undefined) {
      throw new MalformedFile(`Invalid value. Matching delimiter not found '${delimiter}'`);
    }
    if (!line.hasLineEnd) throw new MalformedFile('Invalid value. EOF marker missing new line.');
    from ??= line.from;
    ({ to } = line);
  }
  return text.slice(from ?? to, to);
}

function readEntries(text: string, platform: NodeJS.Platform, outputs: Map<string, string>): void {
  const lines = linesOf(text, platform);
  for (let line = lines.next().value; line !== undefined; line = lines.next().value) {
    if (line.text === '') continue;
    const [, name, operator, rest] = /^(.*?)(=|<<)(.*)$/su.exec(line.text) ?? [];
    const invalid = `Invalid format '${line.text}'`;
    if (name === undefined || rest === undefined) throw new MalformedFile(invalid);
    if (name === '') throw new MalformedFile(`${invalid}. Name must not be empty`);
    if (operator === '<<' && rest === '') {
      throw new MalformedFile(`${invalid}. Delimiter must not be empty`);
    }
    outputs.set(name, operator === '=' ? rest : readBlock(text, lines, rest));
  }
}

/**
 * Reads the text of a `GITHUB_OUTPUT` file as actions/runner does, FileCommandManager.cs
 * (EnvFileKeyValuePairs): lines of `name=value`, and blocks of `name<<DELIMITER`, value, `DELIMITER`.
 */
export function parseOutputFile(
  text: string,
  platform: NodeJS.Platform = process.platform,
): OutputFile {
  const outputs = new Map<string, string>();
  try {
    readEntries(text, platform, outputs);
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    return { outputs: Object.fromEntries(outputs), error: error.message };
  }
  const size = [...outputs.values()].reduce((sum, value) => sum + 2 * value.length, 0);
  return size > outputLimit
    ? { outputs: {}, error: `The outputs take ${size} bytes as UTF-16, over ${outputLimit}` }
    : { outputs: Object.fromEntries(outputs) };
}
