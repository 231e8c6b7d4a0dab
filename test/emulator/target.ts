/** What a request target means to the API. */
export type Target =
  | { kind: 'user'; id: string }
  | { kind: 'username'; id: string }
  | { kind: 'malformed' }
  | { kind: 'unknown' };

/**
 * Reads a raw request target as a lenient server behind a lenient proxy would: dot segments climb,
 * also when they are percent-encoded, empty segments and letter case are overlooked, `?` and `#`
 * end the path. Lenient, so that a target which anywhere could mean a whole user is seen as such.
 */
export function readTarget(target: string): Target {
  const [root, users, rawId, last, ...rest] = segmentsOf(target);
  if (!isWord(root, 'api') || !isWord(users, 'users') || rawId === undefined || rest.length > 0) {
    return { kind: 'unknown' };
  }
  if (last !== undefined && !isWord(last, 'username')) return { kind: 'unknown' };

  const id = decode(rawId);
  if (id === undefined) return { kind: 'malformed' };
  return { kind: last === undefined ? 'user' : 'username', id };
}

function segmentsOf(target: string): string[] {
  const [path = ''] = target.replace(/^https?:\/\/[^/]*/iu, '').split(/[?#]/u, 1);
  const segments: string[] = [];
  for (const segment of path.split(/[/\\]/u)) {
    const plain = segment.replaceAll(/%2e/giu, '.');
    if (plain === '..') segments.pop();
    else if (plain !== '.' && plain !== '') segments.push(segment);
  }
  return segments;
}

function isWord(segment: string | undefined, word: string): boolean {
  return segment?.toLowerCase() === word;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
