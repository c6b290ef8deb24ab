import type { RuleCategory } from '../lint/engine/rule.js';
import { ruleText } from './rule-text.js';

/** What a new rule is made from. */
export interface NewRule {
  /** Kebab-case; it begins with what the rule is about. */
  readonly id: string;
  /** The version that it comes with. */
  readonly since: string;
  /** The text of `src/lint/checks/index.ts`. */
  readonly checks: string;
}

/**
 * The files of a new rule by their paths: the rule, its check in the table of checks, and a test. They hold together as
 * they are, and say what to write in their place.
 * @throws Error where the id cannot be one, or is taken.
 */
export function ruleSkeleton({ id, since, checks }: NewRule): ReadonlyMap<string, string> {
  if (!/^[a-z]+(?:-[a-z0-9]+)+$/.test(id) || id.length > longestId)
    throw new Error(`"${id}" is not a rule ID: write words in lower case, such as "role-owner-unknown".`);
  if (checks.includes(`'${id}':`)) throw new Error(`There is a check "${id}" already.`);
  return new Map([
    [`rules/${id}.json`, ruleText(ruleOf(id, since))],
    [`src/lint/checks/${id}.ts`, checkText(id)],
    ['src/lint/checks/index.ts', withCheck(checks, id)],
    [`test/lint/checks/${id}.test.ts`, testText(id)],
  ]);
}

const longestId = 60;

/** Categories by how ids begin. */
const categories: Readonly<Record<string, RuleCategory>> = {
  action: 'action-strings',
  scope: 'assignable-scopes',
  ml: 'azure-ml',
};

function ruleOf(id: string, since: string): object {
  const role = {
    Name: 'VM Restarter',
    IsCustom: true,
    Description: placeholder,
    Actions: ['Microsoft.Compute/virtualMachines/read'],
    AssignableScopes: ['/subscriptions/11111111-2222-3333-4444-555555555555'],
  };
  return {
    id,
    title: 'What the rule finds, in one line',
    category: categories[id.split('-', 1)[0]!] ?? 'document',
    severity: 'medium',
    check: id,
    message: 'Role "{role}" is described as "{description}".',
    why: 'Say what goes wrong if it is not fixed.',
    fix: 'Say what to write so that the rule is content.',
    references: ['https://learn.microsoft.com/azure/role-based-access-control/custom-roles'],
    since,
    customRolesOnly: true,
    examples: [
      { title: 'What it finds', document: role, matches: [{ pointer: '/Description' }] },
      {
        title: 'What looks like it and is fine',
        document: { ...role, Description: 'Looks at virtual machines.' },
        matches: [],
      },
    ],
  };
}

/** What the check finds until it is written. */
const placeholder = 'Described by the skeleton of a rule.';

function checkText(id: string): string {
  return `import type { Check } from './check.js';

/** Roles that … */
export const ${nameOf(id)}: Check<'role-definition'> = {
  subject: 'role-definition',
  needs: ['description'],
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(role) {
    // To be replaced by what the rule looks for.
    const { description } = role;
    if (description?.value === '${placeholder}')
      yield { at: description.at, role, evidence: { description: description.value } };
  },
};
`;
}

function testText(id: string): string {
  return `import { expect, test } from 'vitest';
import { ${nameOf(id)} } from '../../../src/lint/checks/${id}.js';
import { customRole, evaluate } from './custom-role.js';

test('a role without a description is not its business', () => {
  expect(evaluate(${nameOf(id)}, customRole({ actions: ['*/read'] }), {})).toEqual([]);
});
`;
}

/** Imports and rows are sorted: each goes before the first that comes after it. */
function withCheck(checks: string, id: string): string {
  const lines = checks.split('\n');
  insert(lines, /^import .* from '\.\/([^']*)\.js';$/, {
    key: id,
    line: `import { ${nameOf(id)} } from './${id}.js';`,
  });
  insert(lines, /^ {2}'([^']*)': \w+,$/, { key: id, line: `  '${id}': ${nameOf(id)},` });
  return lines.join('\n');
}

function insert(
  lines: string[],
  pattern: RegExp,
  { key, line }: { readonly key: string; readonly line: string },
): void {
  const known = lines.flatMap((text, at) => {
    const name = pattern.exec(text)?.[1];
    return name === undefined ? [] : [{ name, at }];
  });
  const next = known.find(({ name }) => name > key);
  lines.splice(next?.at ?? (known.at(-1)?.at ?? -1) + 1, 0, line);
}

function nameOf(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
