import type { IdentityNeed } from '../../analysis/azure-ml/need.js';
import { UserError } from '../../errors.js';
import type { ResourceKind } from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import {
  conditionNamed,
  type NeedCondition,
  needConditionNames,
} from '../../rbac/action-sets/need-conditions.js';
import type { ResourceNames } from './resource-names.js';

/** Which conditions hold, as the command line says. @throws UserError where it says both. */
export function conditionAnswers(
  options: Readonly<Record<`${'' | 'no-'}${NeedCondition}`, boolean>>,
): ReadonlyMap<NeedCondition, 'yes' | 'no'> {
  return new Map(
    needConditionNames.flatMap((name): (readonly [NeedCondition, 'yes' | 'no'])[] => {
      if (options[name] && options[`no-${name}`])
        throw new UserError(`"--${name}" and "--no-${name}" cannot both hold.`);
      if (options[name]) return [[name, 'yes']];
      return options[`no-${name}`] ? [[name, 'no']] : [];
    }),
  );
}

export interface Settling {
  readonly answers: ReadonlyMap<NeedCondition, 'yes' | 'no'>;
  /** Names of the snapshot; undefined without one. */
  readonly names: ResourceNames | undefined;
  readonly sets: ActionSets;
}

/** Needs with what the command line and the snapshot say of them: a condition that holds is none, and one that does not ends the need. */
export function settledNeeds(needs: readonly IdentityNeed[], settling: Settling): IdentityNeed[] {
  return needs.flatMap(need => {
    const condition = need.when === undefined ? undefined : conditionNamed(need.when);
    const answer = condition && settling.answers.get(condition);
    if (answer === 'no') return [];
    const scope = need.scope ?? scopeNamed(need, settling);
    return [{ ...need, scope, ...(answer === 'yes' && { when: undefined }) }];
  });
}

function scopeNamed(
  { resourceName, actionSet }: IdentityNeed,
  { names, sets }: Settling,
): string | undefined {
  const kind = resourceName === undefined ? undefined : kindOf(actionSet, sets);
  return kind && names?.find(kind, resourceName!);
}

function kindOf(actionSet: string, sets: ActionSets): ResourceKind | undefined {
  const set = sets.find(actionSet);
  return set === undefined || set.kind === 'composite' ? undefined : set.scope;
}
