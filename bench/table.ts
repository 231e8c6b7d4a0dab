/** A small table for people: a heading, and columns as wide as they need to be. */
export function table(
  heading: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const text = lines.map((line) =>
    line
      // Words to the left, numbers to the right.
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [heading, ...text.map((line) => `  ${line}`), ''].join('\n');
}

/** `12.3 ms` */
export function inMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

/** `1.25 s` */
export function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** `1.08 ×` */
export function ratio(one: number, other: number): string {
  return `${(one / other).toFixed(2)} ×`;
}

/** The one in the middle. @throws Error where there is none */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}
