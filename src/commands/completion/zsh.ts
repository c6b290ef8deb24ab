import type { CommandDeclaration, OptionDeclaration } from '../../cli/command-spec.js';
import { completesFiles, firstWords, commandGroups, quoted, shells, summaryOf } from './offered.js';

/** The completion script for zsh. */
export function zshScript(commands: readonly CommandDeclaration[]): string {
  const described = firstWords(commands).map(word => `    ${quoted(`${word}:${summaryOf(word, commands)}`)}`);
  const cases = commands.map(command => {
    const specs = Object.entries(command.options).map(
      ([name, option]) => `      ${quoted(zshOption(name, option))}`,
    );
    const files = completesFiles(command) ? [`      '*:file:_files'`] : [];
    const offered = command.name === 'completion' ? [`      ${quoted(`1:shell:(${shells.join(' ')})`)}`] : [];
    return `    ${quoted(command.name)}) _arguments -s \\\n${[...specs, ...files, ...offered].join(' \\\n')} ;;`;
  });
  const groups = [...commandGroups(commands)].map(
    ([group, members]) =>
      `    ${group})\n      if (( CURRENT == 3 )); then compadd ${members.join(' ')}; return; fi\n` +
      `      command="$command $words[3]"; (( skip = 2 )) ;;`,
  );
  return `#compdef azrbac
# zsh completion for azrbac
_azrbac() {
  local -a commands
  local command="$words[2]" skip=1
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$command" in
${groups.join('\n')}
  esac
  shift $skip words
  (( CURRENT -= skip ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _azrbac ]; then _azrbac "$@"; else compdef _azrbac azrbac; fi
`;
}

function zshOption(name: string, option: OptionDeclaration): string {
  const text = option.describe.replace(/[\\[\]:]/g, '\\$&');
  const repeat = option.multiple ? '*' : '';
  if (option.type === 'boolean') return `${repeat}--${name}[${text}]`;
  const offers = option.choices ? `(${option.choices.join(' ')})` : fileOffer(option.argument);
  return `${repeat}--${name}=[${text}]:${option.argument ?? 'value'}:${offers}`;
}

function fileOffer(argument: string | undefined): string {
  if (argument === 'FILE' || argument === 'PATH') return '_files';
  return argument === 'DIR' ? '_files -/' : '';
}
