import { FileLines } from './file-lines.ts';
import { MalformedFile } from './malformed-file.ts';

export interface OutputFile {
  /** With a malformed file, those before the malformed line: the runner has set them by then. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Why the file fails the step. */
  readonly error?: string;
}

/** 1 MiB for the outputs of a job, counted as UTF-16 (GitHub's documentation of `outputs`). */
const outputLimit = 1024 * 1024;

/** The lines up to the delimiter, the last without its end. */
function readBlock(lines: FileLines, delimiter: string): string {
  const start = lines.position;
  let end = start;
  for (let next = lines.next(); next?.line !== delimiter; next = lines.next()) {
    if (next === undefined) {
      throw new MalformedFile(`Invalid value. Matching delimiter not found '${delimiter}'`);
    }
    if (next.lineEnd === '') throw new MalformedFile('Invalid value. EOF marker missing new line.');
    end = lines.position - next.lineEnd.length;
  }
  return lines.text.slice(start, end);
}

function readEntry(line: string, lines: FileLines): [name: string, value: string] {
  const [, name, operator, rest] = /^(.*?)(=|<<)(.*)$/su.exec(line) ?? [];
  if (name === undefined || rest === undefined) {
    throw new MalformedFile(`Invalid format '${line}'`);
  }
  if (name === '') throw new MalformedFile(`Invalid format '${line}'. Name must not be empty`);
  if (operator === '=') return [name, rest];
  if (rest === '') throw new MalformedFile(`Invalid format '${line}'. Delimiter must not be empty`);
  return [name, readBlock(lines, rest)];
}

function readEntries(lines: FileLines, outputs: Map<string, string>): void {
  for (let next = lines.next(); next !== undefined; next = lines.next()) {
    if (next.line !== '') {
      const [name, value] = readEntry(next.line, lines);
      outputs.set(name, value);
    }
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
    readEntries(new FileLines(text, platform), outputs);
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    return { outputs: Object.fromEntries(outputs), error: error.message };
  }
  const size = [...outputs.values()].reduce((sum, value) => sum + 2 * value.length, 0);
  return size > outputLimit
    ? { outputs: {}, error: `The outputs take ${size} bytes as UTF-16, over ${outputLimit}` }
    : { outputs: Object.fromEntries(outputs) };
}
