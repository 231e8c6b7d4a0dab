import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReport, usersOfReports, type Line } from '../src/earlier-reports.ts';
import { isUserId, type UserId } from '../src/monocloud/user-id.ts';
import { Refusal, inputRefusal, type InputFault } from '../src/refusal.ts';
import { OUTCOMES, type OutcomeName } from '../src/removal/outcome.ts';

const DOMAIN = 'acme.test';

type Entry = readonly [userId: string, outcome: OutcomeName];

interface Report {
  readonly entries: readonly Entry[];
  readonly dryRun?: boolean;
  readonly domain?: string;
  /** What its `run` record says; without it the truth. */
  readonly users?: unknown;
}

const USER = '{"type":"user","user_id":"a","outcome":"failed","status":500,"attempts":1}';
const END = '{"type":"end","time":"2026-01-02T03:04:05.006Z","outcomes":{}}';

function report({ entries, dryRun = false, domain = DOMAIN, users }: Report): readonly string[] {
  return [
    JSON.stringify({ type: 'run', domain, dry_run: dryRun, users: users ?? entries.length }),
    ...entries.map(([userId, outcome]) =>
      JSON.stringify({ type: 'user', user_id: userId, outcome, status: null, attempts: 1 }),
    ),
    END,
  ];
}

function numbered(lines: readonly string[]): readonly Line[] {
  return lines.map((text, index) => ({ number: index + 1, text }));
}

const refuse = (fault: InputFault): Refusal => inputRefusal('user-id-file', fault);

function checked(text: string, line: number): UserId {
  if (isUserId(text)) return text;
  throw refuse({
    kind: 'user-id',
    fault: { kind: 'empty' },
    place: { unit: 'line', number: line },
    text,
  });
}

function usersOf(lines: readonly string[]): ReturnType<typeof usersOfReports> {
  return usersOfReports(numbered(lines), DOMAIN, checked, refuse);
}

function faultOf(lines: readonly string[]): InputFault | undefined {
  try {
    usersOf(lines);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal && error.reason.kind === 'input') return error.reason.fault;
    throw error;
  }
}

describe('a report', () => {
  it.each([
    ['{"type":"run"}', true],
    ['{"type":"user"}', true],
    ['{"type":"end"}', true],
    ['{"type":"person","user_id":"a"}', false],
    ['{"user_id":"a"}', false],
    ['["run"]', false],
    ['run', false],
  ])('is recognised by the type of its first line: %s: %s', (line, isOne) => {
    expect(isReport(numbered([line]))).toBe(isOne);
    expect(isReport([])).toBe(false);
  });

  const everyOutcome = OUTCOMES.map((outcome): Entry => [outcome, outcome]);

  it('of a removal gives those that are not done, but no missing users', () => {
    expect(usersOf(report({ entries: everyOutcome }))).toEqual({
      userIds: ['failed', 'unconfirmed', 'skipped'],
      taken: { taken: 3, of: OUTCOMES.length },
    });
  });

  it('of a dry run gives those that would lose their username', () => {
    expect(usersOf(report({ entries: everyOutcome, dryRun: true }))).toEqual({
      userIds: ['would-remove'],
      taken: { taken: 1, of: OUTCOMES.length },
    });
  });

  it('may leave nobody', () => {
    const none = { userIds: [], taken: { taken: 0, of: 1 } };
    expect(usersOf(report({ entries: [['a', 'removed']] }))).toEqual(none);
    expect(usersOf(report({ entries: [] }))).toEqual({ userIds: [], taken: { taken: 0, of: 0 } });
  });
});

