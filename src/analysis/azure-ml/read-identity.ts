import type { JsonArray, JsonNode, JsonObject } from '../../input/json-node.js';
import { isGuid } from '../../rbac/model/guid.js';
import { type FileReader, isPlaceholder, snakeCase, valueOf } from './file-reader.js';
import type { ManagedIdentity, UserAssignedIdentity } from './resource.js';

/**
 * Reads the `identity` of a resource, in each of the forms that the CLI takes: a list of ids, of mappings with
 * `resource_id`, or a mapping by id
 * (https://learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-online).
 */
export function readIdentity(file: FileReader, resource: JsonObject): ManagedIdentity {
  const block = file.object(resource, 'identity');
  if (block === undefined) return { kind: 'default', at: undefined };
  const at = file.at(block);
  const type = file.text(block, 'type');
  if (type === undefined) {
    file.report('value-missing', '"identity" needs a "type": system_assigned or user_assigned.', block);
    return { kind: 'unknown', at };
  }
  if (isPlaceholder(type.value)) return { kind: 'unknown', at };
  const identities = userAssigned(file, block);
  switch (kindOf(type.value)) {
    case 'none':
      return { kind: 'none', at };
    case 'system-assigned':
      // Azure looks at the list, whatever the type says.
      return hasSome(identities)
        ? { kind: 'system-and-user-assigned', at, identities }
        : { kind: 'system-assigned', at };
    case 'user-assigned':
      return listed(file, block, 'user-assigned', identities);
    case 'system-and-user-assigned':
      return listed(file, block, 'system-and-user-assigned', identities);
    case undefined:
      file.report(
        'value-unknown',
        `"identity.type" is "${type.value}"; it can be system_assigned or user_assigned.`,
        block,
      );
      return { kind: 'unknown', at };
  }
}

type WrittenKind = 'none' | 'system-assigned' | 'user-assigned' | 'system-and-user-assigned';

function kindOf(type: string): WrittenKind | undefined {
  return kinds.get(snakeCase(type));
}

const kinds: ReadonlyMap<string, WrittenKind> = new Map([
  ['none', 'none'],
  ['system_assigned', 'system-assigned'],
  ['user_assigned', 'user-assigned'],
  ['managed', 'user-assigned'],
  ['system_assigned,user_assigned', 'system-and-user-assigned'],
]);

function listed(
  file: FileReader,
  block: JsonObject,
  kind: 'user-assigned' | 'system-and-user-assigned',
  identities: readonly UserAssignedIdentity[],
): ManagedIdentity {
  const at = file.at(block);
  if (hasSome(identities)) return { kind, at, identities };
  if (valueOf(block, 'user_assigned_identities') === undefined) {
    file.report(
      'value-missing',
      'A user-assigned identity needs its ARM id in "user_assigned_identities".',
      block,
    );
  }
  return { kind: 'unknown', at };
}

function hasSome<Item>(items: readonly Item[]): items is readonly [Item, ...Item[]] {
  return items.length > 0;
}

function userAssigned(file: FileReader, block: JsonObject): UserAssignedIdentity[] {
  const node = valueOf(block, 'user_assigned_identities');
  if (node === undefined) return [];
  if (node.kind === 'array') return fromList(file, node);
  if (node.kind === 'object') return fromMapping(file, node);
  file.report('value-unknown', '"user_assigned_identities" must be a list.', node);
  return [];
}

function fromList(file: FileReader, list: JsonArray): UserAssignedIdentity[] {
  return list.items.flatMap(item => {
    if (item.kind === 'string') return identityOf(file, item, undefined) ?? [];
    const id = item.kind === 'object' ? valueOf(item, 'resource_id') : undefined;
    if (item.kind === 'object' && id !== undefined) return identityOf(file, id, item) ?? [];
    file.report('value-missing', 'A user-assigned identity needs a "resource_id".', item);
    return [];
  });
}

function fromMapping(file: FileReader, mapping: JsonObject): UserAssignedIdentity[] {
  return mapping.members.flatMap(({ key, value }) => {
    if (isMalformed(key)) {
      file.report('identity-id-malformed', malformed(key), value);
      return [];
    }
    const principalId = value.kind === 'object' ? principalOf(file, value) : undefined;
    return { resourceId: { value: key, at: file.at(value) }, principalId };
  });
}

function identityOf(
  file: FileReader,
  id: JsonNode,
  entry: JsonObject | undefined,
): UserAssignedIdentity | undefined {
  if (id.kind !== 'string' || isMalformed(id.value as string)) {
    file.report('identity-id-malformed', malformed(id.kind === 'string' ? String(id.value) : ''), id);
    return undefined;
  }
  const resourceId = { value: String(id.value).trim(), at: file.at(id) };
  return { resourceId, principalId: entry && principalOf(file, entry) };
}

/** The CLI says `principal_id` in one place and `object_id` in another. */
function principalOf(file: FileReader, entry: JsonObject): string | undefined {
  const written = file.text(entry, 'principal_id') ?? file.text(entry, 'object_id');
  return written !== undefined && isGuid(written.value) ? written.value.toLowerCase() : undefined;
}

/** Whether a text is surely not the ARM id of a user-assigned identity. */
export function isMalformed(id: string): boolean {
  return !isPlaceholder(id) && !identityId.test(id.trim());
}

const identityId =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.managedidentity\/userassignedidentities\/[^/]+\/?$/i;

function malformed(id: string): string {
  return `"${id}" is not the ARM id of a user-assigned identity: /subscriptions/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME.`;
}
