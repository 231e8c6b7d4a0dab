import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { LineReader } from './line-reader.ts';
import { LogWatch } from './log-watch.ts';
import { StepLog, type StepLogOptions } from './step-log.ts';

export type StepProcess = ChildProcessByStdio<null, Readable, Readable>;

/** What a process writes while it is under way, raw and as the log that the runner makes of it. */
export class StepOutput {
  readonly log: StepLog;
  readonly #stdout: LineReader;
  readonly #stderr: LineReader;
  readonly #watch: LogWatch;

  constructor(child: StepProcess, options: StepLogOptions) {
    this.log = new StepLog(options);
    this.#watch = new LogWatch(() => this.log.text);
    this.#stdout = this.#follow(child.stdout, 'stdout');
    this.#stderr = this.#follow(child.stderr, 'stderr');
  }

  get stdout(): string {
    return this.#stdout.text;
  }

  get stderr(): string {
    return this.#stderr.text;
  }

  /** Settles when the log, as a user sees it, matches; rejects when it ends without that. */
  async waitForLog(pattern: RegExp): Promise<void> {
    await this.#watch.until(pattern);
  }

  /** To be called when both streams have ended. */
  end(): void {
    this.#stdout.end();
    this.#stderr.end();
    this.#watch.end();
  }

  #follow(stream: Readable, name: 'stdout' | 'stderr'): LineReader {
    const reader = new LineReader((line) => {
      this.log.receive(line, name);
    });
    stream.on('data', (bytes: Buffer) => {
      reader.read(bytes);
      this.#watch.update();
    });
    return reader;
  }
}
