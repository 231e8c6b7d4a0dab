/** Something that the user of the action can mend: shown as it is, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** The annotation's title: fixed words, nothing from outside. */
  readonly title: string;

  /** @param message whole sentences: what was wrong, where, and what would be right */
  constructor(title: string, message: string) {
    super(message);
    this.title = title;
  }
}

/**
 * @param name the input, as in action.yml
 * @param wrong completes "Input `x` …"
 * @param right a whole sentence: what would be right
 */
export function inputError(name: string, wrong: string, right: string): UserError {
  return new UserError('Invalid input', `Input \`${name}\` ${wrong}. ${right} Nothing was sent.`);
}

/** What arrived, where it is short: a part of it could be a part of the key, which nothing finds. */
export function quoted(text: string): string {
  return text.length > 200 ? `a text of ${text.length} characters` : `\`${text}\``;
}

/** The code of a file system error, as in `EACCES`; never its text, which has paths in it. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
