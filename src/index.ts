import * as core from '@actions/core';
import { main } from './main.ts';
import { unexpected } from './report/refusal.ts';

// Success is earned: whatever ends the process early leaves a failed step.
process.exitCode = 1;
// Warnings for the developers of libraries are nothing that a user of the action could act on.
process.noDeprecation = true;

/** ms that what is left of connections may take to end by itself. */
const LONGEST_ENDING = 1000;

const cancelled = new AbortController();
const step = { ended: false, broken: false };

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => cancelled.abort());
}

// Where nobody reads the log any more, the runner is gone: nothing more is removed unseen. As an
// uncaught error it would be told in the log, and so come again, for ever.
process.stdout.on('error', () => {
  step.broken = true;
  cancelled.abort();
});

process.on('uncaughtException', (error) => {
  step.broken = true;
  const { title, message } = unexpected(error);
  core.error(message, { title });
});

process.on('exit', () => {
  if (step.ended) return;
  process.exitCode = 1;
  core.error(
    'The step ended before it knew what became of its users. The report has those it did.',
    {
      title: 'Ended early',
    },
  );
});

void run();

// No `await` at the top level: the bundle is one CommonJS file, which starts 12 ms sooner.
async function run(): Promise<void> {
  const done = await main(process.env, cancelled.signal);
  step.ended = true;
  if (done && !step.broken) process.exitCode = 0;
  // Nothing may hold up a step that is over: the look-up of a name, for one, cannot be ended. But
  // `process.exit` would cut off what is still on its way into a full pipe.
  setTimeout(() => process.stdout.write('', () => process.exit()), LONGEST_ENDING).unref();
}
