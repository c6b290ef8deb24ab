import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import { join } from 'node:path';
import { packageFolder } from '../../package/package-folder.js';
import { nearestWord } from '../../did-you-mean.js';
import { UserError } from '../../errors.js';
import { type DocumentedRule, type Rule, ruleCategories } from '../../lint/engine/rule.js';
import { compileRules } from '../../lint/engine/rules.js';
import { fitted } from '../../text/break-long.js';
import { visible } from '../../text/escape.js';
import { hanging } from '../../text/wrap.js';
import { formatNotice } from '../../text/notice.js';
import { helpUriOf } from '../../reporters/rule-page.js';
import type { rulesDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { withOwnRules } from '../../workspace/load-rules.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';
import { exampleLines } from './rule-example.js';

/** `azrbac rules` */
export async function run(
  { positionals, options }: CommandLine<typeof rulesDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const shipped = compileRules(join(packageFolder(), 'rules'));
  const { ruleSet, notices } = await withOwnRules(shipped, await openWorkspace(options, io));
  const rules: readonly ListedRule[] = ruleSet.rules;
  const [id] = positionals;
  const report =
    id === undefined
      ? listReport(rules, options.format)
      : ruleReport(findRule(id, rules), options, io.columns);
  writeReport(report, options, io);
  printNotices(notices.map(formatNotice), options, io);
  return exitSuccess;
}

type Options = CommandLine<typeof rulesDeclaration.options>['options'];

/** A rule of the user's may have no examples, and no limits. */
type ListedRule = Rule & Partial<Pick<DocumentedRule, 'examples' | 'limits'>>;

function findRule(id: string, rules: readonly ListedRule[]): ListedRule {
  const rule = rules.find(candidate => candidate.id === id);
  if (rule !== undefined) return rule;
  const nearest = nearestWord(
    id,
    rules.map(candidate => candidate.id),
  );
  throw new UserError(`There is no rule "${id}".`, {
    hint: nearest === undefined ? 'All rules: azrbac rules' : `Did you mean "${nearest}"?`,
  });
}

function listReport(rules: readonly ListedRule[], format: 'text' | 'json' | undefined): string {
  if (format === 'json') return toJson({ version: 1, rules: rules.map(toSummary) });
  const width = Math.max(...rules.map(({ id }) => id.length));
  const sections = ruleCategories.map(category => {
    const members = rules.filter(rule => rule.category === category);
    const lines = members.map(
      ({ id, severity, title }) => `  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${visible(title)}\n`,
    );
    return members.length === 0 ? '' : `${category}\n${lines.join('')}\n`;
  });
  return `${sections.join('')}${rules.length} rules. For one in full: azrbac rules RULE\n`;
}

function toSummary(rule: ListedRule) {
  const { id, title, category, severity, since } = rule;
  return { id, title, category, severity, since, helpUri: helpUriOf(rule) };
}

function ruleReport(rule: ListedRule, { format }: Pick<Options, 'format'>, columns = 80): string {
  if (format === 'json') return toJson({ version: 1, rule: { ...rule, helpUri: helpUriOf(rule) } });
  const variants = Object.entries(rule.variants ?? {}).map(
    ([name, { severity, message }]) => `${name} (${severity ?? rule.severity}): ${message ?? rule.message}`,
  );
  const labelled = (label: string, text: string): string[] =>
    hanging(label.padEnd(labelWidth), labelWidth, visible(text), columns);
  return [
    `${rule.id} (${rule.severity}, ${rule.category}, since ${rule.since})`,
    ...fitted(visible(`${rule.title}.`), columns),
    '',
    ...labelled('message', rule.message),
    ...variants.flatMap((text, i) => labelled(i === 0 ? 'variants' : '', text)),
    ...labelled('why', rule.why),
    ...labelled('fix', rule.fix),
    ...(rule.limits === undefined ? [] : labelled('limits', rule.limits)),
    ...rule.references.flatMap(uri => labelled('see', uri)),
    ...labelled('page', helpUriOf(rule)),
    ...(rule.examples ?? []).flatMap(exampleLines).map(visible),
    '',
  ].join('\n');
}

const labelWidth = 'variants '.length;
