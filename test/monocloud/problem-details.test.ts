import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProblem } from '../../src/monocloud/response.ts';

function isTextOrNone(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() !== '');
}

describe('problem details', () => {
  it('have each field and its messages', () => {
    const errors = { username: ['Is taken.', 'Is short.'], '': ['Whole.'], email: 'One.' };
    expect(parseProblem(JSON.stringify({ title: 'T', detail: 'D', errors }))).toMatchObject({
      title: 'T',
      detail: 'D',
      errors: [
        { label: 'username', message: 'Is taken.' },
        { label: 'username', message: 'Is short.' },
        { label: undefined, message: 'Whole.' },
        { label: 'email', message: 'One.' },
      ],
    });
  });

  it('have each code and its description', () => {
    const errors = [
      { code: 'Taken', description: 'Is taken.' },
      { code: 'Lonely' },
      { description: 'No code.' },
      'Just text.',
      ['In a list.'],
      {},
      { code: ' ', description: '' },
      7,
      null,
    ];
    expect(parseProblem(JSON.stringify({ errors }))?.errors).toEqual([
      { label: 'Taken', message: 'Is taken.' },
      { label: 'Lonely', message: undefined },
      { label: undefined, message: 'No code.' },
      { label: undefined, message: 'Just text.' },
      { label: undefined, message: 'In a list.' },
    ]);
  });

  it('have no status: the one of HTTP decides', () => {
    expect(parseProblem('{"status":200}')).not.toHaveProperty('status');
  });

  it('ignore members of the wrong type, and keep what was sent', () => {
    const text = '{"title":7,"detail":["x"],"errors":"x","big":12345678901234567890}';
    expect(parseProblem(`\n${text} `)).toEqual({
      title: undefined,
      detail: undefined,
      errors: [],
      sent: text,
    });
  });

  it('have no text that is blank', () => {
    expect(parseProblem('{"title":" ","detail":"","errors":{" ":"What is wrong."}}')).toMatchObject(
      {
        title: undefined,
        detail: undefined,
        errors: [{ label: undefined, message: 'What is wrong.' }],
      },
    );
  });

  it.each(['', '<html>', '[]', 'null', '"text"', '{"title":'])('%j has none', (text) => {
    expect(parseProblem(text)).toBeUndefined();
  });

  it('never throw, and give texts only', () => {
    const members = fc.record(
      { title: fc.jsonValue(), detail: fc.jsonValue(), errors: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(members, fc.jsonValue()), (value) => {
        const problem = parseProblem(JSON.stringify(value));
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        expect(problem !== undefined).toBe(isObject);
        const { title, detail, errors = [] } = problem ?? {};
        expect([title, detail].every((text) => isTextOrNone(text))).toBe(true);
        for (const { label, message } of errors) {
          expect(isTextOrNone(label) && isTextOrNone(message)).toBe(true);
          expect(label ?? message).toBeDefined();
        }
      }),
    );
  });
});
