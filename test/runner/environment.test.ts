import { describe, expect, it } from 'vitest';
import { inputVariables } from './environment.ts';

const definitions = {
  'api-key': { description: 'a', required: true },
  'max users': { description: 'b', required: false, default: '100' },
};

describe('inputVariables', () => {
  it('gives every declared input, by default or empty', () => {
    expect(inputVariables({}, definitions)).toEqual({
      'INPUT_API-KEY': '',
      INPUT_MAX_USERS: '100',
    });
  });

  it('keeps what the workflow says, an explicit empty string too', () => {
    expect(inputVariables({ 'api-key': ' k\n', 'max users': '' }, definitions)).toEqual({
      'INPUT_API-KEY': ' k\n',
      INPUT_MAX_USERS: '',
    });
  });

  it.each(['api_key', 'API-KEY', 'constructor'])('refuses the undeclared input %s', (name) => {
    expect(() => inputVariables({ [name]: 'x' }, definitions)).toThrow(
      `action.yml declares no input \`${name}\``,
    );
  });
});