describe('several reports', () => {
  it('are one list, in which the last word on a user counts', () => {
    const lines = [
      ...report({
        entries: ['a', 'b', 'c'].map((id): Entry => [id, 'would-remove']),
        dryRun: true,
      }),
      ...report({
        entries: [
          ['a', 'removed'],
          ['b', 'failed'],
          ['d', 'skipped'],
        ],
      }),
      ...report({ entries: [['d', 'removed']] }),
    ];
    expect(usersOf(lines)).toEqual({ userIds: ['b', 'c'], taken: { taken: 2, of: 4 } });
  });

  it('give each user once, and just those whose last outcome is open', () => {
    const entry = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom(...OUTCOMES));
    const reports = fc.array(
      fc.record({ entries: fc.array(entry, { maxLength: 6 }), dryRun: fc.boolean() }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(reports, (given) => {
        const last = new Map<string, boolean>();
        for (const { entries, dryRun } of given) {
          for (const [id, outcome] of entries) {
            const open = dryRun ? ['would-remove'] : ['failed', 'unconfirmed', 'skipped'];
            last.set(id, open.includes(outcome));
          }
        }
        const open = [...last].filter(([, isOpen]) => isOpen).map(([id]) => id);
        expect(usersOf(given.flatMap((one) => report(one)))).toEqual({
          userIds: open,
          taken: { taken: open.length, of: last.size },
        });
      }),
    );
  });
});

describe('a report that cannot be the list', () => {
  const whole = report({ entries: [['a', 'failed']] });
  const [run = ''] = whole;

  it.each<readonly [string, readonly string[], InputFault]>([
    ['has no end', [run, USER], { kind: 'report-without-end', line: 1 }],
    [
      'has no end, and another follows',
      [run, USER, ...whole],
      { kind: 'report-without-end', line: 1 },
    ],
    ['has no end, after a whole one', [...whole, run], { kind: 'report-without-end', line: 4 }],
    ['has no beginning', [USER, END], { kind: 'report-without-run', line: 1 }],
    ['has only an end', [END], { kind: 'report-without-run', line: 1 }],
    ['has users after its end', [...whole, USER], { kind: 'report-without-run', line: 4 }],
    ['has two ends', [...whole, END], { kind: 'report-without-run', line: 4 }],
    ['has a line cut off', [run, USER.slice(0, 20), END], { kind: 'broken-line', line: 2 }],
    ['has a line of something else', [run, '{"type":"note"}'], { kind: 'not-a-record', line: 2 }],
    ['has a line without a type', [run, '{"user_id":"a"}'], { kind: 'not-a-record', line: 2 }],
    ['lacks a user', [run, END], { kind: 'report-lacks-users', line: 1 }],
    ['has a user too many', [run, USER, USER, END], { kind: 'report-lacks-users', line: 1 }],
    [
      'does not say how many users it has',
      ['{"type":"run","domain":"acme.test"}', END],
      { kind: 'report-lacks-users', line: 1 },
    ],
    [
      'is of another domain',
      [...whole, ...report({ entries: [], domain: 'other.test' })],
      { kind: 'report-of-other-domain', line: 4, domain: 'other.test' },
    ],
    [
      'is of no domain',
      ['{"type":"run","users":0}', END],
      { kind: 'report-of-other-domain', line: 1, domain: '' },
    ],
  ])('%s', (_, lines, fault) => {
    expect(faultOf(lines)).toEqual(fault);
  });

  it.each([
    [{ user_id: 'a b' }, 'a b'],
    [{ user_id: 7 }, ''],
    [{}, ''],
  ])('has a user without an id: %j', (members, text) => {
    const line = JSON.stringify({ type: 'user', outcome: 'failed', ...members });
    expect(faultOf([run, line, END])).toMatchObject({
      kind: 'user-id',
      place: { unit: 'line', number: 2 },
      text,
    });
  });

  it('is one of which any line is missing, or any but the last is there twice', () => {
    const entries = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
    fc.assert(
      fc.property(entries, fc.nat(), fc.boolean(), (ids, place, isTwice) => {
        const lines = report({ entries: ids.map((id): Entry => [id, 'failed']) });
        const index = place % lines.length;
        const line = lines[index] ?? '';
        const changed = lines.toSpliced(index, 1, ...(isTwice ? [line, line] : []));
        expect(faultOf(changed)).toBeDefined();
      }),
    );
  });
});
