import * as core from '@actions/core';
import { MAX_USER_ID_LENGTH, type UserIdFault } from '../monocloud/user-id.ts';
import {
  Refusal,
  type Expected,
  type InputFault,
  type Place,
  type RefusalReason,
} from '../refusal.ts';
import type { StepLog } from './log.ts';
import {
  API_KEY_FAULTS,
  CHARACTER_HINTS,
  DOMAIN_FAULTS,
  FILE_FAULTS,
  LIST_FAULTS,
  NOTHING_SENT,
  OUTPUT_FILE_FAULTS,
  REFUSALS,
  STOPS,
  USER_ID_FAULTS,
  VALUE_FAULTS,
  type Message,
} from './messages.ts';
import { outputsWithoutUsers, setOutputs } from './outputs.ts';
import type { Sanitizer } from './sanitize.ts';
import { fill, joined } from './text.ts';
import { errorName, internalErrorText } from './wording.ts';

/** Reports an error that ended the step before its users: one annotation, and every output. */
export function publishRefusal(
  error: unknown,
  { sanitizer, log }: { readonly sanitizer: Sanitizer; readonly log: StepLog },
): void {
  const message = messageOf(error);
  log.annotate('error', message);
  log.flush();
  setOutputs(outputsWithoutUsers(message.title, sanitizer.toLine(message.text)));
}

/**
 * Refuses a Node that is too old, with nothing that it might not know: the sanitizer for one needs
 * Node 20, and there is nothing from outside to sanitize.
 *
 * @param version as in `20.19.0`
 */
export function refuseOldNode(version: string): void {
  const { title, text } = refusalMessage({ kind: 'old-node', version });
  core.error(text, { title });
  setOutputs(outputsWithoutUsers(title, text));
}

/** @returns what is said of an error that nobody expected; its own text may quote anything */
export function internalErrorMessage(error: unknown): Message {
  return { title: STOPS['internal-error'].title, text: internalErrorText(errorName(error)) };
}

function messageOf(error: unknown): Message {
  if (error instanceof Refusal) return refusalMessage(error.reason);
  return internalErrorMessage(error);
}

/** What the annotation of a refused step says: what was wrong, where, and what to do. */
export function refusalMessage(reason: RefusalReason): Message {
  const { title, text } = REFUSALS[reason.kind];
  return { title, text: joined([fill(text, valuesOf(reason)), NOTHING_SENT]) };
}

type Values = Readonly<Record<string, string | number>>;

function valuesOf(reason: RefusalReason): Values {
  switch (reason.kind) {
    case 'input':
      return { input: reason.input, ...faultText(reason.fault) };
    case 'no-output-file':
      return { problem: fill(OUTPUT_FILE_FAULTS[reason.problem], { code: reason.code ?? '' }) };
    case 'old-node':
      return { version: reason.version };
    case 'certificates-not-checked':
    case 'unusable-proxy':
      return {};
  }
}

interface FaultText extends Values {
  /** Completes "Input `x` …". */
  readonly wrong: string;
  /** A whole sentence: what would be right. */
  readonly right: string;
}

function faultText(fault: InputFault): FaultText {
  switch (fault.kind) {
    case 'value': {
      const expected = expectedText(fault.expected);
      if (fault.text === '') return filled(VALUE_FAULTS.empty, { expected });
      return filled(VALUE_FAULTS.value, { value: quoted(fault.text), expected });
    }
    case 'api-key': {
      const kind = fault.fault === 'empty' ? 'no-api-key' : 'api-key';
      return filled(VALUE_FAULTS[kind], { fault: API_KEY_FAULTS[fault.fault] });
    }
    case 'domain': {
      const wrong = DOMAIN_FAULTS[fault.fault];
      const value = fault.text === '' ? wrong : `${wrong}: ${quoted(fault.text)}`;
      return filled(VALUE_FAULTS.domain, { fault: value });
    }
    case 'shard':
      return filled(VALUE_FAULTS.shard, { value: quoted(fault.text) });
    case 'too-many-users':
      return filled(VALUE_FAULTS[fault.kind], { users: fault.users, maxUsers: fault.maxUsers });
    case 'user-id':
      return userIdText(fault.fault, placeText(fault.place), quoted(fault.text));
    case 'not-a-user':
      return filled(LIST_FAULTS[fault.kind], { place: placeText(fault.place) });
    case 'both-lists':
    case 'no-user':
    case 'broken-array':
    case 'not-a-list':
      return filled(LIST_FAULTS[fault.kind], {});
    case 'broken-line':
    case 'report-without-end':
    case 'report-without-run':
    case 'report-lacks-users':
    case 'not-a-record':
      return filled(LIST_FAULTS[fault.kind], { line: fault.line });
    case 'report-of-other-domain':
      return filled(LIST_FAULTS[fault.kind], { line: fault.line, domain: quoted(fault.domain) });
    case 'same-file':
      return filled(FILE_FAULTS[fault.kind], { other: fault.other });
    case 'unreadable':
    case 'unwritable':
    case 'not-private':
      return filled(FILE_FAULTS[fault.kind], { code: fault.code, path: quoted(fault.path) });
    case 'not-regular':
    case 'file-too-large':
    case 'not-utf-8':
      return filled(FILE_FAULTS[fault.kind], { path: quoted(fault.path) });
  }
}

function filled(
  { wrong, right }: { readonly wrong: string; readonly right: string },
  values: Values,
): FaultText {
  return { wrong: fill(wrong, values), right: fill(right, values) };
}

function expectedText(expected: Expected): string {
  if (expected.kind === 'one-of') return expected.choices.map((one) => `\`${one}\``).join(' or ');
  const { lowest, highest, unit } = expected;
  const range = highest === undefined ? `${lowest} up` : `${lowest} to ${highest}`;
  return `a whole number from ${range}${unit === undefined ? '' : ` (${unit})`}`;
}

function userIdText(fault: UserIdFault, place: string, value: string): FaultText {
  const character = fault.kind === 'character' ? characterText(fault.character) : undefined;
  const length = fault.kind === 'too-long' ? fault.length : 0;
  const max = MAX_USER_ID_LENGTH;
  const values = { place, value, length, max, character: character?.shown ?? '' };
  const hint = fault.kind === 'placeholder' ? CHARACTER_HINTS.placeholder : CHARACTER_HINTS.other;
  return { wrong: fill(USER_ID_FAULTS[fault.kind], values), right: character?.hint ?? hint };
}

/** As text: Node takes 1 ms to look up such classes of characters, for literals at each start. */
const SEEN = String.raw`[\p{L}\p{N}\p{P}\p{S}]`;

function characterText(character: string): { readonly shown: string; readonly hint: string } {
  if (/["'`]/u.test(character)) return { shown: `a ${character}`, hint: CHARACTER_HINTS.quote };
  if (character === ',') return { shown: 'a comma', hint: CHARACTER_HINTS.separator };
  if (character === ' ') return { shown: 'a space', hint: CHARACTER_HINTS.separator };
  if (character === '@') return { shown: 'an @', hint: CHARACTER_HINTS.at };
  if (new RegExp(SEEN, 'u').test(character)) {
    return { shown: `a ${character}`, hint: CHARACTER_HINTS.other };
  }
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { shown: `the character U+${code}`, hint: CHARACTER_HINTS.unseen };
}

function placeText({ unit, number }: Place): string {
  return `${unit} ${number}`;
}

/** What arrived, where it is short: a part of it could be a part of the key, which nothing finds. */
function quoted(text: string): string {
  return text.length > 200 ? `a text of ${text.length} characters` : `\`${text}\``;
}
