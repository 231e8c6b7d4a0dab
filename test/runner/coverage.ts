/** What a step starts when its coverage is measured: Node strips the types and keeps the lines. */
const SOURCE = 'src/index.ts';

/**
 * With `ACTION_COVERAGE` naming a folder, steps run the source in place of the bundle, and Node
 * leaves there what of it ran.
 *
 * @param bundle what is started otherwise, relative to the action
 */
export function coveredRun(bundle: string): {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const folder = process.env['ACTION_COVERAGE'];
  if (folder === undefined) return { script: bundle, env: {} };
  return { script: SOURCE, env: { NODE_V8_COVERAGE: folder } };
}
