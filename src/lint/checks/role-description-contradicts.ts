import type { ActionList, RoleDefinition } from '../../rbac/model/role-definition.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import type { EntryPermissions } from '../../rbac/permissions/role-permissions.js';
import { lastSegmentOf } from './action-text.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';

/** Roles that call themselves read-only and grant writes or deletes. */
export const roleDescriptionContradicts: Check<'role-definition'> = {
  subject: 'role-definition',
  needs: ['name', 'description'],
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(role, _options, context) {
    const claim = claimOfReading(role);
    if (claim === undefined) return;
    const actions = context.permissionsOf(role).entries.flatMap(entry => writingStrings(entry, context));
    if (actions.length > 0)
      yield { at: claim.at, role, evidence: { claim: claim.text, actions: [...new Set(actions)] } };
  },
};

/** The words that promise reading alone. Whoever also names a change, and does not deny it, promises no such thing. */
function claimOfReading({ name, description }: RoleDefinition) {
  for (const [place, pattern] of [
    [description, readOnly],
    [name, readerName],
  ] as const) {
    const text = place && pattern.exec(place.value)?.[0];
    if (text === undefined) continue;
    // Last, for it is a long expression, which takes a moment to compile, and few roles claim to read alone.
    const isDenied = changing.test(withoutDenials(`${name?.value ?? ''}. ${description?.value ?? ''}`));
    return isDenied ? undefined : { text, at: place!.at };
  }
  return undefined;
}

const readOnly =
  /\b(?:(?:read|view)[ -]?only|only (?:allows? |grants? |permits? |can )?(?:to )?(?:reads?|views?|reading|viewing)|(?:reads?|views?) only)\b/i;
const readerName = /\b(?:reader|viewer|(?:read|view)[ -]?only)\b/i;

const changing =
  /\b(?:writ(?:e|es|er|ers|ing)|creat\w+|manag\w+|updat\w+|edit\w*|modif\w+|delet\w+|remov\w+|chang\w+|contribut\w+|operat(?:e|es|or|ors)|admin\w*|owner|full|deploy\w*|add|adds|set|sets|config\w+|regist\w+|assign\w*|approv\w+|restart\w*|start|stop|run|runs|execut\w+|upload\w*|publish\w*|send|sends|sync\w*|tag|tags|tagging|submit\w*|join\w*|plus|except\w*)\b/i;

/** Drops "but cannot change …", up to the end of the clause. */
function withoutDenials(text: string): string {
  return text.replace(/(?:\b(?:cannot|can not|not|no|never|without|unable)\b|n['’]t\b)[^.;:\n]*/gi, '');
}

/** The strings through which a permission changes something. Support tickets change nothing of what one may read. */
function writingStrings(entry: EntryPermissions, { catalog, index }: CheckContext): string[] {
  const writes = new Bitset(index.size);
  for (const plane of ['control', 'data'] as const) {
    for (const bit of entry.set[plane].known) {
      const { name } = catalog.operations.at(bit);
      if (isChange(name)) writes.add(bit);
    }
  }
  if (writes.isEmpty) return [];
  return (['actions', 'dataActions'] satisfies ActionList[])
    .flatMap(list => entry.permission[list])
    .filter(({ key }) => index.expand(key).intersects(writes))
    .map(({ text }) => text.trim());
}

function isChange(operation: string): boolean {
  const verb = lastSegmentOf(operation);
  return (verb === 'write' || verb === 'delete') && !/^microsoft\.support\//i.test(operation);
}
