import type { CommandDeclaration } from '../../cli/command-spec.js';

/** Shells that there is a script for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** The words that a command line may begin with. */
export function firstWords(commands: readonly CommandDeclaration[]): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ', 1)[0]!))];
}

/** What a first word does: the command's summary, or the members of a group. */
export function summaryOf(word: string, commands: readonly CommandDeclaration[]): string {
  const command = commands.find(({ name }) => name === word);
  return command?.summary ?? `${commandGroups(commands).get(word)!.join(', ')}`;
}

/** The second words of commands such as `catalog info`, by the first. */
export function commandGroups(commands: readonly CommandDeclaration[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name } of commands) {
    const [group = '', member] = name.split(' ');
    if (member !== undefined) groups.set(group, [...(groups.get(group) ?? []), member]);
  }
  return groups;
}

/** Whether a command takes names of files. */
export function completesFiles(command: CommandDeclaration): boolean {
  return command.positionals.some(({ completes }) => completes === 'files');
}

/** In the single quotes of bash and zsh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
