import { styleText } from 'node:util';
import { startEmulator } from '../emulator/emulator.ts';
import type { Fault } from '../emulator/faults.ts';
import { runAction, type StepResult } from '../test/runner/run-action.ts';

/** Characters of one output; a whole profile would fill the screen. */
const LONGEST_VALUE = 160;

interface Scene {
  readonly title: string;
  readonly userId: string;
  readonly fault?: Fault;
  readonly conclusion: StepResult['conclusion'];
}

/** What a workflow could meet, and how its step should end. */
const SCENES: readonly Scene[] = [
  {
    title: 'A user has a username. It is removed, and the step succeeds.',
    userId: 'user-with-username',
    conclusion: 'success',
  },
  {
    title: 'A user has none. MonoCloud answers with an error, and the step fails.',
    userId: 'user-without-username',
    conclusion: 'failure',
  },
  {
    title: 'The answer is lost on the way. The action reads the user to find out what happened.',
    userId: 'another-user-with-username',
    fault: { kind: 'drop', apply: true },
    conclusion: 'success',
  },
];

const emulator = await startEmulator();
let asExpected = true;
try {
  console.log(`This runs the action on your machine, as a GitHub runner would, against an emulator of
MonoCloud at ${emulator.origin}. No account is needed, and nothing leaves this machine.`);
  for (const [index, { title, userId, fault, conclusion }] of SCENES.entries()) {
    if (fault !== undefined) emulator.misbehave(fault);
    const inputs = { domain: emulator.origin, 'user-id': userId };
    const result = await runAction({ inputs: { ...inputs, 'api-key': emulator.apiKey } });
    asExpected &&= result.conclusion === conclusion;
    console.log(`\n${styleText('bold', `━━ ${index + 1} of ${SCENES.length}: ${title}`)}`);
    const sections = [
      section('Inputs of the step', nameAndValue({ ...inputs, 'api-key': '***' })),
      section('Its log', logAsShown(result.log)),
      section('Its outputs', nameAndValue(result.outputs)),
      section('The summary of the job', summaryAsShown(result.summary)),
      section('How the step ended', [`${result.conclusion} (exit code ${result.exitCode})`]),
    ];
    // The folder itself is gone when somebody reads this.
    console.log(sections.join('\n').replaceAll(result.temp, '$RUNNER_TEMP'));
    result.dispose();
  }
  console.log(`
To try it yourself: \`npm run emulator\` leaves the emulator running, and emulator/README.md shows a
workflow that uses it.`);
} finally {
  await emulator.close();
}
if (!asExpected) {
  console.error('A step did not end as it should have.');
  process.exitCode = 1;
}

function section(heading: string, lines: readonly string[]): string {
  return [styleText('cyan', heading), ...lines.map((line) => `  ${line}`)].join('\n');
}

/** One line each; a long value is cut. */
function nameAndValue(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => {
    if (value === '') return `${name}: (empty)`;
    const rest = value.length - LONGEST_VALUE;
    return rest > 0
      ? `${name}: ${value.slice(0, LONGEST_VALUE)}… (${rest} more characters)`
      : `${name}: ${value}`;
  });
}

/** The log's lines as the page of a run shows them, without the tags of the downloaded log. */
function logAsShown(log: string): string[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.replace(
        /^##\[(?<kind>error|warning|notice)\]/u,
        (_, kind: string) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: `,
      ),
    );
}

/** The summary's HTML as plain text: a row of a table is a line. */
function summaryAsShown(summary: string): string[] {
  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  };
  return summary
    .replaceAll('</tr>', '\n')
    .replaceAll(/<\/t[hd]><t[hd]>/gu, ' │ ')
    .replaceAll(/<[^>]+>/gu, '')
    .replaceAll(/&(?:lt|gt|quot|#39|amp);/gu, (entity) => entities[entity] ?? entity)
    .split('\n')
    .filter((line) => line.trim() !== '');
}
