import { parseArgs } from 'node:util';
import { didYouMean } from '../did-you-mean.js';
import { UserError } from '../errors.js';
import { argumentsOfEnvironment } from './option-environment.js';
import type { CommandDeclaration, CommandLine, OptionDeclaration, OptionTable } from './command-spec.js';

/**
 * Reads the arguments behind a command's name, and what the environment says of options that they do not name.
 * @throws UserError for an option, value or number of arguments that the command does not take.
 */
export function parseCommandLine<Options extends OptionTable>(
  command: CommandDeclaration<Options>,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): CommandLine<Options> {
  const given = tokensOf(command, args);
  const named = new Set(given.flatMap(token => (token.kind === 'option' ? [token.name] : [])));
  const tokens = [...tokensOf(command, argumentsOfEnvironment(command, named, env)), ...given];
  const positionals: string[] = [];
  const values = defaultValues(command.options);
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') readOption(command, token, values);
  }
  // As everywhere, "-" is standard output, where reports go without the option.
  if (values.get('output') === '-') values.set('output', undefined);
  checkPositionals(command, positionals);
  checkRequired(command, values);
  return { positionals, options: Object.fromEntries(values) as CommandLine<Options>['options'] };
}

function tokensOf(command: CommandDeclaration, args: readonly string[]) {
  const { tokens } = parseArgs({
    args: [...args],
    options: parserOptions(command.options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return tokens;
}

/** Whether `--help` is among the arguments. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some(arg => arg === '--help' || arg === '-h');
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

type Values = Map<string, string | boolean | string[] | undefined>;

function parserOptions(table: OptionTable): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  return Object.fromEntries(
    Object.entries(table).map(([name, { type, short }]) => [
      name,
      short === undefined ? { type } : { type, short },
    ]),
  );
}

function defaultValues(table: OptionTable): Values {
  return new Map(
    Object.entries(table).map(([name, { type, multiple }]) => [
      name,
      multiple ? [] : type === 'boolean' ? false : undefined,
    ]),
  );
}

function readOption(command: CommandDeclaration, token: OptionToken, values: Values): void {
  const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
  if (option === undefined) {
    throw usageError(
      command,
      `"${token.rawName}" is not an option of azrbac ${command.name}.`,
      hintForOption(command, token),
    );
  }
  if (option.type === 'boolean') {
    if (token.value !== undefined) throw usageError(command, `"${token.rawName}" takes no value.`);
    values.set(token.name, true);
    return;
  }
  const value = requireValue(command, option, token);
  const earlier = values.get(token.name);
  if (option.once && earlier !== undefined && earlier !== value)
    throw usageError(command, `"${token.rawName}" was given twice: "${earlier as string}" and "${value}".`);
  if (Array.isArray(earlier)) earlier.push(value);
  else values.set(token.name, value);
}

function requireValue(command: CommandDeclaration, option: OptionDeclaration, token: OptionToken): string {
  const { value, rawName } = token;
  // The parser takes the next argument for the value, whatever it looks like.
  const isNextOption = token.inlineValue === false && value !== '-' && value?.startsWith('-');
  if (value === undefined || value === '' || isNextOption) {
    throw usageError(
      command,
      `"${rawName}" needs a value${option.argument ? `: ${rawName} ${option.argument}` : ''}.`,
    );
  }
  const word = option.withFile ? value.split('=', 1)[0]! : value;
  if (option.choices !== undefined && !option.choices.includes(word)) {
    throw usageError(command, `"${rawName}" cannot be "${word}".`, didYouMean(word, option.choices));
  }
  if (word !== value && value.endsWith('='))
    throw usageError(command, `"${rawName} ${value}" names no file.`);
  return value;
}

function hintForOption(command: CommandDeclaration, token: OptionToken): string {
  const names = Object.keys(command.options).map(name => `--${name}`);
  return didYouMean(`--${token.name}`, names);
}

function checkPositionals(command: CommandDeclaration, given: readonly string[]): void {
  const required = command.positionals.filter(positional => positional.required);
  const missing = required[given.length];
  if (missing !== undefined) {
    throw usageError(command, `azrbac ${command.name} needs ${missing.name}: ${missing.describe}.`);
  }
  if (given.length > command.positionals.length && !command.positionals.at(-1)?.repeatable) {
    throw usageError(
      command,
      `azrbac ${command.name} does not know what to do with "${given[command.positionals.length]}".`,
    );
  }
}

function checkRequired(command: CommandDeclaration, values: Values): void {
  for (const [name, { required, argument }] of Object.entries(command.options)) {
    if (required && values.get(name) === undefined) {
      throw usageError(command, `azrbac ${command.name} needs --${name} ${argument}.`);
    }
  }
}

function usageError(command: CommandDeclaration, message: string, hint?: string): UserError {
  const seeHelp = `See: azrbac ${command.name} --help`;
  return new UserError(message, { hint: hint === undefined ? seeHelp : `${hint} ${seeHelp}` });
}
