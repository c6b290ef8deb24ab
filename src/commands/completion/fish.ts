import type { CommandDeclaration, OptionDeclaration } from '../../cli/command-spec.js';
import { completesFiles, firstWords, commandGroups, shells, summaryOf } from './offered.js';

/** The completion script for fish. */
export function fishScript(commands: readonly CommandDeclaration[]): string {
  const lines = firstWords(commands).map(
    word =>
      `complete -c azrbac -f -n __fish_use_subcommand -a ${word} -d ${fishQuoted(summaryOf(word, commands))}`,
  );
  for (const [group, members] of commandGroups(commands)) {
    const isOpen = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${members.join(' ')}`;
    lines.push(`complete -c azrbac -f -n ${fishQuoted(isOpen)} -a ${fishQuoted(members.join(' '))}`);
  }
  for (const command of commands) {
    const seen = command.name
      .split(' ')
      .map(word => `__fish_seen_subcommand_from ${word}`)
      .join('; and ');
    for (const [name, option] of Object.entries(command.options)) lines.push(fishOption(seen, name, option));
    if (command.name === 'completion') {
      lines.push(`complete -c azrbac -f -n ${fishQuoted(seen)} -a ${fishQuoted(shells.join(' '))}`);
    } else if (!completesFiles(command)) {
      lines.push(`complete -c azrbac -f -n ${fishQuoted(seen)}`);
    }
  }
  return `# fish completion for azrbac\n${lines.join('\n')}\n`;
}

function fishOption(seen: string, name: string, option: OptionDeclaration): string {
  const base = `complete -c azrbac -n ${fishQuoted(seen)} -l ${name}${option.short ? ` -s ${option.short}` : ''}`;
  const values = option.choices
    ? ` -x -a ${fishQuoted(option.choices.join(' '))}`
    : option.type === 'boolean'
      ? ''
      : ' -r';
  const files = ['FILE', 'PATH', 'DIR'].includes(option.argument ?? '') ? ' -F' : '';
  return `${base}${values}${files} -d ${fishQuoted(option.describe)}`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
