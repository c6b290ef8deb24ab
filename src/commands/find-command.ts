import { didYouMean, nearestWord } from '../did-you-mean.js';
import { UserError } from '../errors.js';
import { type Command, commands } from './index.js';

/** What the first words of a command line name. */
export type FoundCommand =
  | { readonly kind: 'command'; readonly command: Command; readonly rest: readonly string[] }
  /** Help on everything, or on a group such as `catalog`. */
  | { readonly kind: 'help'; readonly group: string | undefined };

/**
 * Finds the command that the arguments name. Options may stand before its name.
 * @throws UserError where there is no such command.
 */
export function findCommand(args: readonly string[]): FoundCommand {
  const at = args.findIndex(arg => !arg.startsWith('-'));
  const word = args[at];
  if (word === undefined || word === 'help')
    return word === 'help' ? helpOn(args.slice(at + 1)) : withoutCommand(args);
  const group = commands.filter(({ name }) => name.startsWith(`${word} `));
  if (group.length > 0) return inGroup(word, group, args, at);
  const command = commands.find(({ name }) => name === word);
  if (command === undefined) throw unknownCommand(word);
  return { kind: 'command', command, rest: [...args.slice(0, at), ...args.slice(at + 1)] };
}

/** The words that may stand first. */
export function commandWords(): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ', 1)[0]!))];
}

function inGroup(word: string, group: readonly Command[], args: readonly string[], at: number): FoundCommand {
  const members = group.map(({ name }) => name.slice(word.length + 1));
  const member = args[at + 1];
  if (member === '--help' || member === '-h') return { kind: 'help', group: word };
  const command = group[members.indexOf(member ?? '')];
  if (command !== undefined)
    return { kind: 'command', command, rest: [...args.slice(0, at), ...args.slice(at + 2)] };
  if (member === undefined) throw new UserError(`azrbac ${word} needs one of: ${members.join(', ')}.`);
  throw new UserError(`"${member}" is not an azrbac command ${word}.`, { hint: didYouMean(member, members) });
}

function helpOn(words: readonly string[]): FoundCommand {
  if (words[0] === undefined) return { kind: 'help', group: undefined };
  return findCommand([...words, '--help']);
}

function withoutCommand(args: readonly string[]): FoundCommand {
  const stranger = args.find(arg => arg !== '--help' && arg !== '-h');
  if (stranger !== undefined)
    throw new UserError(`"${stranger}" is not an option of azrbac without a command.`, {
      hint: stranger === '-v' ? 'For the version: azrbac --version' : seeHelp,
    });
  return { kind: 'help', group: undefined };
}

function unknownCommand(word: string): UserError {
  const nearest = nearestWord(word, commandWords());
  return new UserError(`"${word}" is not an azrbac command.`, {
    hint: nearest === undefined ? seeHelp : `Did you mean "azrbac ${nearest}"? ${seeHelp}`,
  });
}

const seeHelp = 'See: azrbac --help';
