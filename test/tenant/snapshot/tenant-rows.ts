export const subscription = '11111111-2222-3333-4444-555555555555';
export const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
/** The GUID of a role that no catalog knows. */
export const custom = 'cccccccc-0000-0000-0000-000000000001';

export const header = { version: 1, kind: 'azrbac-snapshot', collectedAt: '2026-08-22T06:00:00Z' };

export function principal(number: number): string {
  return `aaaaaaaa-0000-0000-0000-${String(number).padStart(12, '0')}`;
}

export function group(number: number): string {
  return `bbbbbbbb-0000-0000-0000-${String(number).padStart(12, '0')}`;
}

/** Reader for the principal of that number at the subscription, unless the properties say otherwise. */
export function assignmentRow(number: number, properties: object = {}) {
  const scope = `/subscriptions/${subscription}`;
  const name = `dddddddd-0000-0000-0000-${String(number).padStart(12, '0')}`;
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    properties: {
      principalId: principal(number),
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
      scope,
      ...properties,
    },
  };
}
