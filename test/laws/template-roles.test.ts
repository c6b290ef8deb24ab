// A role means the same in an ARM template or in Bicep as by itself, however these put it together.
import { expect, test } from 'vitest';
import { readJson } from '../../src/input/json.js';
import { findRoleDefinitions } from '../../src/rbac/model/find-role-definitions.js';
import { rolesOfBicep } from '../../src/rbac/model/roles-of-bicep.js';
import { rolesOfTemplate } from '../../src/rbac/model/roles-of-template.js';
import { seededRandom } from '../seeded.js';
import { findingsIn, generatedRole, type RestRole } from './code-roles.js';

const seed = Number(process.env.AZRBAC_SEED ?? 20261130);
const samples = Number(process.env.AZRBAC_SAMPLES ?? 60);

const type = 'Microsoft.Authorization/roleDefinitions';

function inJson(role: RestRole): string[] {
  const document = readJson(JSON.stringify({ ...role, type }, null, 2), 'role.json');
  return findingsIn([document], findRoleDefinitions(document, true).roleDefinitions);
}

function inTemplate(template: object): string[] {
  const document = readJson(JSON.stringify(template, null, 2), 'role.json');
  return findingsIn([document], rolesOfTemplate(document, true).roleDefinitions);
}

function resource(role: RestRole): object {
  return { type, apiVersion: '2022-04-01', ...role };
}

/** The lists of the role in variables, each put together of two. */
function inVariables(role: RestRole): object {
  const variables: Record<string, unknown> = {};
  const permissions = role.properties.permissions.map(permission =>
    Object.fromEntries(
      Object.entries(permission).map(([name, list]) => {
        if (!Array.isArray(list)) return [name, list];
        const half = Math.floor(list.length / 2);
        variables[`${name}1`] = list.slice(0, half);
        variables[`${name}2`] = { rest: list.slice(half) };
        return [name, `[concat(variables('${name}1'), variables('${name}2').rest)]`];
      }),
    ),
  );
  return { variables, resources: [resource({ ...role, properties: { ...role.properties, permissions } })] };
}

/** The role in a deployment that gets it as a parameter. */
function inDeployment(role: RestRole): object {
  const template = {
    parameters: { role: { type: 'object' } },
    resources: [{ type, name: role.name, properties: "[parameters('role')]" }],
  };
  const properties = {
    expressionEvaluationOptions: { scope: 'inner' },
    parameters: { role: { value: role.properties } },
    template,
  };
  return { resources: [{ type: 'Microsoft.Resources/deployments', name: 'roles', properties }] };
}

/** A value as Bicep writes it. */
function bicepOf(value: unknown, indent = ''): string {
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('${', '\\${')}'`;
  const inside = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map(item => `\n${inside}${bicepOf(item, inside)}`).join('');
    return value.length === 0 ? '[]' : `[${items}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(
    ([key, member]) => `\n${inside}${key}: ${bicepOf(member, inside)}`,
  );
  return members.length === 0 ? '{}' : `{${members.join('')}\n${indent}}`;
}

function inBicep(text: string): string[] {
  const empty = { root: undefined, comments: [], tolerated: [], syntaxProblems: [] };
  const found = rolesOfBicep({ file: 'role.bicep', text, ...empty }, true);
  const asJson = (literal: string): string => {
    if (literal.startsWith('resource ')) return '';
    return JSON.stringify(literal.replaceAll(/^'|'$/g, '').replaceAll(/\\(.)/g, '$1'));
  };
  return findingsIn([found.document!], found.roleDefinitions, asJson);
}

test.each([
  ['as it is', (role: RestRole) => `resource role '${type}@2022-04-01' = ${bicepOf(role)}\n`],
  [
    'in variables and a loop',
    (role: RestRole) =>
      `var roles = ${bicepOf([role])}\nresource role '${type}@2022-04-01' = [for each in roles: {\n  name: each.name\n  properties: each.properties\n}]\n`,
  ],
])('in Bicep, %s', (_, toBicep) => {
  const random = seededRandom(seed);
  for (let i = 0; i < samples; i++) {
    const role = generatedRole(random);
    expect(inBicep(toBicep(role)), JSON.stringify(role)).toEqual(inJson(role));
  }
});

test.each([
  ['as it is', (role: RestRole) => ({ resources: [resource(role)] })],
  [
    'by a symbolic name',
    (role: RestRole) => ({ languageVersion: '2.0', resources: { role: resource(role) } }),
  ],
  ['with its lists in variables', inVariables],
  ['in a deployment', inDeployment],
])('%s', (_, toTemplate) => {
  const random = seededRandom(seed);
  for (let i = 0; i < samples; i++) {
    const role = generatedRole(random);
    expect(inTemplate(toTemplate(role)), JSON.stringify(role)).toEqual(inJson(role));
  }
});
