import type { ApiKeyFault } from './monocloud/api-key.ts';
import type { DomainFault } from './monocloud/tenant-domain.ts';
import type { UserIdFault } from './monocloud/user-id.ts';

/** Something that the user of the action can fix. It ends the step before the first request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason.kind);
    this.reason = reason;
  }
}

/** Why a step is refused. `report/messages.ts` has the words. */
export type RefusalReason =
  | { readonly kind: 'input'; readonly input: string; readonly fault: InputFault }
  | { readonly kind: 'certificates-not-checked' }
  | { readonly kind: 'unusable-proxy' }
  | { readonly kind: 'old-node'; readonly version: string }
  /** @property code of the error where the file cannot be written */
  | {
      readonly kind: 'no-output-file';
      readonly problem: 'not-set' | 'not-a-file' | 'unwritable';
      readonly code?: string;
    };

/** What an input takes. */
export type Expected =
  | {
      readonly kind: 'whole-number';
      readonly lowest: number;
      /** Undefined where there is no highest. */
      readonly highest: number | undefined;
      /** As in "seconds"; undefined for a number of things. */
      readonly unit: string | undefined;
    }
  | { readonly kind: 'one-of'; readonly choices: readonly string[] };

/** What is wrong with an input. */
export type InputFault =
  | {
      readonly kind: 'value';
      readonly text: string;
      readonly expected: Expected;
    }
  | { readonly kind: 'api-key'; readonly fault: ApiKeyFault }
  | { readonly kind: 'domain'; readonly fault: DomainFault; readonly text: string }
  | { readonly kind: 'shard'; readonly text: string }
  | { readonly kind: 'both-lists' }
  | { readonly kind: 'no-user' }
  | { readonly kind: 'too-many-users'; readonly users: number; readonly maxUsers: number }
  | UserIdEntryFault
  | JsonListFault
  | ReportFault
  | FileFault;

/** A user id that is none. */
export interface UserIdEntryFault {
  readonly kind: 'user-id';
  readonly fault: UserIdFault;
  readonly place: Place;
  readonly text: string;
}

/** A line of a text or file, or an entry of a JSON array; from 1. */
export interface Place {
  readonly unit: 'line' | 'entry';
  readonly number: number;
}

/** A list in JSON that is not one of the two shapes. */
export type JsonListFault =
  /** Starts like an array, and is not JSON. */
  | { readonly kind: 'broken-array' }
  /** An object with a list inside, or without a user. */
  | { readonly kind: 'not-a-list' }
  /** A line of JSON Lines that is not an object. */
  | { readonly kind: 'broken-line'; readonly line: number }
  /** Neither a string nor an object with a string `user_id`. */
  | { readonly kind: 'not-a-user'; readonly place: Place };

/** A report of this action that cannot be the list. */
export type ReportFault =
  | { readonly kind: 'report-without-end'; readonly line: number }
  | { readonly kind: 'report-without-run'; readonly line: number }
  | { readonly kind: 'report-lacks-users'; readonly line: number }
  | { readonly kind: 'report-of-other-domain'; readonly line: number; readonly domain: string }
  | { readonly kind: 'not-a-record'; readonly line: number };

/** A file that cannot be used. */
export type FileFault =
  | { readonly kind: 'unreadable'; readonly path: string; readonly code: string }
  | { readonly kind: 'unwritable'; readonly path: string; readonly code: string }
  | { readonly kind: 'not-regular'; readonly path: string }
  | { readonly kind: 'not-private'; readonly path: string; readonly code: string }
  | { readonly kind: 'file-too-large'; readonly path: string }
  | { readonly kind: 'not-utf-8'; readonly path: string }
  | { readonly kind: 'same-file'; readonly other: string };

/** Makes the error of the input that is being read. */
export type Refuse = (fault: InputFault) => Refusal;

/** @returns the error of an input that is wrong */
export function inputRefusal(input: string, fault: InputFault): Refusal {
  return new Refusal({ kind: 'input', input, fault });
}

/** @returns whether the file system said no, so that it is not a bug */
export function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** @returns the code of a file system error, as in `EACCES`; never its text, which has paths in it */
export function fileErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
