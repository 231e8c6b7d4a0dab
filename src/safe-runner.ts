import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Environment } from './inputs/raw-inputs.ts';
import { codeOf, UserError } from './user-error.ts';

/** @throws UserError where the key would not be safe, or nobody would hear of the outcome */
export function requireSafeRunner(env: Environment): void {
  // Node obeys it without a word, and the key would go to whoever answers.
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    throw new UserError(
      'Certificates are not checked',
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so anybody could take the place of the API and get the ' +
        'key. Remove it from the environment; for a private CA use NODE_EXTRA_CA_CERTS. Nothing ' +
        'was sent.',
    );
  }
  const problem = problemOfOutputFile(env['GITHUB_OUTPUT'] ?? '');
  if (problem !== undefined) {
    throw new UserError(
      'No place for outputs',
      `GITHUB_OUTPUT ${problem}, so the outcome could not be passed on. Run the action as a step ` +
        'of a workflow. Nothing was sent.',
    );
  }
}

function problemOfOutputFile(file: string): string | undefined {
  if (file === '') return 'is not set';
  try {
    accessSync(file, constants.W_OK);
    return undefined;
  } catch (error) {
    return `names a file that cannot be written (${codeOf(error)})`;
  }
}

/** The folder that the runner empties after the job. */
export function tempFolder(env: Environment): string {
  const temp = env['RUNNER_TEMP'] ?? '';
  return temp === '' ? tmpdir() : temp;
}
