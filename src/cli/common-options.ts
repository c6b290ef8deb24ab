import type { OptionDeclaration, OptionTable } from './command-spec.js';

// Options that several commands have.

export function formatOption<const Formats extends readonly string[]>(choices: Formats) {
  return {
    type: 'string',
    short: 'f',
    once: true,
    choices,
    argument: 'FORMAT',
    describe: `How to write the report: ${choices.join(', ')}`,
  } as const satisfies OptionDeclaration;
}

/** The option of commands that write several reports in one run. */
export function formatsOption<const Formats extends readonly string[]>(choices: Formats) {
  return {
    type: 'string',
    short: 'f',
    multiple: true,
    withFile: true,
    choices,
    argument: 'FORMAT[=FILE]',
    describe: `How to write the report, and where to: ${choices.join(', ')}. May be repeated`,
  } as const satisfies OptionDeclaration;
}

/** What every command understands. */
export const commonOptions = {
  output: {
    type: 'string',
    short: 'o',
    once: true,
    argument: 'FILE',
    describe: 'Write the report to FILE instead of standard output',
  },
  config: { type: 'string', short: 'c', argument: 'FILE', describe: 'Read the configuration from FILE' },
  'no-config': { type: 'boolean', describe: 'Read no configuration' },
  quiet: { type: 'boolean', short: 'q', describe: 'Keep notices and summaries off standard error' },
  color: {
    type: 'string',
    choices: ['auto', 'always', 'never'],
    argument: 'WHEN',
    describe: 'Colour the text report: auto (default; NO_COLOR and FORCE_COLOR are respected), always, never',
  },
  'as-of': { type: 'string', argument: 'DATE', describe: 'Take DATE (YYYY-MM-DD) for today' },
  help: { type: 'boolean', short: 'h', describe: 'Show this help' },
} as const;

/** Options of the commands that ask what somebody may do in a tenant. */
export const accessOptions = {
  action: {
    type: 'string',
    short: 'a',
    required: true,
    argument: 'OPERATION',
    describe: 'One operation, such as Microsoft.Compute/virtualMachines/read',
  },
  scope: {
    type: 'string',
    short: 's',
    required: true,
    argument: 'SCOPE',
    describe: 'Where: a resource, resource group, subscription or management group',
  },
  plane: {
    type: 'string',
    choices: ['control', 'data'],
    argument: 'PLANE',
    describe: 'Where the operation is on both planes, or its plane is not known: control (default) or data',
  },
  attribute: {
    type: 'string',
    multiple: true,
    argument: '@SOURCE[NAME]=VALUE',
    describe: 'What conditions may take as known, such as the role in a request to assign one',
  },
} as const satisfies OptionTable;

export const snapshotOption = {
  type: 'string',
  required: true,
  argument: 'PATH',
  describe:
    'What was collected: a snapshot file, or a folder of exports of the Azure CLI, PowerShell or the portal',
} as const satisfies OptionDeclaration;

/** Options of commands that read a snapshot: what to make of exports, which do not say what they leave out. */
export const exportOptions = {
  'assume-complete': {
    type: 'boolean',
    describe: 'Take exports of role assignments for complete, whatever they show',
  },
  'strict-exports': {
    type: 'boolean',
    describe: 'Take "not granted" for unknown where exports of role assignments may be partial',
  },
} as const satisfies OptionTable;

/** Options of commands that apply rules. */
export const ruleOptions = {
  'fail-on': {
    type: 'string',
    choices: ['critical', 'high', 'medium', 'low', 'info', 'never'],
    argument: 'SEVERITY',
    describe: 'Exit with 1 from this severity on (default: medium), or never',
  },
  profile: {
    type: 'string',
    choices: ['recommended', 'strict'],
    argument: 'NAME',
    describe: 'Rules and severities to start from: recommended (default) or strict',
  },
  rule: {
    type: 'string',
    multiple: true,
    argument: 'ID=SEVERITY',
    describe: 'Set the severity of a rule, or turn it off: ID=off. Several: ID=low,ml-*=off',
  },
} as const satisfies OptionTable;

/** Options of commands that report findings as text. */
export const reportOptions = {
  sort: {
    type: 'string',
    choices: ['severity', 'position'],
    argument: 'ORDER',
    describe: 'Order within a file: severity (default, worst first) or position',
  },
  verbose: { type: 'boolean', describe: 'Also say why each finding matters, and show all its evidence' },
  'min-severity': {
    type: 'string',
    choices: ['critical', 'high', 'medium', 'low', 'info'],
    argument: 'SEVERITY',
    describe: 'Show only findings of this severity or worse; the others still count for the exit code',
  },
  'exit-zero': {
    type: 'boolean',
    describe: 'Exit with 0 whatever is found; 2 still means that the run failed',
  },
  'no-summary': { type: 'boolean', describe: 'Leave the closing lines out of the text report' },
} as const satisfies OptionTable;

/** Options of commands that lint files which somebody else may have written. */
export const trustOptions = {
  'no-inline-suppressions': {
    type: 'boolean',
    describe: 'Report what comments in role files suppress, too',
  },
  'never-suppress': {
    type: 'string',
    multiple: true,
    argument: 'RULE',
    describe: 'Accept no finding of RULE, whatever suppresses it. Several: RULE,ml-*',
  },
  'max-suppression-days': {
    type: 'string',
    argument: 'DAYS',
    describe: 'Ignore suppressions that last longer than DAYS from today, or have no end',
  },
  'no-ignore': {
    type: 'boolean',
    describe: 'Read what Git ignores or the configuration leaves out in folders, too',
  },
} as const satisfies OptionTable;

/** Options of commands whose findings may be accepted. */
export const baselineOptions = {
  baseline: { type: 'string', argument: 'FILE', describe: 'Accept the findings that FILE lists' },
  'no-baseline': { type: 'boolean', describe: 'Accept no finding for the baseline of the configuration' },
  'update-baseline': { type: 'boolean', describe: 'Write the findings of this run to the baseline file' },
} as const satisfies OptionTable;
