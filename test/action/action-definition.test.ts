import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/inputs/raw-inputs.ts';
import { actionRoot, readActionDefinition } from '../runner/action-definition.ts';

const definition = readActionDefinition();

describe('action.yml', () => {
  it('has the inputs of the contract, with the defaults of the code', () => {
    const { inputs } = definition;
    expect(Object.keys(inputs)).toEqual([
      'domain',
      'api-key',
      'user-id',
      'user-id-file',
      'on-not-found',
      'dry-run',
      'max-users',
      'concurrency',
      'retries',
      'timeout',
      'max-retry-wait',
      'report-file',
      'profiles-file',
    ]);
    const defaults = Object.entries(inputs).flatMap(([name, input]) =>
      input.default === undefined ? [] : [[name, input.default]],
    );
    expect(Object.fromEntries(defaults)).toEqual(DEFAULTS);
    const required = Object.entries(inputs).filter(([, input]) => input.required);
    expect(required.map(([name]) => name)).toEqual(['domain', 'api-key']);
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
