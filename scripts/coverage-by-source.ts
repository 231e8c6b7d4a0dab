import libCoverage, {
  type CoverageMap,
  type FileCoverageData,
  type Range,
} from 'istanbul-lib-coverage';
import type { SourceLine } from './bundle-lines.ts';

/**
 * Takes the coverage of the bundle back to the files and lines of `src/`. What comes from elsewhere
 * is left out.
 *
 * @param sourceOf where a line of the bundle comes from
 */
export function coverageBySource(
  bundle: FileCoverageData,
  sourceOf: (line: number) => SourceLine | undefined,
): CoverageMap {
  const files = new Map<string, FileCoverageData>();

  const move = <T>(
    entries: Readonly<Record<string, T>>,
    rangeOf: (entry: T) => Range,
    add: (file: FileCoverageData, id: string, entry: T, loc: Range) => void,
  ): void => {
    for (const [id, entry] of Object.entries(entries)) {
      const source = sourceOf(rangeOf(entry).start.line);
      if (source === undefined) continue;
      const file = files.get(source.file) ?? emptyCoverage(source.file);
      files.set(source.file, file);
      const place = { line: source.line, column: 0 };
      add(file, id, entry, { start: place, end: place });
    }
  };

  move(
    bundle.statementMap,
    (range) => range,
    (file, id, _, loc) => {
      file.statementMap[id] = loc;
      file.s[id] = bundle.s[id] ?? 0;
    },
  );
  move(
    bundle.fnMap,
    ({ loc }) => loc,
    (file, id, fn, loc) => {
      file.fnMap[id] = { ...fn, loc, decl: loc, line: loc.start.line };
      file.f[id] = bundle.f[id] ?? 0;
    },
  );
  move(
    bundle.branchMap,
    ({ loc }) => loc,
    (file, id, branch, loc) => {
      file.branchMap[id] = { ...branch, loc, locations: [loc], line: loc.start.line };
      file.b[id] = bundle.b[id] ?? [0];
    },
  );
  return libCoverage.createCoverageMap(Object.fromEntries(files));
}

function emptyCoverage(path: string): FileCoverageData {
  return { path, statementMap: {}, fnMap: {}, branchMap: {}, s: {}, f: {}, b: {} };
}
