import type { RoleDefinition } from '../model/role-definition.js';
import { listNames } from './action-verdict.js';
import type { Check } from './check.js';
import { entriesWithoutEffect } from './subtraction.js';

/**
 * Entries of NotActions that remove nothing. `as: "deny"` takes the roles whose name or description promises that
 * something is denied, `as: "spare"` the others.
 */
export const notActionEffect: Check<'role-definition', { as: 'deny' | 'spare' }> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: { as: { enum: ['deny', 'spare'] } },
    required: ['as'],
    additionalProperties: false,
  },
  *evaluate(role, { as }, context) {
    const promise = promiseOfDenial(role);
    if ((promise === undefined) === (as === 'deny')) return;
    for (const entry of entriesWithoutEffect(role, context)) {
      const evidence = {
        action: entry.text,
        list: listNames[entry.list],
        granting: entry.list === 'notActions' ? 'Actions' : 'DataActions',
      };
      yield { at: entry.at, role, evidence: promise === undefined ? evidence : { ...evidence, promise } };
    }
  },
};

/** The word in the role's name or description that says that its holder is kept from something. */
function promiseOfDenial({ name, description }: RoleDefinition): string | undefined {
  const inName = denial.exec(splitWords(name?.value ?? ''))?.[0];
  return inName ?? denial.exec(description?.value ?? '')?.[0];
}

/** `LabAdminNoNetwork` is three words and `No`. */
function splitWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}

const denial = /\b(?:no|deny|denies|denied|denying|cannot|can not|can['’]t|but not|not allowed|may not|without|except|prevents?|forbids?|forbidden)\b/i;
