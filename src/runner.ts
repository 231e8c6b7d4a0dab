import { accessSync, constants, statSync } from 'node:fs';
import { fileErrorCode, Refusal, type RefusalReason } from './refusal.ts';

/** The version that keeps connections through a proxy; runner 2.328.0 brings it. */
const FIRST_NODE = { major: 24, minor: 5 };

/**
 * Other engines than GitHub's runner start an action with whatever Node they have. Uses nothing that
 * Node 16 does not know.
 *
 * @param version as in `24.5.0`
 */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > FIRST_NODE.major || (major === FIRST_NODE.major && minor >= FIRST_NODE.minor);
}

/** @throws Refusal where the key would not be safe, or nobody would learn of the outcome */
export function requireSafeRunner(): void {
  // Node accepts it silently, and the key would go to whoever answers.
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    throw new Refusal({ kind: 'certificates-not-checked' });
  }
  const fault = outputFileFault(process.env['GITHUB_OUTPUT'] ?? '');
  if (fault !== undefined) throw new Refusal(fault);
}

function outputFileFault(file: string): RefusalReason | undefined {
  const kind = 'no-output-file';
  if (file === '') return { kind, problem: 'not-set' };
  try {
    if (!statSync(file).isFile()) return { kind, problem: 'not-a-file' };
    accessSync(file, constants.W_OK);
    return undefined;
  } catch (error) {
    return { kind, problem: 'unwritable', code: fileErrorCode(error) };
  }
}
