import { rmSync } from 'node:fs';

/**
 * Where `ACTION_COVERAGE` names a folder, Node leaves there which parts of the bundle a step ran.
 *
 * @returns what a step's environment needs for that
 */
export function coverageEnvironment(): Readonly<Record<string, string>> {
  const folder = process.env['ACTION_COVERAGE'];
  return folder === undefined ? {} : { NODE_V8_COVERAGE: folder };
}

/** Before the first test: what an earlier run left may speak of another bundle. */
export function setup(): void {
  rmSync('coverage', { recursive: true, force: true });
}
