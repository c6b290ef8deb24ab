import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Truth } from '../../rbac/conditions/truth.js';
import type { ConditionExpression } from '../../rbac/conditions/expression.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';
import { matchesAction } from '../../rbac/permissions/action-pattern.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { PermissionSet, type PlaneSet } from '../../rbac/permissions/permission-set.js';
import { type ConditionReader, knowledgeOf } from './condition-truth.js';

/** What sets are split with. A tenant has it all. */
export interface ConditionTools {
  readonly catalog: Pick<Catalog, 'operations'>;
  readonly index: OperationIndex;
  readonly conditions: ConditionReader;
}

/** A set under conditions: what they let through for certain, and what they may let through. The rest they hold back. */
export interface GuardedSet {
  readonly definite: PermissionSet;
  readonly possible: PermissionSet;
}

/**
 * Splits a set by conditions that all have to hold at the scope. A condition tells operations apart by the names in its
 * ActionMatches alone, so it is evaluated once for all operations that the same of these names match.
 */
export function guardedSet(
  set: PermissionSet,
  texts: readonly string[],
  scope: Scope,
  tools: ConditionTools,
): GuardedSet {
  const guard = new Guard(texts, scope, tools);
  const control = guard.split(set.control, 'control');
  const data = guard.split(set.data, 'data');
  const join = (part: keyof SplitPlane): PermissionSet =>
    new PermissionSet(tools.catalog, control[part], data[part]);
  return { definite: join('definite'), possible: join('possible') };
}

interface SplitPlane {
  readonly definite: PlaneSet;
  readonly possible: PlaneSet;
}

class Guard {
  private readonly patterns: readonly string[];
  private readonly truths = new Map<string, Truth>();

  constructor(
    private readonly texts: readonly string[],
    private readonly scope: Scope,
    private readonly tools: ConditionTools,
  ) {
    const names = texts.flatMap(text => actionNames(tools.conditions.read(text).expression));
    this.patterns = [...new Set(names.map(name => name.toLowerCase()))];
  }

  split(set: PlaneSet, plane: Plane): SplitPlane {
    const known = this.parts(set.known, plane);
    const unknownPlane = this.parts(set.unknownPlane, plane);
    const unlisted = { definite: new Map<string, string>(), possible: new Map<string, string>() };
    for (const [lower, text] of set.unlisted) {
      const truth = this.truthOf(lower, plane);
      if (truth !== 'false') unlisted[truth === 'true' ? 'definite' : 'possible'].set(lower, text);
    }
    return {
      definite: { known: known.true, unknownPlane: unknownPlane.true, unlisted: unlisted.definite },
      possible: { known: known.unknown, unknownPlane: unknownPlane.unknown, unlisted: unlisted.possible },
    };
  }

  /** The operations by what the conditions come to for them. */
  private parts(known: Bitset, plane: Plane): Readonly<Record<Exclude<Truth, 'false'>, Bitset>> {
    if (known.isEmpty) return { true: known, unknown: known };
    const { operations } = this.tools.catalog;
    const numbers: Readonly<Record<Truth, number[]>> = { true: [], unknown: [], false: [] };
    const rest = known.clone();
    for (const pattern of this.patterns) {
      for (const index of this.named(pattern)) {
        if (!rest.has(index)) continue;
        rest.remove(index);
        numbers[this.truthOf(operations.at(index).name, plane)].push(index);
      }
    }
    const restTruth = rest.isEmpty ? 'false' : this.truthOf(nameless, plane);
    const part = (truth: Truth): Bitset => {
      const bits = restTruth === truth ? rest : new Bitset(known.capacity);
      for (const index of numbers[truth]) bits.add(index);
      return bits;
    };
    return { true: part('true'), unknown: part('unknown') };
  }

  /** The operations that a pattern names. */
  private named(pattern: string): Iterable<number> {
    const { index, catalog } = this.tools;
    if (pattern.includes('*')) return index.expand(pattern);
    const at = catalog.operations.indexOf(pattern);
    return at < 0 ? [] : [at];
  }

  private truthOf(operation: string, plane: Plane): Truth {
    const signature = `${plane} ${this.patterns.map(pattern => (matchesAction(pattern, operation) ? 1 : 0)).join('')}`;
    let truth = this.truths.get(signature);
    if (truth === undefined) {
      const knowledge = knowledgeOf(operation, plane, this.scope);
      this.truths.set(signature, (truth = this.tools.conditions.truthOf(this.texts, knowledge)));
    }
    return truth;
  }
}

/** No operation: a bare star covers it, as it covers all of them, and nothing else that stands in a condition does. */
const nameless = '\0';

/** The names in ActionMatches, wherever they stand. */
function actionNames(expression: ConditionExpression | undefined): string[] {
  const names: string[] = [];
  const waiting = expression === undefined ? [] : [expression];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.kind === 'not') waiting.push(at.operand);
    else if (at.kind === 'and' || at.kind === 'or') waiting.push(...at.operands);
    else if (at.kind === 'action-matches') names.push(...at.patterns.map(({ value }) => value));
  }
  return names;
}

/** Whether conditions may come to something else at this scope: they may speak of the names in it. See `knowledgeOf`. */
export function scopeMatters({ key }: Scope): boolean {
  return key.includes('/providers/microsoft.storage/');
}
