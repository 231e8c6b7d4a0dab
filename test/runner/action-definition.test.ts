import { describe, expect, it } from 'vitest';
import { parseActionDefinition, readActionDefinition } from './action-definition.ts';

describe("this action's action.yml", () => {
  const definition = readActionDefinition();

  it('declares the inputs of the contract with their defaults', () => {
    const defaults = Object.entries(definition.inputs).map(([name, input]) => [
      name,
      input.required ? 'required' : (input.default ?? ''),
    ]);

    expect(Object.fromEntries(defaults)).toEqual({
      domain: 'required',
      'api-key': 'required',
      'user-id': '',
      'user-id-file': '',
      'on-not-found': 'fail',
      'dry-run': 'false',
      'max-users': '100',
      concurrency: '4',
      retries: '3',
      timeout: '30',
      'max-retry-wait': '120',
      'report-file': '',
      'profiles-file': '',
    });
  });

  it('declares the outputs of the contract', () => {
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

  it('runs the bundle on Node 24, with a description that the Marketplace takes', () => {
    expect(definition.using).toBe('node24');
    expect(definition.main).toBe('dist/index.js');
    expect(definition.description.length).toBeLessThan(125);
  });
});

describe('parseActionDefinition', () => {
  const head = 'name: a\ndescription: b\nauthor: c\n';

  it('takes an action without inputs and outputs', () => {
    const definition = parseActionDefinition(`${head}runs: { using: node24, main: index.js }`);

    expect(definition).toMatchObject({ name: 'a', inputs: {}, outputs: {}, main: 'index.js' });
  });

  it.each([
    ['[]', 'the document must be a mapping'],
    [head, 'runs must be a mapping'],
    [`${head}runs: { using: node24 }`, 'runs.main must be text'],
    [`${head}runs: { using: node24, main: a }\ninputs: { x: }`, 'inputs.x must be a mapping'],
    [
      `${head}runs: { using: node24, main: a }\ninputs: { x: { description: y, default: 3 } }`,
      'inputs.x.default must be text',
    ],
    [
      `${head}runs: { using: node24, main: a }\ninputs: { x: { description: y, required: 'true' } }`,
      'inputs.x.required must be true or false',
    ],
    [
      `${head}runs: { using: node24, main: a }\noutputs: { x: {} }`,
      'outputs.x.description must be text',
    ],
  ])('refuses %j', (source, complaint) => {
    expect(() => parseActionDefinition(source)).toThrow(`action.yml: ${complaint}`);
  });
});
