import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readActionDefinition } from '../test/runner/action-definition.ts';

/** The READMEs that have tables: that of each action, by the folder of its `action.yml`. */
export const FOLDERS = ['.', 'emulator'] as const;

type Folder = (typeof FOLDERS)[number];

/** The tables of a README, by the name in the comments that mark their place. */
function readmeTables(folder: Folder): Readonly<Record<'inputs' | 'outputs', string>> {
  const { inputs, outputs } = readActionDefinition(folder);
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
export async function withTables(readme: string, folder: Folder): Promise<string> {
  const filled = Object.entries(readmeTables(folder)).reduce(
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
