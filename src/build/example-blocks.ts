import type { Finding } from '../lint/engine/finding.js';
import type { DocumentedRule, RuleExample } from '../lint/engine/rule.js';
import { escapeJsonText, escapeProse, visible } from '../text/escape.js';
import { type ExampleSurroundings, lintExample, pointerInExample } from './lint-example.js';
import { fenced, jsonBlock } from './markdown.js';

/** An example of a rule, with what azrbac says of it, as blocks of Markdown. */
export function exampleBlocks(
  rule: DocumentedRule,
  example: RuleExample,
  surroundings: ExampleSurroundings,
): string[] {
  const { title, file, config, options } = example;
  const findings = lintExample(rule, example, surroundings);
  const blocks = [`### ${findings.length === 0 ? 'Clean' : 'Reported'}: ${escapeProse(title)}`];
  if (file !== undefined) blocks.push(`In \`${file}\`:`);
  blocks.push(documentBlock(example));
  if (example.expectations !== undefined)
    blocks.push('with these expectations in `access.json`:', jsonBlock(example.expectations));
  for (const [name, value] of Object.entries(example.beside ?? {}))
    blocks.push(`and in \`${name}\`:`, jsonBlock(value));
  if (options !== undefined) blocks.push('with these options of the rule:', jsonBlock(options));
  if (config !== undefined) blocks.push('with this `azrbac.config.json`:', jsonBlock(config));
  if (findings.length === 0) return [...blocks, 'azrbac reports nothing of this rule.'];
  return [
    ...blocks,
    'azrbac reports:',
    fenced('text', findings.map(finding => findingLine(finding, example)).join('\n')),
  ];
}

function findingLine(finding: Finding, example: RuleExample): string {
  const place = pointerInExample(finding, example) || '(document)';
  return `${finding.severity}  ${visible(place)}  ${visible(finding.message)}`;
}

function documentBlock({ document, text, snapshot }: RuleExample): string {
  if (snapshot !== undefined) return clipped('json', escapeJsonText(JSON.stringify(snapshot, null, 2)));
  if (text === undefined) return clipped('json', escapeJsonText(JSON.stringify(document, null, 2)));
  return clipped('jsonc', text.split(/\r?\n/).map(visible).join('\n').trimEnd());
}

/** Nobody reads 2,000 scopes. */
function clipped(language: string, text: string): string {
  const lines = text.split('\n');
  const clippedLines = clip(lines, maxLines, 'lines').map(line =>
    clip([...line], longestLine, 'characters').join(''),
  );
  const shown = clippedLines.join('\n');
  return fenced(shown === text ? language : 'text', shown);
}

/** The first and last of them, and between how many were left out. */
function clip(parts: readonly string[], most: number, what: string): readonly string[] {
  if (parts.length <= most) return parts;
  const [head, tail] = [parts.slice(0, most / 2), parts.slice(-most / 4)];
  return [...head, ` … ${parts.length - head.length - tail.length} more ${what} … `, ...tail];
}

const maxLines = 80;
const longestLine = 600;
