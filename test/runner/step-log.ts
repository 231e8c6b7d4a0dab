import { Annotations, type AnnotationKind } from './annotations.ts';
import { CommandFailure } from './command-failure.ts';
import {
  knownCommands,
  parseLogCommand,
  propertyOf,
  trim,
  type ParsedCommand,
} from './log-command.ts';
import { SecretMasker } from './secret-masker.ts';

/** A line that has the form of a log command. */
export interface LogCommand extends ParsedCommand {
  readonly stream: 'stdout' | 'stderr';
  /** The line itself, as the step wrote it. */
  readonly line: string;
  /** Whether the runner knows a command of that name. */
  readonly known: boolean;
  /** Whether `stop-commands` was in force: the line was then shown as text. */
  readonly stopped: boolean;
}

export interface StepLogOptions {
  readonly debug: boolean;
  /** The values that are masked from the start. */
  readonly secrets: readonly string[];
}

const deprecated = (command: string): string =>
  `The \`${command}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`;
const disabled = (command: string): string =>
  `The \`${command}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`.`;

/**
 * Makes the log of a step out of the lines that it writes: obeys commands, masks secrets, collects
 * annotations. After actions/runner, OutputManager.cs and ActionCommandManager.cs; the tags
 * (`##[error]`) are those of the log that GitHub offers for download.
 */
export class StepLog {
  readonly annotations = new Annotations();
  readonly commands: LogCommand[] = [];
  /** What the outdated `set-output` command set. */
  readonly outputs = new Map<string, string>();
  /** Why commands failed the step. */
  readonly failures: string[] = [];
  readonly #masker = new SecretMasker();
  readonly #debug: boolean;
  #echo = false;
  #stopToken: string | undefined;
  #text = '';

  constructor({ debug, secrets }: StepLogOptions) {
    this.#debug = debug;
    for (const secret of secrets) this.#masker.add(secret);
  }

  /** The log as a user sees it so far. */
  get text(): string {
    return this.#text;
  }

  get masks(): readonly string[] {
    return this.#masker.values;
  }

  /** The text with the secrets hidden that are known by now. */
  mask(text: string): string {
    return this.#masker.mask(text);
  }

  /** Takes the next line of a stream, without its line end. */
  receive(line: string, stream: LogCommand['stream']): void {
    const parsed = parseLogCommand(line, (name) => this.#obeys(name));
    if (parsed === undefined) {
      this.#show(line);
      return;
    }
    const known = this.#obeys(parsed.name);
    const resumes = this.#stopToken !== undefined && parsed.name === this.#stopToken;
    const stopped = this.#stopToken !== undefined && !resumes;
    this.commands.push({ ...parsed, stream, line, known, stopped });
    if (resumes) {
      this.#stopToken = undefined;
      this.#show(line);
    } else if (known && !stopped) {
      this.#obey(parsed, line);
    } else {
      this.#show(line);
    }
  }

  #obeys(name: string): boolean {
    return knownCommands.has(name) || name === this.#stopToken;
  }

  #show(text: string): void {
    this.#text += `${this.#masker.mask(text)}\n`;
  }

  #annotate(kind: AnnotationKind, message: string, title = ''): void {
    const shown = this.annotations.add({ kind, title, message: this.#masker.mask(message) });
    if (shown !== '') this.#show(`##[${kind}]${shown}`);
  }

  #obey(command: ParsedCommand, line: string): void {
    const hidesItself = ['add-mask', 'debug', 'error', 'notice', 'warning'].includes(command.name);
    if (this.#echo && !hidesItself) this.#show(line);
    try {
      this.#carryOut(command, line);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      this.#annotate('error', `Unable to process command '${line}' successfully.`);
      this.#annotate('error', error.message);
      this.failures.push(error.message);
    }
  }

  #carryOut(command: ParsedCommand, line: string): void {
    const { name, text } = command;
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        this.#annotate(name, text, propertyOf(command, 'title'));
        return;
      case 'debug':
        if (this.#debug) this.#show(`##[debug]${text}`);
        return;
      case 'group':
        this.#show(`##[group]${text}`);
        return;
      case 'endgroup':
        this.#show('##[endgroup]');
        return;
      case 'add-mask':
        this.#addMask(text);
        return;
      case 'echo':
        this.#setEcho(text);
        return;
      case 'stop-commands':
        this.#stopCommands(text, line);
        return;
      case 'set-output':
      case 'save-state':
        this.#setByCommand(name, propertyOf(command, 'name'), text);
        return;
      case 'add-path':
      case 'set-env':
        throw new CommandFailure(disabled(name));
      default:
        throw new CommandFailure(`The stand-in does not carry out \`${name}\``);
    }
  }

  #addMask(value: string): void {
    if (trim(value) === '') {
      this.#annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
      return;
    }
    if (this.#echo) this.#show('::add-mask::***');
    this.#masker.add(value);
  }

  #setEcho(value: string): void {
    const wanted = trim(value).toLowerCase();
    if (wanted !== 'on' && wanted !== 'off') {
      throw new CommandFailure(`Invalid echo command value: '${value}'.`);
    }
    this.#echo = wanted === 'on';
  }

  #stopCommands(token: string, line: string): void {
    const name = token.toLowerCase();
    if (name === '' || name === 'pause-logging' || knownCommands.has(name)) {
      throw new CommandFailure('Invalid token for `stop-commands`.');
    }
    this.#stopToken = name;
    if (token.length > 6) this.#masker.add(token);
    this.#show(line);
  }

  #setByCommand(command: 'set-output' | 'save-state', name: string, value: string): void {
    this.#annotate('warning', deprecated(command));
    if (name === '') {
      throw new CommandFailure(`Required field 'name' is missing in ##[${command}] command.`);
    }
    if (command === 'set-output') this.outputs.set(name, value);
  }
}
