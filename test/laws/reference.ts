// Slow and obvious: what the clever code is compared with. Nothing here uses an index, a set or minimatch.

export interface PlainPermission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** The definition of a pattern: a `/*` that a `/` follows may be nothing, any other `*` is anything, all else literal. */
export function definition(pattern: string): RegExp {
  const parts = pattern.split(/(\/\*(?=\/)|\*)/).map(part => {
    if (part === '*') return '[^]*';
    return part === '/*' ? '(?:/[^]*)?' : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

/** Whether a role with these permissions grants the operation on that plane, entry by entry. */
export function grants(
  permissions: readonly PlainPermission[],
  operation: string,
  plane: 'control' | 'data',
): boolean {
  const covered = (patterns: readonly string[]): boolean =>
    patterns.some(pattern => definition(pattern.toLowerCase()).test(operation.toLowerCase()));
  return permissions.some(permission =>
    plane === 'control'
      ? covered(permission.actions) && !covered(permission.notActions)
      : covered(permission.dataActions) && !covered(permission.notDataActions),
  );
}
