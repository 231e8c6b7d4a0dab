import { registerHooks } from 'node:module';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from './workflow-rules.ts';

// The language service imports its schemas in a way that only bundlers take: without saying that
// they are JSON.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { validate } = await import('@actions/languageservice');

let checked = 0;

/**
 * What GitHub's own language service has to say: schema, expressions, names of contexts and jobs.
 *
 * @param path where the file is in the repository: tells a workflow from an action
 */
export async function languageFindings(path: string, text: string): Promise<readonly Finding[]> {
  // A URI of its own each time: the service remembers what it read under one.
  checked += 1;
  const uri = `file:///${checked}/${path}`;
  const diagnostics = await validate(TextDocument.create(uri, 'yaml', 1, text));
  return diagnostics.map(({ range, message }) => ({
    line: range.start.line + 1,
    message: typeof message === 'string' ? message : message.value,
  }));
}
