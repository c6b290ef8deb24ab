import { readFileSync } from 'node:fs';
import { UserError } from '../../errors.js';
import type { GroupOperation, OperationGroup } from '../checks/operation-group.js';
import type { DocumentedRule, Rule } from './rule.js';
import type { Profile, RuleSet } from './rules.js';

/**
 * The one file that a run reads of `rules/`. What only a finding needs is a string of JSON inside of it, parsed when it is asked
 * for: most runs find nothing, and parsing all took a tenth of them.
 */
interface RuleFile {
  readonly rules: readonly StoredRule[];
  readonly groups: readonly StoredGroup[];
  readonly profiles: readonly Profile[];
}

type Prose = Pick<Rule, 'title' | 'message' | 'headline' | 'detail' | 'why' | 'fix' | 'references'>;

type StoredRule = Omit<Rule, keyof Prose> & {
  /** {@link Prose} */
  readonly prose: string;
};

interface StoredGroup extends Pick<OperationGroup, 'name' | 'title'> {
  readonly operations: readonly string[];
  /** Which of the operations are on the data plane, by place. */
  readonly data: readonly number[];
  /** A list with the reason of each. */
  readonly reasons: string;
}

/** The text of a rule set. Rules are written without what only explains and tests them. */
export function encodeRuleSet({ rules, groups, profiles }: RuleSet<DocumentedRule>): string {
  const file: RuleFile = { rules: rules.map(toStoredRule), groups: groups.map(toStoredGroup), profiles };
  return `${JSON.stringify(file)}\n`;
}

/**
 * Reads what {@link encodeRuleSet} wrote.
 * @throws UserError where the file is missing or damaged.
 */
export function loadRuleSet(file: string): RuleSet {
  try {
    const { rules, groups, profiles } = JSON.parse(readFileSync(file, 'utf8')) as RuleFile;
    if (Array.isArray(rules) && Array.isArray(groups) && Array.isArray(profiles))
      return { rules: rules.map(toRule), groups: groups.map(toGroup), profiles };
  } catch (cause) {
    throw damaged(file, cause);
  }
  throw damaged(file, undefined);
}

function toStoredRule({
  title,
  message,
  headline,
  detail,
  why,
  fix,
  references,
  examples: _,
  limits: __,
  ...rest
}: DocumentedRule): StoredRule {
  const prose = { title, message, headline, detail, why, fix, references } satisfies Prose;
  return { ...rest, prose: JSON.stringify(prose) };
}

function toRule({ prose, ...rest }: StoredRule): Rule {
  let parsed: Prose | undefined;
  const read = (): Prose => (parsed ??= JSON.parse(prose) as Prose);
  return {
    ...rest,
    get title() {
      return read().title;
    },
    get message() {
      return read().message;
    },
    get headline() {
      return read().headline;
    },
    get detail() {
      return read().detail;
    },
    get why() {
      return read().why;
    },
    get fix() {
      return read().fix;
    },
    get references() {
      return read().references;
    },
  };
}

function toStoredGroup({ name, title, operations }: OperationGroup): StoredGroup {
  return {
    name,
    title,
    operations: operations.map(({ operation }) => operation),
    data: operations.flatMap(({ plane }, i) => (plane === 'data' ? [i] : [])),
    reasons: JSON.stringify(operations.map(({ reason }) => reason)),
  };
}

function toGroup({ name, title, operations, data, reasons }: StoredGroup): OperationGroup {
  let parsed: readonly string[] | undefined;
  const read = (): readonly string[] => (parsed ??= JSON.parse(reasons) as string[]);
  const isData = new Set(data);
  const located = operations.map(
    (operation, i): GroupOperation => ({
      operation,
      plane: isData.has(i) ? 'data' : 'control',
      get reason() {
        return read()[i]!;
      },
    }),
  );
  return { name, title, operations: located };
}

function damaged(file: string, cause: unknown): UserError {
  const why = cause === undefined ? 'it is not a compiled rule set' : (cause as Error).message;
  return new UserError(`The rules in "${file}" cannot be read: ${why}.`, {
    hint: 'Reinstall azrbac.',
    cause,
  });
}
