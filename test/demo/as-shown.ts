/** Characters of one output; the profile would fill the screen. */
const LONGEST_VALUE = 160;

/** The log's lines as the page of a run shows them, without the tags of the downloaded log. */
export function logAsShown(log: string): string[] {
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

/** One line an output; a long one is cut. */
export function outputsAsShown(outputs: Readonly<Record<string, string>>): string[] {
  return Object.entries(outputs).map(([name, value]) => {
    if (value === '') return `${name}: (empty)`;
    const rest = value.length - LONGEST_VALUE;
    return rest > 0
      ? `${name}: ${value.slice(0, LONGEST_VALUE)}… (${rest} characters more)`
      : `${name}: ${value}`;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** The summary's HTML as plain text: a row of a table is a line. */
export function summaryAsShown(summary: string): string[] {
  return summary
    .replaceAll('</tr>', '\n')
    .replaceAll(/<\/t[hd]><t[hd]>/gu, ' │ ')
    .replaceAll(/<[^>]+>/gu, '')
    .replaceAll(/&(?:lt|gt|quot|#39|amp);/gu, (entity) => ENTITIES[entity] ?? entity)
    .split('\n')
    .filter((line) => line.trim() !== '');
}
