import * as core from '@actions/core';
import { rawApiKey } from './inputs.ts';
import { main } from './main.ts';
import type { StopReason } from './removal/outcome.ts';
import { maskApiKey } from './report/log.ts';
import { NOTES } from './report/messages.ts';
import { internalErrorMessage, refuseOldNode } from './report/refused-step.ts';
import { isSupportedNode } from './runner.ts';

/** ms that what is left of connections may take to end by itself. */
const MAX_ENDING_MS = 1000;

// Success is earned: whatever ends the process early leaves a failed step.
process.exitCode = 1;
// Warnings for the developers of libraries are nothing that a user of the action could act on.
process.noDeprecation = true;

maskApiKey(rawApiKey());
if (isSupportedNode(process.versions.node)) void runStep();
else refuseOldNode(process.versions.node);

/** Runs the step, and sees to it that it ends by itself, and that nothing ends it silently. */
async function runStep(): Promise<void> {
  const cancelling = new AbortController();
  const step = { hasEnded: false, isBroken: false };
  const breakOff = (reason: StopReason): void => {
    step.isBroken = true;
    // The last line of the log can fail when the step is over.
    process.exitCode = 1;
    cancelling.abort(reason);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => cancelling.abort('cancelled'));
  }
  // Where nobody reads the log any more, the runner is gone: nothing more is removed unseen. As an
  // uncaught error it would be logged, which fails, and so come again, for ever.
  process.stdout.on('error', () => breakOff('log-closed'));
  process.on('uncaughtException', (error) => {
    breakOff('internal-error');
    const { title, text } = internalErrorMessage(error);
    core.error(text, { title });
  });
  process.on('exit', () => {
    if (step.hasEnded) return;
    process.exitCode = 1;
    core.error(NOTES.endedEarly.text, { title: NOTES.endedEarly.title });
  });

  const isDone = await main(cancelling.signal);
  step.hasEnded = true;
  if (isDone && !step.isBroken) process.exitCode = 0;
  // Nothing may hold up a step that is over: looking up a name, for one, cannot be ended. But
  // `process.exit` would cut off what is still on its way into a full pipe.
  setTimeout(() => process.stdout.write('', () => process.exit()), MAX_ENDING_MS).unref();
}
