import { escapeMarkdown } from '../text/escape.js';
import { profileSettings } from '../lint/engine/rules.js';
import { ruleCategories, type RuleCategory } from '../lint/engine/rule.js';
import type { ExampleSurroundings } from './lint-example.js';
import { categoryTitles } from './rule-categories.js';
import { fixOptionsOf } from './rule-fixability.js';
import { rulePage } from './rule-page.js';
import { severitiesOf } from './rule-severities.js';

/** The pages of `docs/rules/` by file name: one for each rule, and `README.md` with a table of all. */
export function rulePages(surroundings: ExampleSurroundings): ReadonlyMap<string, string> {
  const { ruleSet } = surroundings;
  const pages = ruleSet.rules.map(rule => [`${rule.id}.md`, rulePage(rule, surroundings)] as const);
  return new Map([['README.md', indexPage(surroundings)], ...pages]);
}

function indexPage(surroundings: ExampleSurroundings): string {
  const { rules } = surroundings.ruleSet;
  const tables = ruleCategories
    .map(category => categoryTable(category, surroundings))
    .filter(table => table !== undefined);
  return (
    [
      '<!-- Written by npm run docs from rules/. Do not edit. -->',
      '# Rules',
      `${rules.length} rules. The columns are the two profiles: \`recommended\` is the default, \`strict\` looks at more. ` +
        'A rule with several severities grades its findings: its page says how. ' +
        '`off` means that you have to turn it on. The last column says which option of `azrbac lint` fixes some of what it finds. ' +
        '`azrbac rules ID` shows the same in a terminal; [configuration.md](../configuration.md) says how to change it.',
      ...tables,
    ].join('\n\n') + '\n'
  );
}

function categoryTable(category: RuleCategory, surroundings: ExampleSurroundings): string | undefined {
  const { ruleSet } = surroundings;
  const rules = ruleSet.rules.filter(rule => rule.category === category);
  if (rules.length === 0) return undefined;
  const [recommended, strict] = ['recommended', 'strict'].map(profile => profileSettings(ruleSet, profile));
  const rows = rules.map(rule => {
    const cells = [`[${rule.id}](${rule.id}.md)`, escapeMarkdown(rule.title)];
    const severities = [severitiesOf(rule, recommended!), severitiesOf(rule, strict!)];
    const fixable = fixOptionsOf(rule, surroundings);
    return `| ${[...cells, ...severities, fixable === undefined ? '' : `\`${fixable}\``].join(' | ')} |`;
  });
  const head = [
    '| Rule | What it finds | recommended | strict | Fixable |',
    '| --- | --- | --- | --- | --- |',
  ];
  return `## ${categoryTitles[category]}\n\n${[...head, ...rows].join('\n')}`;
}
