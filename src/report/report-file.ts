import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fileErrorCode, inputRefusal, Refusal } from '../refusal.ts';

/** The inputs that name a file that the step writes. */
export type FileInput = 'report-file' | 'profiles-file';

/** A file that grows by whole lines. Each is with the operating system when `append` returns. */
export interface LineFile {
  readonly input: FileInput;
  readonly path: string;
  /** @throws the file system's error, such as a full disk */
  readonly append: (line: string) => void;
  /** @returns the error's code where closing failed (quota, NFS): lines may be lost */
  readonly close: () => string | undefined;
}

/** A file to open. */
export interface FileRequest {
  readonly input: FileInput;
  /** Absolute. */
  readonly path: string;
  /** Written as soon as the file is empty; undefined for none. */
  readonly firstLine?: string;
}

/** A file that is open, and not yet emptied. */
interface OpenFile extends FileRequest {
  readonly descriptor: number;
  /** It did not exist before, and goes again when the step is refused. */
  readonly isNew: boolean;
  /** The highest folder that was made for it. */
  readonly newFolder: string | undefined;
}

/**
 * Opens the files of a step empty, for their owner only. What was in them is lost only after
 * everything was checked: each is a regular file of its own, by identity and not by name.
 *
 * @param readFile the file that the list was read from: it may not be written
 * @throws Refusal where one cannot be used; then no file has changed
 */
export function openLineFiles(
  requests: readonly FileRequest[],
  readFile: string | undefined,
): readonly LineFile[] {
  const files: OpenFile[] = [];
  try {
    for (const request of requests) files.push(openUnchanged(request));
    refuseSameFiles(files, readFile);
    // The profiles first: only they can be refused for it.
    for (const file of files.toReversed()) restrictToOwner(file);
    for (const file of files) requireSpace(file);
    for (const { descriptor } of files) ftruncateSync(descriptor);
    return files.map((file) => beginFile(file));
  } catch (error) {
    for (const file of files) undo(file);
    throw error;
  }
}

function lineFile({ input, path, descriptor }: OpenFile): LineFile {
  let size = 0;
  let isLineCutOff = false;
  return {
    input,
    path,
    append: (line) => {
      const bytes = Buffer.from(`${isLineCutOff ? '\n' : ''}${line}\n`);
      try {
        appendFileSync(descriptor, bytes);
        size += bytes.length;
        isLineCutOff = false;
      } catch (error) {
        // A disk that is nearly full takes a part of a line.
        const sizeNow = fstatSync(descriptor).size;
        isLineCutOff ||= sizeNow > size;
        size = sizeNow;
        throw error;
      }
    },
    close: () => {
      try {
        closeSync(descriptor);
        return undefined;
      } catch (error) {
        return fileErrorCode(error);
      }
    },
  };
}

function openUnchanged(request: FileRequest): OpenFile {
  const { input, path } = request;
  let newFolder: string | undefined;
  try {
    // Before it is opened: opening a pipe that nobody reads would wait for ever.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isFile())
      throw inputRefusal(input, { kind: 'not-regular', path });
    newFolder = mkdirSync(dirname(path), { recursive: true });
    const { O_WRONLY, O_CREAT, O_APPEND } = constants;
    const descriptor = openSync(path, O_WRONLY | O_CREAT | O_APPEND, 0o600);
    const file = { ...request, descriptor, isNew: stats === undefined, newFolder };
    if (fstatSync(descriptor).isFile()) return file;
    undo(file);
    throw inputRefusal(input, { kind: 'not-regular', path });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    removeFolders(path, newFolder);
    throw inputRefusal(input, { kind: 'unwritable', path, code: fileErrorCode(error) });
  }
}

/** Links and, on some systems, letter case give one file several names. */
function refuseSameFiles(files: readonly OpenFile[], readFile: string | undefined): void {
  const names = new Map<string, string>();
  if (readFile !== undefined && existsSync(readFile)) {
    names.set(identity(statSync(readFile, { bigint: true })), 'user-id-file');
  }
  for (const { input, descriptor } of files) {
    const id = identity(fstatSync(descriptor, { bigint: true }));
    const other = names.get(id);
    if (other !== undefined) throw inputRefusal(input, { kind: 'same-file', other });
    names.set(id, input);
  }
}

function identity({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}

/** A file that was there already keeps its mode, and it may have another owner. */
function restrictToOwner({ input, path, descriptor }: OpenFile): void {
  try {
    fchmodSync(descriptor, 0o600);
  } catch (error) {
    // The report is made to be shown; profiles are personal data.
    if (input === 'report-file') return;
    throw inputRefusal(input, { kind: 'not-private', path, code: fileErrorCode(error) });
  }
}

/** A disk can be full: tries the first line behind what is in the file, and takes it away again. */
function requireSpace(file: OpenFile): void {
  const { firstLine, descriptor } = file;
  const { size } = fstatSync(descriptor);
  if (firstLine === undefined || size === 0) return;
  try {
    appendOrRefuse(file, () => appendFileSync(descriptor, `${firstLine}\n`));
  } finally {
    ftruncateSync(descriptor, size);
  }
}

function beginFile(file: OpenFile): LineFile {
  const opened = lineFile(file);
  const { firstLine } = file;
  if (firstLine !== undefined) appendOrRefuse(file, () => opened.append(firstLine));
  return opened;
}

function appendOrRefuse({ input, path }: OpenFile, append: () => void): void {
  try {
    append();
  } catch (error) {
    throw inputRefusal(input, { kind: 'unwritable', path, code: fileErrorCode(error) });
  }
}

function undo({ path, descriptor, isNew, newFolder }: OpenFile): void {
  closeSync(descriptor);
  // Not the path itself: it can be a link whose target did not exist.
  if (isNew) unlinkSync(realpathSync(path));
  removeFolders(path, newFolder);
}

/** Removes the folders that were made for a file, as far as they are empty. */
function removeFolders(path: string, newFolder: string | undefined): void {
  if (newFolder === undefined) return;
  try {
    for (let folder = dirname(path); folder.length >= newFolder.length; folder = dirname(folder)) {
      rmdirSync(folder);
    }
  } catch {
    // Somebody else uses it by now.
  }
}
