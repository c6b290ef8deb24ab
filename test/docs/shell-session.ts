import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs the `$ …` lines of a console block in one bash, in a copy of the samples, with the built azrbac on the path.
 * Gives the block back as a terminal would show it. `> …` continues a command that ends in a backslash.
 */
export function runSession(block: string, folder: string): string {
  const commands = commandsOf(block);
  const workspace = makeWorkspace();
  try {
    const script = commands
      .map(command => `${command}\nstatus=$?; echo '${marker}'; (exit $status)`)
      .join('\n');
    const { stdout, status } = spawnSync('bash', ['--norc', '-c', `exec 2>&1\n${script}`], {
      cwd: join(workspace, folder),
      encoding: 'utf8',
      env: {
        HOME: workspace,
        // Each session has a folder of its own; what was compiled is the same for all.
        XDG_CACHE_HOME: join(projectFolder, 'node_modules/.cache'),
        LC_ALL: 'C.UTF-8',
        PATH: [join(workspace, '.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      },
    });
    const outputs = stdout.split(`${marker}\n`);
    if (outputs.length !== commands.length + 1) throw new Error(`bash stopped early (${status}):\n${stdout}`);
    return commands.map((command, i) => `$ ${command.replaceAll('\n', '\n> ')}\n${outputs[i]}`).join('');
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

const marker = '--- end of command ---';

function commandsOf(block: string): string[] {
  const commands: string[] = [];
  let continues = false;
  for (const line of block.split('\n')) {
    if (line.startsWith('$ ')) commands.push(line.slice(2));
    else if (continues && line.startsWith('> ')) commands.push(`${commands.pop()}\n${line.slice(2)}`);
    else continue;
    continues = line.endsWith('\\');
  }
  return commands;
}

/** A folder with docs/ in it as the project has it, with `azrbac` as a command and as a package. */
function makeWorkspace(): string {
  const workspace = mkdtempSync(join(tmpdir(), 'azrbac-docs-'));
  for (const samples of sampleFolders)
    cpSync(join(projectFolder, samples), join(workspace, samples), { recursive: true });
  mkdirSync(join(workspace, '.bin'));
  symlinkSync(join(projectFolder, 'dist/bin/azrbac.cjs'), join(workspace, '.bin/azrbac'));
  mkdirSync(join(workspace, 'node_modules'));
  symlinkSync(projectFolder, join(workspace, 'node_modules/azrbac'));
  return workspace;
}

const sampleFolders = [
  'access',
  'audit',
  'azure-ml',
  'examples',
  'fixing',
  'library',
  'own-rules',
  'paths',
  'scenarios',
  'suppressing',
  'tenant',
].map(name => `docs/${name}`);
