import { readFileSync, readdirSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergeScriptCovs } from '@bcoe/v8-coverage';
import libCoverage, { type FileCoverageData } from 'istanbul-lib-coverage';
import v8ToIstanbul from 'v8-to-istanbul';
import { bundleLines } from './bundle-lines.ts';
import { coverageBySource } from './coverage-by-source.ts';

const root = resolve(import.meta.dirname, '..');
const bundle = join(root, 'dist', 'index.js');
const code = readFileSync(bundle, 'utf8');
/** Where the steps of the tests left what of the bundle they ran (vitest.config.ts). */
const raw = join(root, 'coverage', 'raw');

/** percent: what the tests were found to reach through the bundle. */
const FLOOR = { lines: 98, branches: 95, functions: 99 } as const;

const sourceOf = bundleLines(join(root, 'coverage', 'bundle'), code);
const all = coverageBySource(await bundleCoverage(), sourceOf);
const summary = all.getCoverageSummary();
for (const file of all.files()) {
  const coverage = all.fileCoverageFor(file);
  const branches = Object.entries(coverage.branchMap)
    .filter(([id]) => coverage.b[id]?.[0] === 0)
    .map(([, { loc }]) => loc.start.line);
  const missed = new Set([...coverage.getUncoveredLines().map(Number), ...branches]);
  if (missed.size > 0) {
    console.log(`src/${file}: not reached: ${[...missed].toSorted((a, b) => a - b).join(', ')}`);
  }
}
for (const kind of ['lines', 'branches', 'functions'] as const) {
  const { pct, covered, total } = summary[kind];
  const isLow = pct < FLOOR[kind];
  const verdict = isLow ? `, and the floor is ${FLOOR[kind]} %` : '';
  console.log(`${kind}: ${pct} % (${covered} of ${total})${verdict}`);
  if (isLow) process.exitCode = 1;
}
rmSync(raw, { recursive: true });

/** What all steps together ran of the bundle. */
async function bundleCoverage(): Promise<FileCoverageData> {
  const url = pathToFileURL(bundle).href;
  let merged: Profiler.ScriptCoverage | undefined;
  for (const name of readdirSync(raw)) {
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
  return libCoverage.createFileCoverage(data).data;
}

function scriptsIn(report: unknown): Profiler.ScriptCoverage[] {
  if (typeof report !== 'object' || report === null || !('result' in report)) return [];
  const scripts: readonly unknown[] = Array.isArray(report.result) ? report.result : [];
  return scripts.filter((script) => isScriptCoverage(script));
}

function isScriptCoverage(value: unknown): value is Profiler.ScriptCoverage {
  return typeof value === 'object' && value !== null && 'url' in value && 'functions' in value;
}
