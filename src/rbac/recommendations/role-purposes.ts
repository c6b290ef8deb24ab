import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCatalogFolder } from '../../package/package-folder.js';

/**
 * What a built-in role is for: everything (`general`), a job function of a service, the identity of one of Microsoft's
 * own services, or nothing any longer.
 */
export type RolePurpose = 'general' | 'job-function' | 'service' | 'deprecated';

/** The purpose of a role, and how that is known. */
export interface KnownPurpose {
  readonly purpose: RolePurpose;
  readonly evidence: string;
  /** A page that says it; undefined where the name alone does. */
  readonly reference: string | undefined;
}

interface PurposeFile {
  readonly roles: readonly {
    readonly role: string;
    readonly purpose: RolePurpose;
    readonly evidence: string;
    readonly reference?: string;
  }[];
  /** Regular expressions over names; the first that matches counts. */
  readonly patterns: readonly {
    readonly pattern: string;
    readonly purpose: RolePurpose;
    readonly evidence: string;
  }[];
  readonly tasks: readonly DocumentedTask[];
}

/** Roles that a page of Microsoft's names for operations; the best first. */
export interface DocumentedTask {
  readonly operations: readonly string[];
  readonly roles: readonly string[];
  readonly reference: string;
}

/** What built-in roles are for, and which of them documentation names for an operation: `role-catalog/role-purposes.json`. */
export class RolePurposes {
  private readonly named: ReadonlyMap<string, PurposeFile['roles'][number]>;
  private readonly patterns: readonly (PurposeFile['patterns'][number] & { readonly matches: RegExp })[];
  private readonly taskOf: ReadonlyMap<string, DocumentedTask>;

  constructor(
    { roles, patterns, tasks }: PurposeFile = JSON.parse(
      readFileSync(join(shippedCatalogFolder(), 'role-purposes.json'), 'utf8'),
    ) as PurposeFile,
  ) {
    this.named = new Map(roles.map(entry => [entry.role, entry]));
    this.patterns = patterns.map(entry => ({ ...entry, matches: new RegExp(entry.pattern) }));
    this.taskOf = new Map(
      tasks.flatMap(task => task.operations.map(name => [name.toLowerCase(), task] as const)),
    );
  }

  /** Undefined where neither the name nor a page tells. */
  of(roleName: string): KnownPurpose | undefined {
    const name = roleName.trim();
    const found = this.named.get(name) ?? this.patterns.find(({ matches }) => matches.test(name));
    if (found === undefined) return undefined;
    const reference = 'reference' in found ? found.reference : undefined;
    return { purpose: found.purpose, evidence: found.evidence, reference };
  }

  /** The task that the operation belongs to. */
  task(operation: string): DocumentedTask | undefined {
    return this.taskOf.get(operation.toLowerCase());
  }
}
