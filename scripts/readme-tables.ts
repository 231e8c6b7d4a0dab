import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readActionDefinition } from '../test/runner/action-definition.ts';

/** The tables of README.md, by the name in the comments that mark their place. */
export function readmeTables(): Readonly<Record<'inputs' | 'outputs', string>> {
  const { inputs, outputs } = readActionDefinition();
  return {
    inputs: table(
      ['Input', 'Default', 'Meaning'],
      Object.entries(inputs).map(([name, { required, default: standard, description }]) => [
        `\`${name}\``,
        required ? '**required**' : standard === undefined ? '' : `\`${standard}\``,
        description,
      ]),
    ),
    outputs: table(
      ['Output', 'Meaning'],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  };
}

/** @returns the text with each marked place filled with the table of that name, and formatted */
export async function withTables(readme: string): Promise<string> {
  const filled = Object.entries(readmeTables()).reduce(
    (text, [name, rows]) =>
      text.replace(
        new RegExp(`(<!-- ${name}: made from action.yml -->\n)[^]*?(<!-- /${name} -->)`, 'u'),
        (_, start: string, end: string) => `${start}\n${rows}\n\n${end}`,
      ),
    readme,
  );
  const options = await resolveConfig(fileURLToPath(new URL('../README.md', import.meta.url)));
  return format(filled, { ...options, parser: 'markdown' });
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const dashes = header.map(() => '---');
  return [header, dashes, ...rows].map((cells) => line(cells)).join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
