import type { Readable } from 'node:stream';
import { LineReader } from './line-reader.ts';
import { StepLog, type StepLogOptions } from './step-log.ts';

/** The streams of a step's process. */
export interface StepStreams {
  readonly stdout: Readable;
  readonly stderr: Readable;
}

interface Waiter {
  readonly pattern: RegExp;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** What a process writes while it is under way, raw and as the log that the runner makes of it. */
export class StepOutput {
  readonly log: StepLog;
  readonly #stdout: LineReader;
  readonly #stderr: LineReader;
  #waiters: readonly Waiter[] = [];
  #ended = false;

  constructor({ stdout, stderr }: StepStreams, options: StepLogOptions) {
    this.log = new StepLog(options);
    this.#stdout = this.#follow(stdout, 'stdout');
    this.#stderr = this.#follow(stderr, 'stderr');
  }

  get stdout(): string {
    return this.#stdout.text;
  }

  get stderr(): string {
    return this.#stderr.text;
  }

  /** Settles when the log, as a user sees it, matches; rejects when it ends without that. */
  async waitForLog(pattern: RegExp): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiters = [...this.#waiters, { pattern, resolve, reject }];
    this.#updateWaiters();
    await promise;
  }

  /** To be called when both streams have ended. */
  end(): void {
    this.#stdout.end();
    this.#stderr.end();
    this.#ended = true;
    this.#updateWaiters();
  }

  #follow(stream: Readable, name: 'stdout' | 'stderr'): LineReader {
    const reader = new LineReader((line) => {
      this.log.receive(line, name);
    });
    stream.on('data', (bytes: Buffer) => {
      reader.read(bytes);
      this.#updateWaiters();
    });
    return reader;
  }

  #updateWaiters(): void {
    const { text } = this.log;
    this.#waiters = this.#waiters.filter(({ pattern, resolve, reject }) => {
      // `search`, unlike `test`, takes no notice of where a global pattern matched last.
      const matches = text.search(pattern) !== -1;
      if (matches) resolve();
      else if (this.#ended) {
        reject(new Error(`The step ended, and its log never matched ${pattern}:\n${text}`));
      }
      return !matches && !this.#ended;
    });
  }
}
