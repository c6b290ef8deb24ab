import { UserError } from '../../errors.js';
import { didYouMean } from '../../did-you-mean.js';
import { declarations } from '../index.js';
import type { completionDeclaration } from './options.js';
import type { CommandDeclaration, CommandLine, OptionDeclaration } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { writeReport } from '../../cli/output.js';

/** `azrbac completion` */
export async function run(
  { positionals, options }: CommandLine<typeof completionDeclaration.options>,
  io: Io,
): Promise<number> {
  const [shell = ''] = positionals;
  const script = Object.hasOwn(scripts, shell) ? scripts[shell as Shell] : undefined;
  if (script === undefined) {
    throw new UserError(`There is no completion for the shell "${shell}".`, {
      hint: didYouMean(shell, Object.keys(scripts)),
    });
  }
  writeReport(script(), options, io);
  return 0;
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

type Shell = keyof typeof scripts;

function bashScript(): string {
  const cases = declarations.map(command => {
    const flags = optionNames(command).join(' ');
    return `    ${quoted(command.name)}) COMPREPLY=( $(compgen -W ${quoted(flags)} -- "$word") ) ;;`;
  });
  const values = valueOptions().map(([name, option]) => `    --${name}) ${bashValues(option)} return ;;`);
  const groups = [...groupMembers()].map(
    ([group, members]) => `    ${group}) words=${quoted(members.join(' '))} ;;`,
  );
  return `# bash completion for azrbac
_azrbac() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=( $(compgen -W ${quoted([...firstWords(), '--help', '--version'].join(' '))} -- "$word") )
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
${positionalCases()}
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

function positionalCases(): string {
  return declarations
    .filter(command => command.name === 'completion' || completesFiles(command))
    .map(command => {
      const offer = command.name === 'completion' ? `-W ${quoted(Object.keys(scripts).join(' '))}` : '-f';
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

function zshScript(): string {
  const commands = firstWords().map(word => `    ${quoted(`${word}:${summaryOf(word)}`)}`);
  const cases = declarations.map(command => {
    const specs = Object.entries(command.options).map(
      ([name, option]) => `      ${quoted(zshOption(name, option))}`,
    );
    const files = completesFiles(command) ? [`      '*:file:_files'`] : [];
    const shells =
      command.name === 'completion' ? [`      ${quoted(`1:shell:(${Object.keys(scripts).join(' ')})`)}`] : [];
    return `    ${quoted(command.name)}) _arguments -s \\\n${[...specs, ...files, ...shells].join(' \\\n')} ;;`;
  });
  const groups = [...groupMembers()].map(
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
${commands.join('\n')}
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

function fishScript(): string {
  const lines = firstWords().map(
    word => `complete -c azrbac -f -n __fish_use_subcommand -a ${word} -d ${fishQuoted(summaryOf(word))}`,
  );
  for (const [group, members] of groupMembers()) {
    const isOpen = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${members.join(' ')}`;
    lines.push(`complete -c azrbac -f -n ${fishQuoted(isOpen)} -a ${fishQuoted(members.join(' '))}`);
  }
  for (const command of declarations) {
    const seen = command.name
      .split(' ')
      .map(word => `__fish_seen_subcommand_from ${word}`)
      .join('; and ');
    for (const [name, option] of Object.entries(command.options)) lines.push(fishOption(seen, name, option));
    if (command.name === 'completion') {
      lines.push(
        `complete -c azrbac -f -n ${fishQuoted(seen)} -a ${fishQuoted(Object.keys(scripts).join(' '))}`,
      );
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

function firstWords(): string[] {
  return [...new Set(declarations.map(({ name }) => name.split(' ', 1)[0]!))];
}

function summaryOf(word: string): string {
  const command = declarations.find(({ name }) => name === word);
  return command?.summary ?? `${groupMembers().get(word)!.join(', ')}`;
}

/** The second words of commands such as `catalog info`, by the first. */
function groupMembers(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name } of declarations) {
    const [group = '', member] = name.split(' ');
    if (member !== undefined) groups.set(group, [...(groups.get(group) ?? []), member]);
  }
  return groups;
}

function completesFiles(command: CommandDeclaration): boolean {
  return command.positionals.some(({ completes }) => completes === 'files');
}

/** Options with a value, each once: the same name offers the same everywhere but for `--format`, which offers all. */
function valueOptions(): [string, OptionDeclaration][] {
  const byName = new Map<string, OptionDeclaration>();
  for (const command of declarations as readonly CommandDeclaration[]) {
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

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
