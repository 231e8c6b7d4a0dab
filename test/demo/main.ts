import { styleText } from 'node:util';
import { startEmulator } from '../../emulator/emulator.ts';
import { runAction } from '../runner/run-action.ts';
import { logAsShown, outputsAsShown, summaryAsShown } from './as-shown.ts';

/** What a workflow would write, and how its step should end. */
const STEPS = [
  {
    title: 'A user with a username',
    inputs: { 'user-id': 'user-with-username' },
    conclusion: 'success',
  },
  {
    title: 'A user without one: the API refuses, and the step fails with its problem details',
    inputs: { 'user-id': 'user-without-username' },
    conclusion: 'failure',
  },
] as const;

const emulator = await startEmulator();
let asExpected = true;
try {
  console.log(`A MonoCloud of our own is at ${emulator.origin}; no account is needed.`);
  for (const { title, inputs, conclusion } of STEPS) {
    const result = await runAction({
      inputs: { domain: emulator.origin, 'api-key': emulator.apiKey, ...inputs },
    });
    asExpected &&= result.conclusion === conclusion;
    console.log(`\n${styleText('bold', `━━ ${title}`)}`);
    console.log(section('with', { domain: emulator.origin, 'api-key': '***', ...inputs }));
    console.log(section('log', logAsShown(result.log)));
    console.log(section('outputs', outputsAsShown(result.outputs)));
    console.log(section('summary', summaryAsShown(result.summary)));
    console.log(section('step', [`${result.conclusion} (exit code ${result.exitCode})`]));
    result.dispose();
  }
} finally {
  await emulator.close();
}
if (!asExpected) process.exitCode = 1;

function section(title: string, content: Readonly<Record<string, string>> | readonly string[]) {
  const lines = Array.isArray(content)
    ? content
    : Object.entries(content).map(([name, value]) => `${name}: ${value}`);
  return [styleText('cyan', title), ...lines.map((line) => `  ${line}`)].join('\n');
}
