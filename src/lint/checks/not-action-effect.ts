import type { ActionEntry, ActionList, RoleDefinition } from '../../rbac/model/role-definition.js';
import { listNames } from './action-verdict.js';
import type { Check } from './check.js';
import type { Match } from './match.js';
import { listsWithoutEffect } from './subtraction.js';

/**
 * Entries of NotActions that remove nothing. `as: "deny"` takes the lists that remove nothing at all in a role whose
 * name or description promises that something is denied, one finding for the list; `as: "spare"` each entry of the
 * others.
 */
export const notActionEffect: Check<'role-definition', { as: 'deny' | 'spare' }> = {
  subject: 'role-definition',
  needs: ['permissions', 'actions', 'dataActions'],
  optionsSchema: {
    type: 'object',
    properties: { as: { enum: ['deny', 'spare'] } },
    required: ['as'],
    additionalProperties: false,
  },
  *evaluate(role, { as }, context) {
    const promise = promiseOfDenial(role);
    if (promise === undefined && as === 'deny') return;
    for (const { granting, entries, isCompleteList } of listsWithoutEffect(role, context)) {
      const isDeny = isCompleteList && promise !== undefined;
      if (isDeny !== (as === 'deny')) continue;
      if (promise !== undefined && isDeny) yield toDenyMatch(role, promise, granting, entries);
      else
        for (const entry of entries)
          yield { at: entry.at, role, evidence: { action: entry.text, ...lists(entry, granting) } };
    }
  },
};

function toDenyMatch(
  role: RoleDefinition,
  promise: string,
  granting: ActionList,
  entries: readonly ActionEntry[],
): Match {
  const [first, ...others] = entries;
  return {
    at: first!.at,
    role,
    evidence: { promise, actions: entries.map(({ text }) => text), ...lists(first!, granting) },
    related: others
      .slice(0, maxRelated)
      .map(({ at, text }) => ({ at, message: `"${text}" excludes nothing either.` })),
  };
}

const maxRelated = 20;

function lists(entry: ActionEntry, granting: ActionList): { list: string; granting: string } {
  return { list: listNames[entry.list], granting: listNames[granting] };
}

/** The word in the role's name or description that says that its holder is kept from something. */
function promiseOfDenial({ name, description }: RoleDefinition): string | undefined {
  const inName = denial.exec(splitWords(name?.value ?? ''))?.[0];
  return inName ?? denial.exec(description?.value ?? '')?.[0];
}

/** `LabAdminNoNetwork` is three words and `No`. */
function splitWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}

const denial =
  /\b(?:no|deny|denies|denied|denying|cannot|can not|can['’]t|but not|not allowed|may not|without|except|prevents?|forbids?|forbidden)\b/i;
