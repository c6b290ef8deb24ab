import { append } from '../../maps.js';
import type { EscalationPath, Gain, PathStep } from '../../analysis/escalation/describe/path.js';
import { shorten } from '../../text/escape.js';

/** Paths that differ in who goes them alone. */
export type AlikePaths = readonly [EscalationPath, ...EscalationPath[]];

/** The nearest paths, those that are alike together, in the order of the first of each. */
export function alikePaths(paths: readonly EscalationPath[]): readonly AlikePaths[] {
  const groups = new Map<string, [EscalationPath, ...EscalationPath[]]>();
  for (const path of paths.slice(0, maxRead)) {
    const steps = path.steps.map(({ method, scope, gains }) => [method, scope, gains]);
    const key = JSON.stringify([path.to, steps]);
    append(groups, key, path);
  }
  return [...groups.values()];
}

/** They are put into words when they are read, and nobody reads further. */
const maxRead = 2_000;

/** What is done, where, and what comes of it; not escaped. */
export function stepText({ does, scope, gains, operations }: PathStep): string {
  const place = scope === '/' && operations.length === 0 ? '' : ` at ${shorten(scope, 500)}`;
  return `${does}${place} (${gains.map(gainText).join(', ')})`;
}

function gainText(gain: Gain): string {
  if (gain.kind === 'role') return `has ${shorten(gain.role, 500)}`;
  const name = shorten(gain.displayName ?? gain.id, 500);
  return gain.kind === 'group' ? `is in ${name}` : `is ${name}`;
}
