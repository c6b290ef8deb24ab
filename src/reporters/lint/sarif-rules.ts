import { compareText } from '../../compare-text.js';
import type { Finding } from '../../lint/engine/finding.js';
import { severities, type Rule, type RuleCategory, type Severity } from '../../lint/engine/rule.js';
import { doubleBraces, escapeMarkdown, escapeProse, escapeSarifMessage } from '../../text/escape.js';
import { helpUriOf, linksOf } from '../rule-page.js';

/** How SARIF and GitHub grade a result. */
export const sarifLevel: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** A SARIF `reportingDescriptor` with what GitHub reads of it. */
export type SarifRule = ReturnType<typeof sarifRule>;

/** The rules behind these findings, each once, by id. */
export function sarifRules(findings: readonly Finding[]): readonly SarifRule[] {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    const known = worst.get(finding.rule.id);
    if (known === undefined || isWorse(finding.severity, known.severity)) worst.set(finding.rule.id, finding);
  }
  return [...worst.values()].map(sarifRule).sort((a, b) => compareText(a.id, b.id));
}

function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}

// GitHub knows a security severity per rule, not per result: the worst of the rule's findings stands for it, so
// that what a configuration or a variant made of the rule is what GitHub shows.
function sarifRule({ rule, severity }: Finding) {
  const isSecurity = !formCategories.has(rule.category);
  return {
    id: rule.id,
    shortDescription: { text: escapeSarifMessage(rule.title) },
    fullDescription: { text: escapeSarifMessage(rule.why) },
    help: { text: [rule.why, rule.fix].map(escapeSarifMessage).join('\n\n'), markdown: helpMarkdown(rule) },
    helpUri: helpUriOf(rule),
    defaultConfiguration: { level: sarifLevel[rule.severity] },
    properties: {
      category: rule.category,
      precision: 'high',
      'problem.severity': problemSeverity[severity],
      ...(isSecurity ? { 'security-severity': securitySeverity[severity] } : {}),
      tags: isSecurity
        ? ['security', 'azure', 'rbac', rule.category]
        : ['correctness', 'azure', 'rbac', rule.category],
    },
  };
}

function helpMarkdown(rule: Rule): string {
  const parts = [
    `**Why:** ${escapeProse(rule.why)}`,
    `**Fix:** ${escapeProse(rule.fix)}`,
    `[${escapeMarkdown(rule.id)}](${helpUriOf(rule)})`,
    linksOf(rule.references)
      .map(link => `- <${link}>`)
      .join('\n'),
  ];
  return doubleBraces(parts.filter(part => part !== '').join('\n\n'));
}

/** Rules about how a role is written; the others are about what it grants. */
const formCategories: ReadonlySet<RuleCategory> = new Set<RuleCategory>([
  'document',
  'action-strings',
  'suppressions',
]);

// GitHub: from 9.0 critical, from 7.0 high, from 4.0 medium, else low.
const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.5',
};

const problemSeverity: Readonly<Record<Severity, 'error' | 'warning' | 'recommendation'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
  info: 'recommendation',
};
