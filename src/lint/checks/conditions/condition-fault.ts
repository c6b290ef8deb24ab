import type { Check } from '../check.js';
import type { Match } from '../match.js';
import { type ConditionEffect, effectOf, isWithoutEffect } from './condition-effect.js';
import type { Conditioned } from './conditioned.js';

export interface ConditionFaultOptions {
  readonly fault: 'without-effect' | 'always-true' | 'never-true';
}

/**
 * Finds conditions that do nothing: those that guard only what is not granted (`without-effect`), and those that always
 * hold (`always-true`). `never-true` finds those that let through nothing of what they guard; as the variant `operation`,
 * nothing of one operation, although they ask for its attributes. Names alone, as in `!(ActionMatches{…})`, say it on purpose.
 */
export const conditionFault: Check<'condition', ConditionFaultOptions> = {
  subject: 'condition',
  optionsSchema: {
    type: 'object',
    required: ['fault'],
    additionalProperties: false,
    properties: { fault: { enum: ['without-effect', 'always-true', 'never-true'] } },
  },

  *evaluate(conditioned, { fault }, context) {
    const { expression } = conditioned.reading;
    // A deny assignment that denies always, or nothing, is for the rules about those.
    if (expression === undefined || conditioned.on === 'deny-assignment') return;
    const effect = effectOf(expression, conditioned.entries, context);
    const found = effect && finders[fault](effect, conditioned);
    if (found !== undefined) yield found;
  },
};

type Finder = (effect: ConditionEffect, conditioned: Conditioned) => Match | undefined;

const finders: Readonly<Record<ConditionFaultOptions['fault'], Finder>> = {
  'without-effect': (effect, { match }) =>
    isWithoutEffect(effect) ? match({ patterns: effect.patterns }) : undefined,

  'always-true': (effect, { match }) => {
    const isAlways = effect.operations.every(({ outcome }) => outcome === 'always');
    return isAlways && !isWithoutEffect(effect) ? match() : undefined;
  },

  'never-true': ({ operations }, { match }) => {
    const never = operations.filter(({ outcome }) => outcome === 'never');
    if (never.length === operations.length) return match();
    const operation = never.find(({ isNamed, isAsked }) => isNamed && isAsked)?.operation;
    return operation === undefined ? undefined : match({ operation }, 'operation');
  },
};
