import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputName } from '../../src/inputs.ts';
import { actionRoot, readActionDefinition } from '../runner/action-definition.ts';

const definition = readActionDefinition();

/** The inputs of the contract, in its order, with their defaults. */
const INPUTS: Readonly<Record<InputName, string>> = {
  domain: 'required',
  'api-key': 'required',
  'user-id': '',
  'user-id-file': '',
  'on-not-found': 'fail',
  'on-no-username': 'fail',
  'dry-run': 'false',
  'max-users': '100',
  shard: '',
  concurrency: '4',
  'requests-per-second': '',
  retries: '3',
  timeout: '30',
  'max-retry-wait': '120',
  'report-file': '',
  'profiles-file': '',
};

describe('action.yml', () => {
  it('has the inputs of the contract, in its order, with its defaults', () => {
    const declared = Object.entries(definition.inputs).map(([name, input]) => [
      name,
      input.required ? 'required' : (input.default ?? ''),
    ]);
    expect(declared).toEqual(Object.entries(INPUTS));
  });

  it('has the outputs of the contract', () => {
    expect(Object.keys(definition.outputs)).toEqual([
      'profile',
      'status',
      'problem',
      'results',
      'removed-count',
      'failed-count',
      'report-file',
    ]);
  });

  it('describes itself briefly enough for the Marketplace', () => {
    expect(definition.description.length).toBeLessThan(125);
  });

  it('starts the bundle that is there, on Node 24', () => {
    expect(definition.using).toBe('node24');
    expect(definition.main).toBe('dist/index.js');
    expect(existsSync(join(actionRoot, definition.main))).toBe(true);
  });

  it('has no expression in it', () => {
    expect(readFileSync(join(actionRoot, 'action.yml'), 'utf8')).not.toContain('${{');
  });
});
