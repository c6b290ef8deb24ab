import type { RuleCategory } from '../lint/engine/rule.js';

/** What the categories are called on pages. */
export const categoryTitles: Readonly<Record<RuleCategory, string>> = {
  document: 'The document',
  'action-strings': 'Action strings',
  planes: 'Planes and subtraction',
  breadth: 'Breadth',
  'sensitive-operations': 'Sensitive operations',
  'privilege-escalation': 'Privilege escalation',
  'assignable-scopes': 'Assignable scopes',
  'azure-ml': 'Azure Machine Learning',
  assignments: 'Role assignments and principals',
  conditions: 'Conditions',
  pim: 'Privileged Identity Management',
  'deny-assignments': 'Deny assignments',
  suppressions: 'Suppressions',
};
