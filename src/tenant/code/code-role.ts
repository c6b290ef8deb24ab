import type { UnknownReason } from '../../input/located-value.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { AssignmentValue, CodeAssignment } from '../../rbac/model/code-assignment.js';
import { trailingGuid } from '../../rbac/model/guid.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';

/** The role that an assignment gives, or why nobody knows it. */
export type CodeRole =
  | {
      /** The role's GUID; what stands for it, where only the deployment knows that. */
      readonly guid: string;
      /** The role of the code; undefined where it is not there. */
      readonly role: RoleDefinition | undefined;
    }
  | { readonly reason: UnknownReason };

/** Finds the roles of assignments: in the code by reference, GUID or name, and among those that are built in. */
export class CodeRoles {
  private readonly byGuid = new Map<string, RoleDefinition>();
  private readonly byReference = new Map<string, RoleDefinition>();
  private readonly byName = new Map<string, RoleDefinition>();

  constructor(
    roles: readonly RoleDefinition[],
    private readonly catalog: Catalog,
  ) {
    for (const role of roles) {
      const { guid, name, address, identity, at } = role;
      const { file } = at.document;
      if (guid !== undefined) this.byGuid.set(guid, role);
      if (name !== undefined) this.byName.set(folded(name.value), role);
      if (address !== undefined) this.byReference.set(keyOf(file, address), role);
      if (identity !== undefined) this.byReference.set(keyOf(file, identity), role);
    }
  }

  of({ roleId, roleName, at }: CodeAssignment): CodeRole {
    const byId = roleId && this.byId(roleId);
    if (byId !== undefined && !('reason' in byId)) return byId;
    const byName = roleName && this.named(roleName);
    return byName ?? byId ?? { reason: missing(at) };
  }

  private byId({ value }: AssignmentValue): CodeRole {
    if (value.kind === 'string') return this.withGuid(trailingGuid(value.value) ?? folded(value.value));
    if (value.kind !== 'unknown') return { reason: wrong(value) };
    const { parts, resource, reason } = value;
    const last = parts?.at(-1);
    if (typeof last === 'string') {
      const guid = trailingGuid(last);
      if (guid !== undefined) return this.withGuid(guid);
    }
    const identity = typeof last === 'object' ? last.identity : value.identity;
    for (const reference of [resource, typeof last === 'object' ? last.resource : undefined, identity]) {
      const file = reason.at.document.file;
      const role = reference === undefined ? undefined : this.byReference.get(keyOf(file, reference));
      if (role !== undefined) return this.found(role);
      const name = /^roleDefinitions\('(.+)'\)$/.exec(reference ?? '')?.[1];
      if (name !== undefined) return this.called(name, value);
    }
    return { reason: typeof last === 'object' ? last : reason };
  }

  private named({ value }: AssignmentValue): CodeRole {
    if (value.kind === 'unknown') return { reason: value.reason };
    return value.kind === 'string' ? this.called(value.value, value) : { reason: wrong(value) };
  }

  private called(name: string, value: AssignmentValue['value']): CodeRole {
    const role = this.byName.get(folded(name));
    if (role !== undefined) return this.found(role);
    const builtIn = this.catalog.builtInRoles.findNamed(name)?.role.guid;
    return builtIn === undefined
      ? {
          reason: {
            ...wrong(value),
            name: `The role "${name}"`,
            detail: 'is neither built in nor in the code',
          },
        }
      : { guid: builtIn, role: undefined };
  }

  private withGuid(guid: string): CodeRole {
    const role = this.byGuid.get(guid);
    if (role !== undefined || this.catalog.builtInRoles.find(guid) !== undefined) return { guid, role };
    return { guid, role: undefined };
  }

  private found(role: RoleDefinition): CodeRole {
    return { guid: role.guid ?? `${role.at.document.file} ${role.address ?? role.name?.value ?? ''}`, role };
  }
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

function keyOf(file: string, reference: string): string {
  return `${file} ${reference}`;
}

function wrong({ at }: AssignmentValue['value']): UnknownReason {
  return { kind: 'error', name: 'The role', detail: 'is not text', at };
}

function missing({ document, range }: CodeAssignment['at']): UnknownReason {
  const at = { document, start: range?.start ?? 0, end: range?.end ?? 0 };
  return { kind: 'error', name: 'An assignment', detail: 'names no role', at };
}
