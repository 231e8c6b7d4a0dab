import { randomBytes } from 'node:crypto';
import * as core from '@actions/core';
import { SERVE, serve, startServer, stopServer } from './background.ts';
import type { Started } from './background.ts';
import {
  ValidationError,
  parseFaultOrders,
  parseUsers,
  parseWholeNumber,
  readFrom,
} from './validation.ts';

// Whatever ends the step early leaves a failed step.
process.exitCode = 1;

if (process.argv[2] === SERVE) serve();
else void (core.getState('started') === '' ? main() : post());

/** Starts the emulator in the background. It outlives the step, and not the job. */
async function main(): Promise<void> {
  try {
    // Before anything else that can fail: it tells the end of the job from its start.
    core.saveState('started', 'true');
    const apiKey = randomBytes(24).toString('hex');
    core.setSecret(apiKey);
    await startServer({ apiKey, ...readInputs() }, (started) => {
      publish(started, apiKey);
    });
    process.exitCode = 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ValidationError) core.error(message, { title: 'Invalid input' });
    else {
      const title = 'Emulator not started';
      core.error(`The emulator could not be started: ${message}.`, { title });
    }
  }
}

/** Says what the emulator was asked, and ends it. */
async function post(): Promise<void> {
  process.exitCode = 0;
  const origin = core.getState('origin');
  if (origin === '') {
    core.info('The emulator was not started.');
    return;
  }
  try {
    const { requests, throttled, users, deletedUsers } = await stopServer(origin);
    const asked = Object.entries(requests).map(([method, count]) => `${count} ${method}`);
    core.info(`Requests to the emulator: ${asked.join(', ') || 'none'}.`);
    if (throttled > 0) core.info(`Requests past its limits: ${throttled}.`);
    const { withUsername, withoutUsername } = users;
    core.info(`Its users: ${withUsername} with a username, ${withoutUsername} without.`);
    if (deletedUsers.length > 0) {
      const title = 'Users deleted';
      core.warning(`DELETE /api/users/{id} was asked for: ${deletedUsers.join(', ')}.`, { title });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const title = 'Emulator ended early';
    core.warning(`The emulator at ${origin} does not answer any more (${reason}).`, { title });
  }
}

interface Inputs {
  users: string;
  settings: string;
  faults: string;
}

/** The inputs, checked here, so that no process is started for bad ones. */
function readInputs(): Inputs {
  const users = core.getInput('users');
  readFrom('Input `users`', () => parseUsers(users));
  const faults = core.getInput('faults') || '[]';
  readFrom('Input `faults`', () => parseFaultOrders(faults));
  const rateLimit = core.getInput('rate-limit');
  const settings = {
    latency: parseWholeNumber('Input `latency`', core.getInput('latency') || '0', 0, 600_000),
    ...(rateLimit !== '' && {
      rateLimit: {
        perSecond: parseWholeNumber('Input `rate-limit`', rateLimit, 1, 1_000_000),
        retryAfter: 1,
      },
    }),
  };
  return { users, settings: JSON.stringify(settings), faults };
}

function publish({ origin, userCount, userIds }: Started, apiKey: string): void {
  core.saveState('origin', origin);
  core.setOutput('domain', origin);
  core.setOutput('api-key', apiKey);
  core.setOutput('user-ids', userIds ?? '');
  core.info(`An emulator of MonoCloud answers at ${origin} until the job ends.`);
  core.info(`It has ${userCount} ${userCount === 1 ? 'user' : 'users'}.`);
  if (userIds === null) {
    const title = 'Output left empty';
    core.notice('The output `user-ids` is empty: it would be over 100 KiB.', { title });
  }
}
