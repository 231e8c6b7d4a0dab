import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProblem } from '../../src/monocloud/problem-details.ts';

describe('problem details', () => {
  it('tell each field and its messages', () => {
    const errors = { username: ['Is taken.', 'Is short.'], '': ['Whole.'], email: 'One.' };
    expect(parseProblem(422, JSON.stringify({ title: 'T', detail: 'D', errors }))).toMatchObject({
      title: 'T',
      detail: 'D',
      status: 422,
      errors: ['username: Is taken.', 'username: Is short.', 'Whole.', 'email: One.'],
    });
  });

  it('tell each code and its description', () => {
    const errors = [
      { code: 'Taken', description: 'Is taken.' },
      { code: 'Lonely' },
      { description: 'No code.' },
      'Just text.',
      {},
      7,
      null,
    ];
    expect(parseProblem(422, JSON.stringify({ errors })).errors).toEqual([
      'Taken: Is taken.',
      'Lonely',
      'No code.',
      'Just text.',
    ]);
  });

  it('have the status of HTTP, never the one inside', () => {
    expect(parseProblem(404, '{"status":200}')).toMatchObject({ status: 404, title: 'Not Found' });
  });

  it('ignore members of the wrong type', () => {
    const text = '{"title":7,"detail":["x"],"errors":"x"}';
    expect(parseProblem(400, text)).toMatchObject({
      title: 'Bad Request',
      detail: undefined,
      errors: [],
      sent: text,
    });
  });

  it.each([undefined, '', '<html>', '[]', 'null', '"text"', '{"title":'])(
    'are made of the status where %j came',
    (text) => {
      expect(parseProblem(503, text)).toEqual({
        title: 'Service Unavailable',
        detail: 'The API answered 503 without problem details.',
        status: 503,
        errors: [],
        sent: undefined,
      });
    },
  );

  it('never throw, and give texts only', () => {
    const members = fc.record(
      { title: fc.jsonValue(), detail: fc.jsonValue(), errors: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(members, fc.jsonValue()), (value) => {
        const problem = parseProblem(422, JSON.stringify(value));
        expect(problem.status).toBe(422);
        expect(problem.title.trim()).not.toBe('');
        for (const error of problem.errors) expect(typeof error).toBe('string');
      }),
    );
  });
});
