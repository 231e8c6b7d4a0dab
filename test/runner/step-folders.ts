import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The files through which a step hands something to the runner, absolute paths. */
export interface CommandFiles {
  readonly output: string;
  readonly summary: string;
  readonly state: string;
  readonly env: string;
  readonly path: string;
}

/** What the runner lays out for a step; every path is absolute. */
export interface StepFolders {
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  readonly commandFiles: CommandFiles;
  /** The files in workspace and temp that were not there before the step, or not with this content. */
  readonly written: () => readonly string[];
  readonly dispose: () => void;
}

// The folder and the prefixes are those of actions/runner, FileCommandManager.cs.
function createCommandFiles(temp: string): CommandFiles {
  const folder = join(temp, '_runner_file_commands');
  mkdirSync(folder);
  const create = (prefix: string): string => {
    const file = join(folder, `${prefix}_${crypto.randomUUID()}`);
    writeFileSync(file, '');
    return file;
  };
  return {
    output: create('set_output'),
    summary: create('step_summary'),
    state: create('save_state'),
    env: create('set_env'),
    path: create('add_path'),
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Makes the folders of one step below the system's temporary folder.
 * @param files what the workspace holds before the start, by path relative to it.
 */
export function createStepFolders(
  files: Readonly<Record<string, string | Uint8Array>>,
): StepFolders {
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), 'runner-')));
  const folder = (name: string): string => {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const workspace = folder('example/example');
  const temp = folder('_temp');
  const commandFiles = createCommandFiles(temp);

  for (const [path, content] of Object.entries(files)) {
    const file = resolve(workspace, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  const present = (): string[] => [...filesBelow(workspace), ...filesBelow(temp)];
  const before = new Map(present().map((file) => [file, readFileSync(file)]));
  return {
    workspace,
    temp,
    toolCache: folder('_tool'),
    commandFiles,
    written: () =>
      present().filter((file) => before.get(file)?.equals(readFileSync(file)) !== true),
    dispose: () => {
      // Windows may keep a file for a moment after the process that had it open.
      rmSync(root, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
