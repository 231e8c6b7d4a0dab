import type { ApiKey } from '../monocloud/api-key.ts';
import { createRedactor } from './redactor.ts';

/** Makes text from outside fit to be shown, and keeps the key out of everything. */
export interface Cleaner {
  /** Strikes the key out and leaves the rest as it is: for outputs and files. */
  readonly redact: (text: string) => string;
  /**
   * One plain line that the runner reads as nothing but text: for the log and annotations.
   *
   * @param longest UTF-16 units; the rest is cut off, after the key was struck out
   */
  readonly clean: (text: string, longest?: number) => string;
  /** The same for the job summary: no markup in it. */
  readonly toHtml: (text: string, longest?: number) => string;
}

/** All white space but spaces (and the BOM, which JavaScript counts among it). */
const LINE_BREAKS = /(?:[^\S\p{Zs}\uFEFF]|\u0085)+/gu;

/**
 * Characters that are not seen, or that turn the direction of text around. The runner compares text
 * as people read it, so one of them inside `##[` might not keep it from being obeyed.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** @param apiKey undefined as long as no key is known: then there is none to strike out */
export function createCleaner(apiKey: ApiKey | undefined): Cleaner {
  const redact = apiKey === undefined ? (text: string): string => text : createRedactor(apiKey);

  const clean = (text: string, longest = Infinity): string => {
    // The key last but one: taking characters out could have put it together.
    const plain = text.toWellFormed().replaceAll(LINE_BREAKS, ' ').replaceAll(UNSEEN, '');
    return cut(disarm(redact(plain)).trim(), longest);
  };

  const toHtml = (text: string, longest?: number): string =>
    clean(text, longest).replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');

  return { redact, clean, toHtml };
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/**
 * The runner obeys `::` at the start of a line and `##[` anywhere in one (the runner's
 * ActionCommand.cs): neither is left standing anywhere.
 */
function disarm(text: string): string {
  return text.replaceAll(/:(?=:)/gu, ': ').replaceAll('##[', '## [');
}
