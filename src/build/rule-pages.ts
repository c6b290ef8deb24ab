import { escapeMarkdown } from '../text/escape.js';
import { profileSettings, type RuleSet } from '../lint/engine/rules.js';
import { ruleCategories, type DocumentedRule, type RuleCategory } from '../lint/engine/rule.js';
import type { ExampleSurroundings } from './lint-example.js';
import { categoryTitles } from './rule-categories.js';
import { rulePage } from './rule-page.js';
import { severitiesOf } from './rule-severities.js';

/** The pages of `docs/rules/` by file name: one for each rule, and `README.md` with a table of all. */
export function rulePages(surroundings: ExampleSurroundings): ReadonlyMap<string, string> {
  const { ruleSet } = surroundings;
  const pages = ruleSet.rules.map(rule => [`${rule.id}.md`, rulePage(rule, surroundings)] as const);
  return new Map([['README.md', indexPage(ruleSet)], ...pages]);
}

function indexPage(ruleSet: RuleSet<DocumentedRule>): string {
  const { rules } = ruleSet;
  const tables = ruleCategories
    .map(category => categoryTable(category, ruleSet))
    .filter(table => table !== undefined);
  return (
    [
      '<!-- Written by npm run docs from rules/. Do not edit. -->',
      '# Rules',
      `${rules.length} rules. The columns are the two profiles: \`recommended\` is the default, \`strict\` looks at more. ` +
        'A rule with several severities grades its findings: its page says how. ' +
        '`azrbac rules ID` shows the same in a terminal; [configuration.md](../configuration.md) says how to change it.',
      ...tables,
    ].join('\n\n') + '\n'
  );
}

function categoryTable(category: RuleCategory, ruleSet: RuleSet<DocumentedRule>): string | undefined {
  const rules = ruleSet.rules.filter(rule => rule.category === category);
  if (rules.length === 0) return undefined;
  const [recommended, strict] = ['recommended', 'strict'].map(profile => profileSettings(ruleSet, profile));
  const rows = rules.map(rule => {
    const cells = [`[${rule.id}](${rule.id}.md)`, escapeMarkdown(rule.title)];
    return `| ${[...cells, severitiesOf(rule, recommended!), severitiesOf(rule, strict!)].join(' | ')} |`;
  });
  const head = ['| Rule | What it finds | recommended | strict |', '| --- | --- | --- | --- |'];
  return `## ${categoryTitles[category]}\n\n${[...head, ...rows].join('\n')}`;
}
