import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergeScriptCovs } from '@bcoe/v8-coverage';
import v8ToIstanbul from 'v8-to-istanbul';
import { sourceLines, type Place } from './source-lines.ts';

/** percent: what the tests were found to reach through the bundle. */
const FLOOR = { lines: 98, branches: 95, functions: 99 } as const;

const root = resolve(import.meta.dirname, '..');
const bundle = join(root, 'dist', 'index.js');
const code = readFileSync(bundle, 'utf8');
/** Where the steps of the tests left what of the bundle they ran (vitest.config.ts). */
const raw = join(root, 'coverage', 'raw');

/** A part of the bundle: the line where it starts, from 1, and how often the tests ran it. */
type Part = readonly [line: number, count: number | undefined];

const parts = await partsOfBundle();
const sourceOf = sourceLines(join(root, 'coverage', 'bundle'), code);
const missed = new Map<string, Set<number>>();
for (const kind of ['lines', 'branches', 'functions'] as const) {
  const found = new Map<string, { place: Place; isReached: boolean }>();
  for (const [index, [line, count = 0]] of parts[kind].entries()) {
    const place = sourceOf(line);
    if (place === undefined) continue;
    // One line of `src/` may have become several.
    const key = `${place.file} ${kind === 'lines' ? place.line : index}`;
    found.set(key, { place, isReached: count > 0 || found.get(key)?.isReached === true });
  }
  const missing = [...found.values()].filter(({ isReached }) => !isReached);
  for (const { place } of missing) {
    missed.set(place.file, (missed.get(place.file) ?? new Set()).add(place.line));
  }
  const reached = found.size - missing.length;
  const percent = (100 * reached) / found.size;
  const isLow = percent < FLOOR[kind];
  const verdict = isLow ? `, and the floor is ${FLOOR[kind]} %` : '';
  console.log(`${kind}: ${percent.toFixed(2)} % (${reached} of ${found.size})${verdict}`);
  if (isLow) process.exitCode = 1;
}
for (const [file, lines] of missed) {
  console.log(`${file}: not reached: ${[...lines].toSorted((a, b) => a - b).join(', ')}`);
}
rmSync(raw, { recursive: true });

/** What all steps together ran of the bundle, packages included. */
async function partsOfBundle(): Promise<Record<keyof typeof FLOOR, Part[]>> {
  const url = pathToFileURL(bundle).href;
  let merged: Profiler.ScriptCoverage | undefined;
  for (const name of existsSync(raw) ? readdirSync(raw) : []) {
    const report: unknown = JSON.parse(readFileSync(join(raw, name), 'utf8'));
    const ofStep = scriptsIn(report).filter((script) => script.url === url);
    merged = mergeScriptCovs(merged === undefined ? ofStep : [merged, ...ofStep]) ?? merged;
  }
  if (merged === undefined) throw new Error(`There is no coverage in ${raw}. Run: npm test`);
  // The packages in it speak of source maps that they do not bring along.
  const source = code.replaceAll('sourceMappingURL', '~'.repeat('sourceMappingURL'.length));
  const converter = v8ToIstanbul(bundle, 0, { source });
  await converter.load();
  converter.applyCoverage(merged.functions);
  const [data] = Object.values(converter.toIstanbul());
  if (data === undefined) throw new Error('The coverage of the bundle could not be read.');
  const { statementMap, s, branchMap, b, fnMap, f } = data;
  return {
    lines: Object.entries(statementMap).map(([id, { start }]) => [start.line, s[id]]),
    branches: Object.entries(branchMap).map(([id, { loc }]) => [loc.start.line, b[id]?.[0]]),
    functions: Object.entries(fnMap).map(([id, { loc }]) => [loc.start.line, f[id]]),
  };
}

function scriptsIn(report: unknown): Profiler.ScriptCoverage[] {
  if (typeof report !== 'object' || report === null || !('result' in report)) return [];
  const scripts: readonly unknown[] = Array.isArray(report.result) ? report.result : [];
  return scripts.filter((script) => isScriptCoverage(script));
}

function isScriptCoverage(value: unknown): value is Profiler.ScriptCoverage {
  return typeof value === 'object' && value !== null && 'url' in value && 'functions' in value;
}
