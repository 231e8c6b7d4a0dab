import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refusal, type RefusalReason } from '../../src/refusal.ts';
import { openLineFiles, type FileInput, type LineFile } from '../../src/report/report-file.ts';

function newFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'report-file-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function open(
  paths: Readonly<Partial<Record<FileInput, string>>>,
  readFile?: string,
): readonly LineFile[] {
  const inputs = ['report-file', 'profiles-file'] as const;
  const requests = inputs.flatMap((input) => {
    const path = paths[input];
    return path === undefined ? [] : [{ input, path }];
  });
  const files = openLineFiles(requests, readFile);
  onTestFinished(() => {
    for (const file of files) file.close();
  });
  return files;
}

function openReport(path: string): LineFile {
  const [file] = open({ 'report-file': path });
  if (file === undefined) throw new Error('not opened');
  return file;
}

function refusalOf(...given: Parameters<typeof open>): RefusalReason | undefined {
  try {
    open(...given);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

describe('a line file', () => {
  it('has each line as soon as it is appended, in folders that it makes', () => {
    const file = openReport(join(newFolder(), 'a/b/report.jsonl'));
    file.append('one');
    expect(readFileSync(file.path, 'utf8')).toBe('one\n');
    file.append('zwö');
    expect(readFileSync(file.path, 'utf8')).toBe('one\nzwö\n');
  });

  it('begins empty', () => {
    const path = join(newFolder(), 'report.jsonl');
    writeFileSync(path, 'of yesterday');
    openReport(path).append('one');
    expect(readFileSync(path, 'utf8')).toBe('one\n');
  });

  it.skipIf(process.platform === 'win32')('is its owner’s alone (Windows has no modes)', () => {
    const folder = newFolder();
    const [report, profiles] = [join(folder, 'report.jsonl'), join(folder, 'profiles.jsonl')];
    writeFileSync(profiles, 'of yesterday', { mode: 0o666 });
    open({ 'report-file': report, 'profiles-file': profiles });
    for (const path of [report, profiles]) expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('a file that cannot be used', () => {
  it('is refused with the input and what is wrong', () => {
    const folder = newFolder();
    expect(refusalOf({ 'report-file': folder })).toEqual({
      kind: 'input',
      input: 'report-file',
      fault: { kind: 'not-regular', path: folder },
    });
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'profiles.jsonl');
    expect(refusalOf({ 'profiles-file': path })).toMatchObject({
      input: 'profiles-file',
      fault: { kind: 'unwritable', path },
    });
  });

  it('leaves everything as it was', () => {
    const folder = newFolder();
    const kept = join(folder, 'kept.jsonl');
    writeFileSync(kept, 'of yesterday');
    const before = readdirSync(folder, { recursive: true });
    expect(refusalOf({ 'report-file': kept, 'profiles-file': folder })).toBeDefined();
    expect(readFileSync(kept, 'utf8')).toBe('of yesterday');
    const fresh = join(folder, 'a', 'b', 'report.jsonl');
    expect(refusalOf({ 'report-file': fresh, 'profiles-file': folder })).toBeDefined();
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it('leaves folders that somebody else uses', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'a'));
    const fresh = join(folder, 'a', 'b', 'report.jsonl');
    expect(refusalOf({ 'report-file': fresh, 'profiles-file': folder })).toBeDefined();
    expect(existsSync(join(folder, 'a'))).toBe(true);
    expect(existsSync(join(folder, 'a', 'b'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is one that may not be written (Windows and root write everything)',
    () => {
      const path = join(newFolder(), 'report.jsonl');
      writeFileSync(path, 'of yesterday');
      chmodSync(path, 0o400);
      expect(refusalOf({ 'report-file': path })).toMatchObject({ fault: { code: 'EACCES' } });
    },
  );
});

/** @returns the paths of a file and of another name for it */
function names(link: (target: string, path: string) => void): readonly [string, string] {
  const folder = newFolder();
  const [file, other] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(file, 'user');
  link(file, other);
  return [file, other];
}

describe('two files that are one', () => {
  const links: readonly (readonly [string, (target: string, path: string) => void])[] = [
    ['by a hard link', linkSync],
    // Windows lets only administrators make symbolic links.
    ...(process.platform === 'win32' ? [] : [['by a symbolic link', symlinkSync] as const]),
  ];

  it.each(links)('%s are refused, and stay what they were', (_, link) => {
    const [file, other] = names(link);
    for (const [paths, readFile, input, first] of [
      [{ 'report-file': file, 'profiles-file': other }, undefined, 'profiles-file', 'report-file'],
      [{ 'report-file': other }, file, 'report-file', 'user-id-file'],
      [{ 'profiles-file': other }, file, 'profiles-file', 'user-id-file'],
    ] as const) {
      expect(refusalOf(paths, readFile)).toEqual({
        kind: 'input',
        input,
        fault: { kind: 'same-file', other: first },
      });
      expect(readFileSync(file, 'utf8')).toBe('user');
    }
  });

  it('by the same name are refused, also where there was none', () => {
    const path = join(newFolder(), 'a');
    expect(refusalOf({ 'report-file': path, 'profiles-file': path })).toMatchObject({
      input: 'profiles-file',
      fault: { kind: 'same-file', other: 'report-file' },
    });
    expect(existsSync(path)).toBe(false);
  });

  it('are none where they differ', () => {
    const folder = newFolder();
    const list = join(folder, 'users');
    writeFileSync(list, 'a');
    const paths = { 'report-file': join(folder, 'a'), 'profiles-file': join(folder, 'b') };
    expect(refusalOf(paths, list)).toBeUndefined();
    expect(refusalOf(paths, join(folder, 'gone'))).toBeUndefined();
  });
});
