import { type DocumentedRule, tenantCategories } from '../lint/engine/rule.js';
import { profileSettings } from '../lint/engine/rules.js';
import { type RuleSettings, severityOf, variantOf } from '../lint/engine/settings.js';
import { escapeProse } from '../text/escape.js';
import { exampleBlocks } from './example-blocks.js';
import { operationGroupBlocks } from './group-blocks.js';
import type { ExampleSurroundings } from './lint-example.js';
import { fenced, jsonBlock } from './markdown.js';
import { categoryTitles } from './rule-categories.js';
import { fixOptionsOf } from './rule-fixability.js';
import { severitiesOf } from './rule-severities.js';

/** The page of a rule, in Markdown. */
export function rulePage(rule: DocumentedRule, surroundings: ExampleSurroundings): string {
  const { ruleSet } = surroundings;
  const settings = profileSettings(ruleSet, 'recommended');
  return (
    [
      '<!-- Written by npm run docs from rules/. Do not edit. -->',
      `# ${rule.id}`,
      `${escapeProse(rule.title)}.`,
      facts(rule, surroundings),
      '## What it says',
      ...wordings(rule, settings),
      '## Why',
      escapeProse(rule.why),
      '## Fix',
      escapeProse(rule.fix),
      ...(rule.limits === undefined ? [] : ['## How it can be wrong', escapeProse(rule.limits)]),
      ...operationGroupBlocks(rule, ruleSet),
      '## Examples',
      ...rule.examples.flatMap(example => exampleBlocks(rule, example, surroundings)),
      ...switchOff(rule),
      ...references(rule),
    ].join('\n\n') + '\n'
  );
}

function facts(rule: DocumentedRule, surroundings: ExampleSurroundings): string {
  const { ruleSet } = surroundings;
  const [recommended, strict] = ['recommended', 'strict'].map(name =>
    severitiesOf(rule, profileSettings(ruleSet, name)),
  );
  const lines = [
    `- Severity: **${recommended}**${strict === recommended ? '' : `; **${strict}** in the profile \`strict\``}`,
    `- Category: ${categoryTitles[rule.category]}`,
    `- Since: ${rule.since}`,
  ];
  const fixable = fixOptionsOf(rule, surroundings);
  if (fixable !== undefined)
    lines.push(
      `- Fixable: some of what it finds, with \`azrbac lint ${fixable === '--fix' ? '--fix' : '--fix --fix-typos'}\``,
    );
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

function switchOff({ id, category }: DocumentedRule): string[] {
  const rules = { rules: { [id]: 'off' } };
  const isOfTenant = tenantCategories.has(category);
  const about = isOfTenant
    ? { principal: 'object id or name', scope: 'where and below' }
    : { role: 'name or GUID of the role' };
  const suppressions = {
    suppressions: [{ rule: id, ...about, reason: 'why it is accepted', expires: '2027-12-31' }],
  };
  return [
    '## Switch it off',
    'For everything, in `azrbac.config.json`, or for one run with `--rule ' + id + '=off`:',
    jsonBlock(rules),
    isOfTenant ? 'For one principal at one scope, with a reason:' : 'For one role, with a reason:',
    jsonBlock(suppressions),
    ...(isOfTenant
      ? []
      : [
          'For one line of a role file, with a comment above it:',
          fenced('jsonc', `// azrbac-ignore ${id}: why it is accepted`),
        ]),
  ];
}

function references({ references }: DocumentedRule): string[] {
  return references.length === 0
    ? []
    : ['## References', references.map(reference => `- <${reference}>`).join('\n')];
}
