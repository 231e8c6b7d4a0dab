import { describe, expect, it, onTestFinished } from 'vitest';
import { fixtureScript } from './fixture-script.ts';
import { type Exceptions, findLeaks } from './leaks.ts';
import { runAction } from './run-action.ts';

const secrets = {
  apiKey: 'k3y:with/"?>signs"&100%+more',
  personalData: ['Zoë "Z" Łęcka', 'zoe@acme.test'],
};

async function leaksOf(source: string, except: Exceptions = {}): Promise<string[]> {
  const script = `
    const key = ${JSON.stringify(secrets.apiKey)};
    const [name, mail] = ${JSON.stringify(secrets.personalData)};
    const output = (text) => appendFileSync(env.GITHUB_OUTPUT, text + '\\n');
    ${source}
  `;
  const result = await runAction({
    inputs: { 'api-key': secrets.apiKey },
    bundle: fixtureScript(script),
    files: { 'ids.txt': secrets.personalData.join('\n') },
  });
  onTestFinished(result.dispose);
  return findLeaks(result, secrets, except);
}

it('finds nothing in a step that keeps its secrets', async () => {
  const leaks = await leaksOf(`
    console.log('::add-mask::' + key.replaceAll('%', '%25'));
    console.log('all is well');
    output('profile=' + JSON.stringify({ name, mail }));
    appendFileSync('ids.txt', '');
    writeFileSync('report.jsonl', '{}');
  `);

  expect(leaks).toEqual([]);
});

describe('the places where a key is found', () => {
  it.each([
    ['stdout', 'console.log(key)', 'stdout'],
    ['stderr', 'console.error(key)', 'stderr'],
    ['a command', `console.log('::error::' + key)`, 'error'],
    ['an output', `output('problem=' + key)`, 'the output `problem`'],
    ['the output `profile`', `output('profile=' + key)`, 'the output `profile`'],
    ['a malformed output file', `output(key)`, 'the output file'],
    ['the summary', 'writeFileSync(env.GITHUB_STEP_SUMMARY, key)', 'the summary'],
    ['a file', `writeFileSync('report.jsonl', key)`, 'the file report.jsonl'],
    ['a file in temp', `writeFileSync(join(env.RUNNER_TEMP, 'a'), key)`, 'the file a'],
    ['a given file', `writeFileSync('ids.txt', key)`, 'the file ids.txt'],
    ['the environment file', 'appendFileSync(env.GITHUB_ENV, key)', 'set_env'],
    ['the name of a file', `writeFileSync(encodeURIComponent(key), '')`, 'the name of a file'],
  ])('%s', async (_, source, place) => {
    const leaks = await leaksOf(source);

    expect(leaks).toContainEqual(expect.stringContaining('The API key'));
    expect(leaks).toContainEqual(expect.stringContaining(place));
  });

  it('even when commands escape it and the log masks it', async () => {
    const leaks = await leaksOf(`
      console.log('::add-mask::' + key.replaceAll('%', '%25'));
      console.log('::error::' + key.replaceAll('%', '%25'));
      console.log('::warning title=' + key.replaceAll('%', '%25').replaceAll(':', '%3A') + '::x');
    `);

    expect(leaks).toEqual([
      expect.stringContaining('in stdout, URL-encoded'),
      expect.stringContaining('in the command `error`, plain'),
      expect.stringContaining('in the command `warning`, plain'),
    ]);
  });
});

describe('the forms in which a key is found', () => {
  it.each([
    ['plain', 'key'],
    ['JSON-escaped', 'JSON.stringify(key)'],
    ['JSON-escaped twice', 'JSON.stringify(JSON.stringify(key))'],
    ['URL-encoded', 'encodeURIComponent(key)'],
    ['URL-encoded', 'encodeURIComponent(key).toLowerCase()'],
    ['HTML-escaped', `key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')`],
    ['HTML-escaped', `key.replaceAll('&', '&#38;').replaceAll('"', '&#x22;')`],
    ['JSON-escaped', String.raw`key.replaceAll('/', '\\/').replaceAll('"', '\\u0022')`],
    ['base64 at byte 0', `Buffer.from(key).toString('base64')`],
    ['base64 at byte 0', `Buffer.from(key + ':').toString('base64')`],
    ['base64 at byte 1', `Buffer.from('u' + key).toString('base64').replace(/=+$/, '')`],
    ['base64 at byte 2', `Buffer.from('user:' + key + 'x').toString('base64')`],
    ['URL-safe base64 at byte 0', `Buffer.from(key).toString('base64url')`],
    ['URL-safe base64 at byte 1', `Buffer.from('u' + key).toString('base64url')`],
  ])('%s: %s', async (form, expression) => {
    const leaks = await leaksOf(`console.log('<' + ${expression} + '>')`);

    expect(leaks).toContainEqual(expect.stringContaining(`in stdout, ${form}`));
  });
});

describe('personal data', () => {
  it.each([
    ['the log', 'console.log(name)', 'in stdout, plain'],
    ['a mask', `console.log('::add-mask::' + mail)`, 'in an `add-mask` of stdout'],
    ['another output', `output('problem=' + JSON.stringify({ name }))`, 'JSON-escaped'],
    ['the report', `writeFileSync('report.jsonl', encodeURIComponent(name))`, 'URL-encoded'],
    ['the summary', 'writeFileSync(env.GITHUB_STEP_SUMMARY, mail)', 'in the summary, plain'],
  ])('is found in %s', async (_, source, place) => {
    const leaks = await leaksOf(source);

    expect(leaks).toContainEqual(expect.stringMatching(/^Personal data/u));
    expect(leaks).toContainEqual(expect.stringContaining(place));
  });

  it('may be where a test says, and the key may not', async () => {
    const leaks = await leaksOf(
      `output('results=' + name + key); writeFileSync('profiles.jsonl', mail + key);`,
      { outputs: ['results'], files: ['profiles.jsonl'] },
    );

    expect(leaks).toEqual([
      expect.stringContaining('The API key'),
      expect.stringContaining('The API key'),
    ]);
  });

  it('is refused where it is too short to be searched for', async () => {
    const result = await runAction({ inputs: {}, bundle: fixtureScript('') });
    onTestFinished(result.dispose);

    expect(() => findLeaks(result, { apiKey: 'abc', personalData: [] })).toThrow('too short');
  });
});
