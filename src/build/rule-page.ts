import { escapeJsonText, escapeMarkdown, markdownCode, visible } from '../reporters/escape.js';
import { profileSettings, type RuleSet } from '../lint/rules.js';
import type { OperationGroup } from '../checks/operation-group.js';
import type { Finding } from '../lint/finding.js';
import type { DocumentedRule, RuleExample } from '../lint/rule.js';
import { type ExampleSurroundings, lintExample, pointerInExample } from './lint-example.js';
import { severityOf, variantOf, type RuleSettings } from '../lint/settings.js';
import { categoryTitles } from './rule-categories.js';

/** The page of a rule, in Markdown. */
export function rulePage(rule: DocumentedRule, surroundings: ExampleSurroundings): string {
  const { ruleSet } = surroundings;
  const settings = profileSettings(ruleSet, 'recommended');
  return (
    [
      '<!-- Written by npm run docs from rules/. Do not edit. -->',
      `# ${rule.id}`,
      `${prose(rule.title)}.`,
      facts(rule, ruleSet),
      '## What it says',
      ...wordings(rule, settings),
      '## Why',
      prose(rule.why),
      '## Fix',
      prose(rule.fix),
      ...operationTables(rule, ruleSet),
      '## Examples',
      ...rule.examples.flatMap(example => exampleBlocks(rule, example, surroundings)),
      ...switchOff(rule),
      ...references(rule),
    ].join('\n\n') + '\n'
  );
}

function facts(rule: DocumentedRule, ruleSet: RuleSet): string {
  const strict = severityOf(rule, undefined, profileSettings(ruleSet, 'strict'));
  const recommended = severityOf(rule, undefined, profileSettings(ruleSet, 'recommended'));
  const lines = [
    `- Severity: **${recommended}**${strict === recommended ? '' : `, **${strict}** in the profile \`strict\``}`,
    `- Category: ${categoryTitles[rule.category]}`,
    `- Since: ${rule.since}`,
  ];
  if (rule.customRolesOnly) lines.push('- Built-in roles are never held to it.');
  if (rule.inTemplates) lines.push('- In a template it is a notice, not a finding.');
  if (rule.implies?.length) {
    const taken = rule.implies.map(id => `[${id}](${id}.md)`).join(', ');
    lines.push(`- Takes in, on the same role, the findings of ${taken}`);
  }
  return lines.join('\n');
}

/** The message, and the variants' that have a wording or severity of their own. */
function wordings(rule: DocumentedRule, settings: RuleSettings): string[] {
  const variants = Object.keys(rule.variants ?? {}).flatMap(variant => {
    const severity = severityOf(rule, variant, settings);
    const message = variantOf(rule, variant)?.message;
    return [
      `\`${rule.id}/${variant}\`, **${severity}**${message === undefined ? ', in the same words.' : ':'}`,
      ...textBlock(message),
    ];
  });
  return [...textBlock(rule.message), ...variants];
}

function textBlock(text: string | undefined): string[] {
  return text === undefined ? [] : [fenced('text', text)];
}

function exampleBlocks(
  rule: DocumentedRule,
  example: RuleExample,
  surroundings: ExampleSurroundings,
): string[] {
  const { title, file, config } = example;
  const findings = lintExample(rule, example, surroundings);
  const blocks = [`### ${findings.length === 0 ? 'Clean' : 'Reported'}: ${prose(title)}`];
  if (file !== undefined) blocks.push(`In \`${file}\`:`);
  blocks.push(documentBlock(example));
  for (const [name, value] of Object.entries(example.beside ?? {})) blocks.push(`and in \`${name}\`:`, jsonBlock(value));
  if (config !== undefined) blocks.push('with this `azrbac.config.json`:', jsonBlock(config));
  if (findings.length === 0) return [...blocks, 'azrbac reports nothing of this rule.'];
  return [...blocks, 'azrbac reports:', fenced('text', findings.map(finding => findingLine(finding, example)).join('\n'))];
}

function findingLine(finding: Finding, example: RuleExample): string {
  const place = pointerInExample(finding, example) || '(document)';
  return `${finding.severity}  ${visible(place)}  ${visible(finding.message)}`;
}

function documentBlock({ document, text }: RuleExample): string {
  if (text === undefined) return jsonBlock(document);
  return fenced('jsonc', text.split(/\r?\n/).map(visible).join('\n').trimEnd());
}

/** The operation groups that the rule's options name. */
function operationTables(rule: DocumentedRule, { groups }: RuleSet): string[] {
  const named = new Set(textsIn(rule.options));
  const looked = groups.filter(({ name }) => named.has(name));
  return looked.length === 0 ? [] : ['## What it looks for', ...looked.flatMap(groupBlocks)];
}

function groupBlocks({ name, title, operations }: OperationGroup): string[] {
  const rows = operations.map(({ operation, plane, reason }) => {
    return `| ${markdownCode(operation)} | ${plane} | ${prose(reason)} |`;
  });
  const table = ['| Operation | Plane | Whoever may do this |', '| --- | --- | --- |', ...rows].join('\n');
  const summary = `<code>${name}</code>: ${escapeMarkdown(title)} (${operations.length})`;
  return [`<details><summary>${summary}</summary>`, table, '</details>'];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function switchOff({ id }: DocumentedRule): string[] {
  const rules = { rules: { [id]: 'off' } };
  const suppressions = {
    suppressions: [
      { rule: id, role: 'name or GUID of the role', reason: 'why it is accepted', expires: '2027-12-31' },
    ],
  };
  return [
    '## Switch it off',
    'For everything, in `azrbac.config.json`, or for one run with `--rule ' + id + '=off`:',
    jsonBlock(rules),
    'For one role, with a reason:',
    jsonBlock(suppressions),
    'For one line of a role file, with a comment above it:',
    fenced('jsonc', `// azrbac-ignore ${id}: why it is accepted`),
  ];
}

function references({ references }: DocumentedRule): string[] {
  return references.length === 0
    ? []
    : ['## References', references.map(reference => `- <${reference}>`).join('\n')];
}

/** Sentences of a rule: plain text in which `code` may stand between backticks. */
function prose(text: string): string {
  const parts = text.split(/(`[^`]*`)/);
  return parts
    .map((part, i) => (i % 2 === 0 ? escapeMarkdown(part) : markdownCode(part.slice(1, -1))))
    .join('');
}

function jsonBlock(value: unknown): string {
  return fenced('json', escapeJsonText(JSON.stringify(value, null, 2)));
}

/** A fence is longer than any run of backticks within. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
