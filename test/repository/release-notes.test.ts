import { describe, expect, it } from 'vitest';
import { releaseNotes, type WrittenVersions } from '../../scripts/release-notes.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.3] - 2026-12-01

### Fixed

- A thing.

## [1.2.30] - 2026-11-23

- Another.
`;

const agreeing: WrittenVersions = {
  packageJson: '{"version": "1.2.3"}',
  usersApi: "export const VERSION = '1.2.3';",
  changelog: CHANGELOG,
};

describe('the notes of a release', () => {
  it('are what the changelog says of that version, and of no other', () => {
    expect(releaseNotes('v1.2.3', agreeing)).toBe('### Fixed\n\n- A thing.');
  });

  it.each(['1.2.3', 'v1.2', 'v1.2.3-rc.1', 'v1.2.3\n', ''])('refuse the tag %j', (tag) => {
    expect(() => releaseNotes(tag, agreeing)).toThrow('is not a version tag');
  });

  it.each([
    [{ packageJson: '{"version": "1.2.4"}' }, 'package.json does not have version 1.2.3.'],
    [{ packageJson: '{}' }, 'package.json does not have version 1.2.3.'],
    [
      { usersApi: "export const VERSION = '1.2.30';" },
      'src/monocloud/users-api.ts does not have 1.2.3.',
    ],
    [{ changelog: '' }, 'CHANGELOG.md says nothing under "## [1.2.3] - date".'],
    [
      { changelog: '## [1.2.3] - 2026-12-01\n\n## [1.2.2] - 2026-11-23\n\n- Old.\n' },
      'CHANGELOG.md says nothing under "## [1.2.3] - date".',
    ],
    [
      { changelog: CHANGELOG.replace('2026-12-01', 'soon') },
      'CHANGELOG.md says nothing under "## [1.2.3] - date".',
    ],
  ])('refuse versions that do not agree: %j', (change, message) => {
    expect(() => releaseNotes('v1.2.3', { ...agreeing, ...change })).toThrow(message);
  });
});
