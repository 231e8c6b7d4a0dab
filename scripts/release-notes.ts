import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(resolve(root, name), 'utf8');

/** Where a version is written down. */
export interface WrittenVersions {
  /** The text of package.json. */
  readonly packageJson: string;
  /** The text of src/monocloud/users-api.ts, whose `VERSION` the action sends. */
  readonly usersApi: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/**
 * The notes of one release, from the changelog.
 *
 * @param tag as in `v1.2.3`
 * @throws where the tag, package.json, users-api.ts and the changelog do not agree
 */
export function releaseNotes(tag: string, written: WrittenVersions): string {
  const version = /^v(?<version>\d+\.\d+\.\d+)$/u.exec(tag)?.groups?.['version'];
  if (version === undefined) throw new Error(`\`${tag}\` is not a version tag such as v1.2.3.`);
  const manifest: unknown = JSON.parse(written.packageJson);
  const packaged = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  if (!packaged || manifest.version !== version) {
    throw new Error(`package.json does not have version ${version}.`);
  }
  if (!written.usersApi.includes(`VERSION = '${version}';`)) {
    throw new Error(`src/monocloud/users-api.ts does not have ${version}.`);
  }
  const notes = sectionOf(written.changelog, version);
  if (notes === '') throw new Error(`CHANGELOG.md says nothing under "## [${version}] - date".`);
  return notes;
}

function sectionOf(changelog: string, version: string): string {
  const title = new RegExp(`^## \\[${RegExp.escape(version)}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'mu');
  const [, after = ''] = changelog.split(title);
  const [section = ''] = after.split(/^## /mu);
  return section.trim();
}

if (import.meta.main) {
  const written = {
    packageJson: read('package.json'),
    // Not imported: the job that releases installs no package.
    usersApi: read('src/monocloud/users-api.ts'),
    changelog: read('CHANGELOG.md'),
  };
  console.log(releaseNotes(process.argv[2] ?? '', written));
}
