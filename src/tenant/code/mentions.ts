import { locatedItems, type LocatedValue, type UnknownReason } from '../../input/located-value.js';
import { guidOf } from '../../rbac/model/guid.js';

/** What a value speaks of: resources of the code by their addresses, and object ids. */
export function mentionsIn(root: LocatedValue): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: LocatedValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value.kind === 'list') waiting.push(...locatedItems(value));
    else if (value.kind === 'object') {
      waiting.push(...value.members.map(member => member.value));
      if (value.more !== undefined) addMentioned(value.more, found);
    } else if (value.kind === 'string') {
      const guid = guidOf(value.value);
      if (guid !== undefined) found.add(guid);
    } else if (value.kind === 'unknown') {
      for (const part of [value, value.reason, ...(value.parts ?? [])]) addMentioned(part, found);
    }
  }
  return found;
}

type Mentioning = string | Pick<UnknownReason, 'identity' | 'resource'>;

function addMentioned(part: Mentioning, found: Set<string>): void {
  if (typeof part === 'string') return;
  for (const mentioned of [part.resource, part.identity]) if (mentioned !== undefined) found.add(mentioned);
}

/** Whether a text has the address of the resource, and not that of another whose name begins so. */
export function namesResource(text: string, resource: string): boolean {
  for (let at = text.indexOf(resource); at >= 0; at = text.indexOf(resource, at + 1)) {
    if (!/[\w-]/.test(text.charAt(at + resource.length))) return true;
  }
  return false;
}

/** Whether one of them is the resource, or an attribute of it. */
export function mentions(mentioned: ReadonlySet<string>, resource: string): boolean {
  return [...mentioned].some(each => each === resource || each.startsWith(`${resource}.`));
}
