import {
  knownCommands,
  parseLogCommand,
  propertyOf,
  trim,
  type ParsedCommand,
} from './log-command.ts';
import { SecretMasker } from './secret-masker.ts';

export type AnnotationKind = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly kind: AnnotationKind;
  /** Not masked: the runner masks the message only. `''` without one. */
  readonly title: string;
  /** Masked, and cut off at 4,096 characters. */
  readonly message: string;
}

// Both limits are those of actions/runner, ExecutionContext.cs.
const maxAnnotationsPerKind = 10;
const maxMessageLength = 4096;

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
 * Makes the log of a step out of the lines that it writes: executes commands, masks secrets, collects
 * annotations. After actions/runner, OutputManager.cs and ActionCommandManager.cs; the tags
 * (`##[error]`) are those of the log that GitHub offers for download.
 */
export class StepLog {
  readonly annotations: Annotation[] = [];
  readonly commands: LogCommand[] = [];
  /** What the deprecated `set-output` command set. */
  readonly outputs = new Map<string, string>();
  /** Why commands failed the step. */
  readonly failures: string[] = [];
  readonly #masker = new SecretMasker();
  readonly #debug: boolean;
  #annotationsDropped = 0;
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

  /** How many annotations were over the limit of their kind. */
  get annotationsDropped(): number {
    return this.#annotationsDropped;
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
    const parsed = parseLogCommand(line, (name) => this.#isCommand(name));
    if (parsed === undefined) {
      this.#show(line);
      return;
    }
    const known = this.#isCommand(parsed.name);
    const resumes = this.#stopToken !== undefined && parsed.name === this.#stopToken;
    const stopped = this.#stopToken !== undefined && !resumes;
    this.commands.push({ ...parsed, stream, line, known, stopped });
    if (resumes) {
      this.#stopToken = undefined;
      this.#show(line);
    } else if (known && !stopped) {
      this.#execute(parsed, line);
    } else {
      this.#show(line);
    }
  }

  #isCommand(name: string): boolean {
    return knownCommands.has(name) || name === this.#stopToken;
  }

  #show(text: string): void {
    this.#text += `${this.#masker.mask(text)}\n`;
  }

  #annotate(kind: AnnotationKind, text: string, title = ''): void {
    const message = this.#masker.mask(text).slice(0, maxMessageLength);
    if (this.annotations.filter((other) => other.kind === kind).length < maxAnnotationsPerKind) {
      this.annotations.push({ kind, title, message });
    } else {
      this.#annotationsDropped += 1;
    }
    if (message !== '') this.#show(`##[${kind}]${message}`);
  }

  #execute(command: ParsedCommand, line: string): void {
    const hidesItself = ['add-mask', 'debug', 'error', 'notice', 'warning'].includes(command.name);
    if (this.#echo && !hidesItself) this.#show(line);
    const failure = this.#run(command, line);
    if (failure === undefined) return;
    this.#annotate('error', `Unable to process command '${line}' successfully.`);
    this.#annotate('error', failure);
    this.failures.push(failure);
  }

  /** @returns why the runner cannot execute the command, which fails the step */
  #run(command: ParsedCommand, line: string): string | undefined {
    const { name, text } = command;
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        this.#annotate(name, text, propertyOf(command, 'title'));
        return undefined;
      case 'debug':
        if (this.#debug) this.#show(`##[debug]${text}`);
        return undefined;
      case 'group':
        this.#show(`##[group]${text}`);
        return undefined;
      case 'endgroup':
        this.#show('##[endgroup]');
        return undefined;
      case 'add-mask':
        this.#addMask(text);
        return undefined;
      case 'echo':
        return this.#setEcho(text);
      case 'stop-commands':
        return this.#stopCommands(text, line);
      case 'set-output':
      case 'save-state':
        return this.#setByCommand(name, propertyOf(command, 'name'), text);
      case 'add-path':
      case 'set-env':
        return disabled(name);
      default:
        return `The stand-in does not implement \`${name}\``;
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

  #setEcho(value: string): string | undefined {
    const wanted = trim(value).toLowerCase();
    if (wanted !== 'on' && wanted !== 'off') return `Invalid echo command value: '${value}'.`;
    this.#echo = wanted === 'on';
    return undefined;
  }

  #stopCommands(token: string, line: string): string | undefined {
    const name = token.toLowerCase();
    if (name === '' || name === 'pause-logging' || knownCommands.has(name)) {
      return 'Invalid token for `stop-commands`.';
    }
    this.#stopToken = name;
    if (token.length > 6) this.#masker.add(token);
    this.#show(line);
    return undefined;
  }

  #setByCommand(
    command: 'set-output' | 'save-state',
    name: string,
    value: string,
  ): string | undefined {
    this.#annotate('warning', deprecated(command));
    if (name === '') return `Required field 'name' is missing in ##[${command}] command.`;
    if (command === 'set-output') this.outputs.set(name, value);
    return undefined;
  }
}
