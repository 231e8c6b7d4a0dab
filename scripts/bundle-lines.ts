import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LEAST_UPPER_BOUND, TraceMap, originalPositionFor } from '@jridgewell/trace-mapping';
import { bundle as makeBundle, compiled } from './bundle.ts';

/** A line of `src/`. Lines count from 1. */
export interface SourceLine {
  /** Relative to `src/`, with `/`. */
  readonly file: string;
  readonly line: number;
}

/**
 * Tells where the lines of the bundle come from.
 *
 * @param folder for another bundle, with source maps
 * @param bundle the text of the one that is asked about
 * @returns gives undefined for a line that is not from `src/`
 * @throws where it is not what `src/` builds to
 */
export function bundleLines(
  folder: string,
  bundle: string,
): (line: number) => SourceLine | undefined {
  makeBundle('src/index.ts', folder, true);
  if (withoutMapComments(read(join(folder, 'index.js'))) !== withoutMapComments(bundle)) {
    throw new Error('dist/ is not what src/ builds to. Run: npm run build');
  }
  const bundled = new TraceMap(read(join(folder, 'index.js.map')));
  const ofFile = new Map<string, TraceMap>();
  return (line) => {
    const inCompiled = originalPositionFor(bundled, { line, column: 0 });
    const path = /(?:^|\/)build\/src\/(?<path>.+)\.js$/u.exec(inCompiled.source ?? '')?.groups?.[
      'path'
    ];
    if (path === undefined || inCompiled.line === null) return undefined;
    const map = ofFile.get(path) ?? new TraceMap(read(join(compiled, 'src', `${path}.js.map`)));
    ofFile.set(path, map);
    // The compiler's map begins behind the indentation.
    const inSource = originalPositionFor(map, {
      line: inCompiled.line,
      column: 0,
      bias: LEAST_UPPER_BOUND,
    });
    return inSource.line === null ? undefined : { file: `${path}.ts`, line: inSource.line };
  };
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The compiler ends a file with a comment on its map, where it otherwise ends with a blank line. */
function withoutMapComments(code: string): string {
  return code.replaceAll(/^\/\/# sourceMappingURL=.*$/gmu, '').trimEnd();
}
