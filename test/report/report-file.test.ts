import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCleaner } from '../../src/report/cleaner.ts';
import { onOneLine, openLineFile } from '../../src/report/line-file.ts';
import { reportLine } from '../../src/report/report-line.ts';
import { makeProblem } from '../../src/monocloud/problem-details.ts';
import { userId } from '../removal/scripted-api.ts';
import { notDone, removed } from './fixtures.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'line-file-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('a line file', () => {
  it('has each line as soon as it is appended, in folders that it makes', () => {
    const file = openLineFile('report-file', join(folder(), 'a/b/report.jsonl'));
    file.append('one');
    expect(readFileSync(file.path, 'utf8')).toBe('one\n');
    file.append('zwö');
    expect(readFileSync(file.path, 'utf8')).toBe('one\nzwö\n');
    file.close();
  });

  it.skipIf(process.platform === 'win32')('begins empty, and is its owner’s alone', () => {
    const path = join(folder(), 'profiles.jsonl');
    writeFileSync(path, 'of yesterday', { mode: 0o666 });
    openLineFile('profiles-file', path).close();
    expect(readFileSync(path, 'utf8')).toBe('');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('that cannot be made is an error that names the input', () => {
    const path = folder();
    expect(() => openLineFile('report-file', path)).toThrow(/`report-file`.*EISDIR/u);
  });
});

describe('JSON', () => {
  it('on one line means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value, undefined, '\r\n ');
        const line = onOneLine(json);
        expect(line).not.toMatch(/[\r\n]/u);
        expect(JSON.parse(line)).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe('a line of the report', () => {
  const cleaner = createCleaner(undefined);
  const time = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

  it('has no profile', () => {
    const line = reportLine(removed(userId('ada'), '{"name":"Ada"}'), time, cleaner);
    expect(JSON.parse(line)).toEqual({
      user_id: 'ada',
      outcome: 'removed',
      status: 200,
      attempts: 1,
      time: '2026-01-02T03:04:05.006Z',
    });
  });

  it('says when a reading confirmed it', () => {
    const line = reportLine(removed(userId('ada'), '{}', true), time, cleaner);
    expect(JSON.parse(line)).toMatchObject({ confirmed_by_read: true });
  });

  it('keeps the problem as it was sent, on one line', () => {
    const sent = '{\n "title": "T",\r\n "big": 12345678901234567890 }';
    const problem = { ...makeProblem('T', 'D', 422), sent };
    const line = reportLine(notDone(userId('ada'), 'failed', problem), time, cleaner);
    expect(line).not.toMatch(/[\r\n]/u);
    expect(line).toContain('12345678901234567890');
    expect(JSON.parse(line)).toMatchObject({ outcome: 'failed', problem: { title: 'T' } });
  });
});
