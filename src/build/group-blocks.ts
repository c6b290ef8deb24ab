import type { OperationGroup } from '../lint/checks/operation-group.js';
import type { Rule } from '../lint/engine/rule.js';
import type { RuleSet } from '../lint/engine/rules.js';
import { escapeMarkdown, escapeProse, markdownCode } from '../text/escape.js';

/** The operation groups that a rule's options name: in full, or where that is very long, by name. */
export function operationGroupBlocks(rule: Rule, { groups }: RuleSet): string[] {
  const named = new Set(textsIn(rule.options));
  const looked = groups.filter(({ name }) => named.has(name));
  if (looked.length === 0) return [];
  const isLong = looked.reduce((total, { operations }) => total + operations.length, 0) > maxOperations;
  return [
    '## What it looks for',
    ...(isLong ? [looked.map(groupLink).join('\n')] : looked.flatMap(groupBlocks)),
  ];
}

const maxOperations = 500;

function groupLink({ name, title, operations }: OperationGroup): string {
  return `- [${name}](../../rules/operation-groups/${name}.json): ${escapeMarkdown(title)} (${operations.length})`;
}

function groupBlocks({ name, title, operations }: OperationGroup): string[] {
  const rows = operations.map(({ operation, plane, reason }) => {
    return `| ${markdownCode(operation)} | ${plane} | ${escapeProse(reason)} |`;
  });
  const table = ['| Operation | Plane | What it allows |', '| --- | --- | --- |', ...rows].join('\n');
  const summary = `<code>${name}</code>: ${escapeMarkdown(title)} (${operations.length})`;
  return [`<details><summary>${summary}</summary>`, table, '</details>'];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
