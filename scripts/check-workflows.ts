import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readActionDefinition } from '../test/runner/action-definition.ts';
import { languageFindings } from './workflow-language.ts';
import { brokenRules } from './workflow-rules.ts';

const root = resolve(import.meta.dirname, '..');
const folder = '.github/workflows';
const workflows = readdirSync(join(root, folder))
  .filter((name) => /\.ya?ml$/u.test(name))
  .map((name) => `${folder}/${name}`);
const actions = { './': readActionDefinition(), './emulator': readActionDefinition('emulator') };

for (const path of ['action.yml', 'emulator/action.yml', ...workflows]) {
  const text = readFileSync(join(root, path), 'utf8');
  const findings = [
    ...(await languageFindings(path, text)),
    ...(workflows.includes(path) ? brokenRules(text, actions) : []),
  ];
  for (const { line, message } of findings) {
    console.error(`${path}:${line}: ${message}`);
    process.exitCode = 1;
  }
}
