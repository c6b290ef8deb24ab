import { UserError } from '../errors.js';
import type { CommandDeclaration, OptionDeclaration } from './command-spec.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** `AZRBAC_FAIL_ON` for `--fail-on`. */
export function variableOf(option: string): string {
  return `AZRBAC_${option.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * What the environment says of a command's options, as arguments; not of those that the command line names.
 * @throws UserError for a value that is neither yes nor no.
 */
export function argumentsOfEnvironment(
  { options }: Pick<CommandDeclaration, 'options'>,
  named: ReadonlySet<string>,
  env: Environment,
): string[] {
  if (!Object.keys(env).some(name => name.startsWith('AZRBAC_'))) return [];
  return Object.entries(options).flatMap(([name, option]) => {
    const value = name === 'help' || named.has(name) ? undefined : env[variableOf(name)];
    return value === undefined || value === '' ? [] : argumentsOf(name, option, value);
  });
}

function argumentsOf(name: string, { type, multiple }: OptionDeclaration, value: string): string[] {
  if (type === 'string')
    return (multiple ? value.split(',') : [value]).map(each => `--${name}=${each.trim()}`);
  if (/^(?:1|true|yes)$/i.test(value)) return [`--${name}`];
  if (/^(?:0|false|no)$/i.test(value)) return [];
  throw new UserError(`${variableOf(name)} must be "true" or "false", not "${value}".`);
}
