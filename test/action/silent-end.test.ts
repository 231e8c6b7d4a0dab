import { describe, expect, it } from 'vitest';
import { NOTES } from '../../src/report/messages.ts';
import { expectPlainFailure } from './plain-failure.ts';
import { preload } from './preload.ts';
import { scenario } from './scenario.ts';

/** Runs code as soon as a request was opened. */
function inTheMiddle(code: string): string {
  return `
import { subscribe } from 'node:diagnostics_channel';
subscribe('http.client.request.created', () => setImmediate(() => { ${code} }));
`;
}

const RUNS_DRY = `
import http from 'node:http';
import { EventEmitter } from 'node:events';
http.request = () => Object.assign(new EventEmitter(), { end() {}, destroy() {} });
const { setTimeout } = globalThis;
globalThis.setTimeout = (...given) => setTimeout(...given).unref();
`;

describe('a step that ends before it should', () => {
  it.concurrent.for([
    ['because nothing is left to do', RUNS_DRY, NOTES.endedEarly.text],
    ['with exit code 0', inTheMiddle('process.exit(0);'), NOTES.endedEarly.text],
    ['by an error that nobody caught', inTheMiddle(`throw new Error('of a test');`), /\(Error\)/u],
    [
      'by an error with a code',
      inTheMiddle(`throw Object.assign(new TypeError('of a test'), { code: 'E_TEST' });`),
      /\(TypeError E_TEST\)/u,
    ],
    ['by something thrown that is no error', inTheMiddle(`throw 'of a test';`), /\(string\)/u],
    ['by nothing being thrown', inTheMiddle('throw undefined;'), /\(undefined\)/u],
    [
      'by a promise that nobody awaits',
      inTheMiddle(`Promise.reject(new Error('of a test'));`),
      /\(Error\)/u,
    ],
    [
      'by a command in the code of an error',
      inTheMiddle(`throw Object.assign(new Error(), { code: '\\n::notice::owned' });`),
      /\(Error/u,
    ],
  ] as const)('%s is a failure with an annotation', async ([, source, why], { onTestFinished }) => {
    const { emulator, run } = await scenario({}, onTestFinished);
    emulator.misbehave({ kind: 'late', ms: 100 });
    const nodeArguments = preload(source, onTestFinished);
    const result = await run({ 'user-id': 'user-1', retries: '0' }, { nodeArguments });
    expectPlainFailure(result, why);
    expect(result.conclusion).toBe('failure');
    expect(result.log).not.toContain('of a test');
    expect(result.annotations.filter(({ kind }) => kind === 'notice')).toEqual([]);
  });
});
