/** From worst to mildest. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof severities)[number];

/** Whether it is as severe as the other one, or worse. */
export function isAtLeast(severity: Severity, other: Severity | 'never'): boolean {
  return other !== 'never' && severities.indexOf(severity) <= severities.indexOf(other);
}

export const ruleCategories = [
  'document',
  'action-strings',
  'planes',
  'breadth',
  'sensitive-operations',
  'privilege-escalation',
  'assignable-scopes',
  'azure-ml',
  'assignments',
  'conditions',
  'pim',
  'deny-assignments',
  'suppressions',
] as const;

/** Categories whose rules look at a snapshot, and at nothing else. */
export const tenantCategories: ReadonlySet<RuleCategory> = new Set([
  'assignments',
  'pim',
  'deny-assignments',
]);

export type RuleCategory = (typeof ruleCategories)[number];

/** A rule: data that says what is bad and how to say it, naming the check that finds it. `rules/<id>.json`. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly category: RuleCategory;
  readonly severity: Severity;
  /** Name of an entry of `src/lint/checks/index.ts`. */
  readonly check: string;
  readonly options?: object;
  /** With `{name}` for values of the match's evidence, and `{role}` for the role's name. */
  readonly message: string;
  /** The fault of one finding in at most 80 characters, without the role; the title where it is missing. */
  readonly headline?: string | undefined;
  /** What a report for people says below the headline, without the role; the message where it is missing. */
  readonly detail?: string | undefined;
  /** Other wordings and severities, by the variant that a match names. */
  readonly variants?: Readonly<Record<string, RuleVariant>>;
  /** What goes wrong if nothing is done. */
  readonly why: string;
  readonly fix: string;
  readonly references: readonly string[];
  /** The version of azrbac that brought it; `own` for a rule that a user wrote. */
  readonly since: string;
  /** Ids of rules whose findings on the same role say nothing new when this one fires: they become its `related`. */
  readonly implies?: readonly string[];
  /** Rules of `implies` that every role breaks which breaks this rule: they become `related` even where they are worse. Of ours only. */
  readonly entails?: readonly string[];
  /** Whether it speaks of what Azure asks of custom roles only, such as their identity: built-in roles are never held to it. */
  readonly customRolesOnly?: true;
  /** In a file that is a template, what it finds is no fault yet: one notice for the file takes its place. */
  readonly inTemplates?: 'notice';
}

/** A weaker or stronger form of what a rule finds; what is missing is as the rule has it. */
export interface RuleVariant {
  readonly severity?: Severity;
  readonly message?: string;
  readonly headline?: string;
  readonly detail?: string;
}

/** Whether a user wrote it. */
export function isOwn({ since }: Pick<Rule, 'since'>): boolean {
  return since === 'own';
}

/** A rule with what explains and tests it, as `rules/<id>.json` holds it. A lint run needs no examples. */
export interface DocumentedRule extends Rule {
  /** How a finding may be wrong although the rule works, and what to look at then. Every rule of ours has it. */
  readonly limits?: string | undefined;
  readonly examples: readonly RuleExample[];
}

/** An executable example: the rule's test and its documentation. */
export interface RuleExample {
  readonly title: string;
  /** The document's value, or its text where the value cannot show it; `file` where the name matters. */
  readonly document?: unknown;
  readonly text?: string;
  readonly file?: string;
  /** What was collected of a tenant: collections of a snapshot, those that are missing being empty. */
  readonly snapshot?: Readonly<Record<string, readonly object[]>>;
  /** An expectations file for that snapshot, as a value. */
  readonly expectations?: object;
  /** Other files of the run: name to value. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** The configuration under which it runs, as in `azrbac.config.json`; it stands in a file of that name beside it. */
  readonly config?: object;
  /** In place of the rule's options, where those would take too large an example. */
  readonly options?: object;
  /** Pointers of this rule's findings, in order; with a variant where it has one. Empty: the example is clean.
   *  A pointer into another file starts with its name and `#`. */
  readonly matches: readonly { readonly pointer: string; readonly variant?: string }[];
}
