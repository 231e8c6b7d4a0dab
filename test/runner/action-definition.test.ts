import { describe, expect, it } from 'vitest';
import { parseActionDefinition } from './action-definition.ts';

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
  ])('refuses %j', (source, message) => {
    expect(() => parseActionDefinition(source)).toThrow(`action.yml: ${message}`);
  });
});
