import type { Catalog } from '../../rbac/catalog/catalog.js';
import { readJson } from '../../input/json.js';
import type { Rule } from '../../lint/engine/rule.js';
import { profileSettings, type RuleSet } from '../../lint/engine/rules.js';
import { runLint } from '../../lint/engine/run.js';
import { findRoleDefinitions } from '../../rbac/model/find-role-definitions.js';

/** What `azrbac lint` says of the string that Azure refused. */
export interface RejectedAction {
  readonly action: string;
  readonly list: 'actions' | 'dataActions';
  /** Empty where lint has nothing against it: then the catalog and Azure disagree. */
  readonly findings: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly suggestions: readonly string[];
  }[];
}

/** Lints a role with that one string in it. */
export function judgeRejected(
  action: string,
  list: RejectedAction['list'],
  { catalog, rules, asOf }: { catalog: Catalog; rules: RuleSet; asOf: string },
): RejectedAction {
  const document = readJson(JSON.stringify(roleWith(action, list)), 'role.json');
  const { findings } = runLint({
    documents: [document],
    roleDefinitions: findRoleDefinitions(document, true).roleDefinitions,
    rules: { ...rules, rules: rules.rules.filter(judgesStrings) },
    settings: profileSettings(rules, 'recommended'),
    catalog,
    asOf,
  });
  return {
    action,
    list,
    findings: findings.map(({ rule, message, evidence }) => {
      const { suggestions } = evidence;
      return {
        ruleId: rule.id,
        message,
        suggestions: Array.isArray(suggestions) ? (suggestions as string[]) : [],
      };
    }),
  };
}

function judgesStrings({ check, id }: Rule): boolean {
  return (
    (check === 'action-verdict' || check === 'ml-data-action') &&
    id !== 'action-casing' &&
    id !== 'action-partial-wildcard'
  );
}

function roleWith(action: string, list: RejectedAction['list']): object {
  return {
    Name: 'the refused role',
    IsCustom: true,
    Description: 'As refused.',
    Actions: list === 'actions' ? [action] : [],
    DataActions: list === 'dataActions' ? [action] : [],
    AssignableScopes: ['/subscriptions/00000000-0000-0000-0000-000000000000'],
  };
}
