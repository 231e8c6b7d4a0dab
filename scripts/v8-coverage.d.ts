/** The part of it that is used; the package has no types of its own. */
declare module '@bcoe/v8-coverage' {
  import type { Profiler } from 'node:inspector';

  /** @returns undefined for none */
  export function mergeScriptCovs(
    coverages: readonly Profiler.ScriptCoverage[],
  ): Profiler.ScriptCoverage | undefined;
}
