import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { actionRoot } from '../runner/action-definition.ts';

// The rest is what actionlint and zizmor find in the ci workflow.

const folder = join(actionRoot, '.github', 'workflows');
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}));

/** The jobs of a workflow, by name. */
function jobsOf(text: string): ReadonlyMap<string, YAMLMap> {
  const jobs = parseDocument(text).get('jobs');
  const pairs = isMap(jobs) ? jobs.items : [];
  return new Map(
    pairs.flatMap(({ key, value }) => (isMap(value) ? [[String(key), value] as const] : [])),
  );
}

describe.each(workflows)('$name', ({ text }) => {
  it('has a time limit for each job that can have one', () => {
    const jobs = [...jobsOf(text)].filter(([, job]) => !job.has('uses'));
    const unlimited = jobs.filter(([, job]) => !job.has('timeout-minutes'));
    expect(unlimited.map(([name]) => name)).toEqual([]);
  });

  it('pins what it uses to a commit, and says which version that is', () => {
    const used = Array.from(text.matchAll(/^[\s-]*uses: (?<what>.*)$/gmu), ({ groups }) =>
      String(groups?.['what']),
    );
    const loose = used.filter(
      (what) => !/^(?:\.\/\S*|[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+)$/u.test(what),
    );
    expect(used).not.toEqual([]);
    expect(loose).toEqual([]);
  });
});

it('ci waits for every job before it says that everything is well', () => {
  const jobs = jobsOf(readFileSync(join(folder, 'ci.yml'), 'utf8'));
  const needs = jobs.get('gate')?.get('needs');
  expect([...(isSeq(needs) ? needs.items : []).map(String), 'gate']).toEqual([...jobs.keys()]);
});
