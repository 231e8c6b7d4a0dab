import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, inputError, quoted } from '../user-error.ts';

/** The inputs that name such a file. */
type FileInput = 'report-file' | 'profiles-file';

/** A file that grows by whole lines. Each is with the operating system when `append` returns. */
export interface LineFile {
  readonly input: FileInput;
  readonly path: string;
  /** @throws the file system's error, such as a full disk */
  readonly append: (line: string) => void;
  readonly close: () => void;
}

/**
 * Opens the file empty, before anything is sent, readable by its owner only.
 *
 * @param input the input that names it
 * @param path absolute; missing folders are made
 * @throws UserError where it cannot be written
 */
export function openLineFile(input: FileInput, path: string): LineFile {
  const descriptor = openForOwner(input, path);
  return {
    input,
    path,
    append: (line) => {
      const bytes = Buffer.from(`${line}\n`);
      // A disk that is nearly full takes a part of it, and fails at the next.
      for (let written = 0; written < bytes.length;) {
        written += writeSync(descriptor, bytes, written);
      }
    },
    close: () => closeSync(descriptor),
  };
}

/** JSON on one line: a line break in JSON can only stand between tokens, never in a string. */
export function onOneLine(json: string): string {
  return json.replaceAll(/[\r\n]+/gu, ' ');
}

function openForOwner(input: FileInput, path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(path, 'w', 0o600);
    // A file that was there already keeps its mode. What is no file, as a pipe, is not ours to change.
    if (fstatSync(descriptor).isFile()) fchmodSync(descriptor, 0o600);
    return descriptor;
  } catch (error) {
    throw inputError(
      input,
      `names a file that cannot be written (${codeOf(error)}): ${quoted(path)}`,
      'Check the path, which is relative to the workspace.',
    );
  }
}
