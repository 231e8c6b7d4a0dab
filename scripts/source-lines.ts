import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { join } from 'node:path';
import { bundle, compiled } from './bundle.ts';

/** A line of a file, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

type Lookup = (line: number) => Place | undefined;

/**
 * Finds where the lines of the bundle come from. It is built again with the source maps of both
 * tools, TypeScript and ncc.
 *
 * @param folder for the bundle with source maps
 * @param committed the text of the bundle in question
 * @returns gives a place such as `src/main.ts`, 12; undefined for a line that is not from `src/`
 * @throws where the bundle is not what `src/` builds to
 */
export function sourceLines(
  folder: string,
  committed: string,
): (line: number) => Place | undefined {
  bundle('src/index.ts', folder, true);
  const file = join(folder, 'index.js');
  if (withoutMapComments(readFileSync(file, 'utf8')) !== withoutMapComments(committed)) {
    throw new Error('dist/ is not what src/ builds to. Run: npm run build');
  }
  const inBundle = lookup(file);
  const inCompiled = new Map<string, Lookup>();
  return (line) => {
    const place = inBundle(line);
    const path = /(?:^|\/)build\/(?<path>src\/.+)\.js$/u.exec(place?.file ?? '')?.groups?.['path'];
    if (place === undefined || path === undefined) return undefined;
    const find = inCompiled.get(path) ?? lookup(join(compiled, `${path}.js`));
    inCompiled.set(path, find);
    const source = find(place.line);
    return source === undefined ? undefined : { file: `${path}.ts`, line: source.line };
  };
}

/** Takes the lines of a file back to what it was made from, by the source map beside it. */
function lookup(file: string): Lookup {
  const payload: unknown = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
  if (!isSourceMap(payload)) throw new TypeError(`${file}.map is not a source map.`);
  const map = new SourceMap(payload);
  return (line) => {
    // The map of a line begins behind its indentation: what it ends with is there for sure.
    const entry = map.findEntry(line - 1, Number.MAX_SAFE_INTEGER);
    // For a line without an entry, Node gives one of a line before it.
    if (!('generatedLine' in entry) || entry.generatedLine !== line - 1) return undefined;
    return { file: entry.originalSource, line: entry.originalLine + 1 };
  };
}

function isSourceMap(value: unknown): value is SourceMapPayload {
  return typeof value === 'object' && value !== null && 'mappings' in value;
}

/** The compiler ends a file with a comment on its map, where it otherwise ends with a blank line. */
function withoutMapComments(code: string): string {
  return code.replaceAll(/^\/\/# sourceMappingURL=.*$/gmu, '').trimEnd();
}
