import type { ExitCode } from './exit-codes.js';
import type { Io } from './io.js';

/** What the command line may say to a command: the one source of parsing, help and shell completion. */
export interface CommandDeclaration<Options extends OptionTable = OptionTable> {
  /** One word, or two for `catalog info` and its like. */
  readonly name: string;
  /** What it does, as the end of "azrbac <name> …". One sentence without a full stop. */
  readonly summary: string;
  readonly positionals: readonly PositionalDeclaration[];
  readonly options: Options;
  /** Command lines that work, each with what it is good for. */
  readonly examples: readonly (readonly [commandLine: string, purpose: string])[];
}

export interface PositionalDeclaration {
  /** As help shows it, such as `PATTERN`. */
  readonly name: string;
  readonly describe: string;
  readonly required: boolean;
  readonly repeatable: boolean;
  /** What a shell may offer: file names, or nothing. */
  readonly completes?: 'files';
}

export interface OptionDeclaration {
  readonly type: 'string' | 'boolean';
  readonly describe: string;
  readonly short?: string;
  /** May be given several times; every value counts. Of other options the last one does. */
  readonly multiple?: true;
  readonly required?: true;
  readonly choices?: readonly string[];
  /** A value may name a file behind it: `CHOICE=FILE`. */
  readonly withFile?: true;
  /** To give it twice is a mistake: the first would be dropped in silence. */
  readonly once?: true;
  /** What is written for the value in help, such as `FILE`. */
  readonly argument?: string;
}

export type OptionTable = Readonly<Record<string, OptionDeclaration>>;

/** The values of a command line, typed by the table that they were parsed with. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: ValueOf<Options[Name]>;
};

/** A command line that was understood. */
export interface CommandLine<Options extends OptionTable = OptionTable> {
  readonly positionals: readonly string[];
  readonly options: OptionValues<Options>;
}

/** The code of a command. */
export interface CommandCode<Options extends OptionTable = OptionTable> {
  /** `commands` are all that there are: `azrbac completion` writes them down. */
  run(commandLine: CommandLine<Options>, io: Io, commands: readonly CommandDeclaration[]): Promise<ExitCode>;
}

type ValueOf<Option extends OptionDeclaration> = Option extends { readonly type: 'boolean' }
  ? boolean
  : Option extends { readonly withFile: true }
    ? readonly string[]
    : Option extends { readonly multiple: true }
      ? readonly ChoiceOf<Option>[]
      : Option extends { readonly required: true }
        ? ChoiceOf<Option>
        : ChoiceOf<Option> | undefined;

type ChoiceOf<Option extends OptionDeclaration> = Option extends {
  readonly choices: readonly (infer Choice)[];
}
  ? Choice
  : string;

/** Gives a declaration its exact type. */
export function declareCommand<const Options extends OptionTable>(
  declaration: CommandDeclaration<Options>,
): CommandDeclaration<Options> {
  return declaration;
}
