import type { CommandDeclaration, OptionDeclaration } from '../../cli/command-spec.js';
import { completesFiles, firstWords, commandGroups, quoted, shells } from './offered.js';

/** The completion script for bash. */
export function bashScript(commands: readonly CommandDeclaration[]): string {
  const cases = commands.map(command => {
    const flags = optionNames(command).join(' ');
    return `    ${quoted(command.name)}) COMPREPLY=( $(compgen -W ${quoted(flags)} -- "$word") ) ;;`;
  });
  const values = valueOptions(commands).map(
    ([name, option]) => `    --${name}) ${bashValues(option)} return ;;`,
  );
  const groups = [...commandGroups(commands)].map(
    ([group, members]) => `    ${group}) words=${quoted(members.join(' '))} ;;`,
  );
  return `# bash completion for azrbac
_azrbac() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=( $(compgen -W ${quoted([...firstWords(commands), '--help', '--version'].join(' '))} -- "$word") )
    return
  fi
  case "$command" in
${groups.join('\n')}
  esac
  if [ -n "$words" ]; then
    if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=( $(compgen -W "$words" -- "$word") )
      return
    fi
    command="$command \${COMP_WORDS[2]}"
  fi
  case "$previous" in
${values.join('\n')}
  esac
  if [[ "$word" != -* ]]; then
    case "$command" in
${positionalCases(commands)}
    esac
    return
  fi
  case "$command" in
${cases.join('\n')}
  esac
}
complete -o filenames -F _azrbac azrbac
`;
}

function positionalCases(commands: readonly CommandDeclaration[]): string {
  return commands
    .filter(command => command.name === 'completion' || completesFiles(command))
    .map(command => {
      const offer = command.name === 'completion' ? `-W ${quoted(shells.join(' '))}` : '-f';
      return `      ${quoted(command.name)}) COMPREPLY=( $(compgen ${offer} -- "$word") ) ;;`;
    })
    .join('\n');
}

function bashValues({ choices, argument }: OptionDeclaration): string {
  if (choices !== undefined) return `COMPREPLY=( $(compgen -W ${quoted(choices.join(' '))} -- "$word") );`;
  if (argument === 'FILE' || argument === 'PATH') return 'COMPREPLY=( $(compgen -f -- "$word") );';
  if (argument === 'DIR') return 'COMPREPLY=( $(compgen -d -- "$word") );';
  return '';
}

/** Options with a value, each once: the same name offers the same everywhere but for `--format`, which offers all. */
function valueOptions(commands: readonly CommandDeclaration[]): [string, OptionDeclaration][] {
  const byName = new Map<string, OptionDeclaration>();
  for (const command of commands) {
    for (const [name, option] of Object.entries(command.options)) {
      if (option.type === 'string') byName.set(name, withChoicesOf(byName.get(name), option));
    }
  }
  return [...byName];
}

function withChoicesOf(known: OptionDeclaration | undefined, option: OptionDeclaration): OptionDeclaration {
  if (known?.choices === undefined || option.choices === undefined) return known ?? option;
  return { ...known, choices: [...new Set([...known.choices, ...option.choices])] };
}

function optionNames(command: CommandDeclaration): string[] {
  return Object.keys(command.options).map(name => `--${name}`);
}
