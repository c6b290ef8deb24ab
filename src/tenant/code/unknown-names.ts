import { getOrInsert } from '../../maps.js';
import type { LocatedValue, UnknownReason } from '../../input/located-value.js';

/**
 * Stands in for what only the deployment knows: a GUID, or a part of a name, the same for what is the same within what is deployed
 * together. They tell places apart; nobody sees them.
 */
export class UnknownNames {
  private readonly numbers = new Map<string, number>();

  /** An id as far as it is known, with stand-ins for the rest. A part of which nobody knows what it equals has one of its own. */
  fill(parts: readonly (string | UnknownReason)[], domain: string, owner: string): string {
    return parts
      .map((part, at) => {
        if (typeof part === 'string') return part;
        const number = this.number(domain, part.identity ?? `${owner} ${at}`);
        const before = parts[at - 1];
        return typeof before === 'string' && /\/subscriptions\/$/i.test(before)
          ? guidOf(number)
          : `unknown${number}`;
      })
      .join('');
  }

  private number(domain: string, identity: string): number {
    const key = JSON.stringify([domain, identity]);
    return getOrInsert(this.numbers, key, () => this.numbers.size + 1);
  }
}

function guidOf(number: number): string {
  return `ffffffff-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A value as people read it: what is unknown in it by its name, as code writes it. */
export function shownText(value: LocatedValue): string {
  if (value.kind === 'string') return value.value;
  if (value.kind !== 'unknown') return '?';
  const { parts, reason } = value;
  if (parts === undefined) return value.identity ?? reason.name;
  return parts.map(part => (typeof part === 'string' ? part : `\${${part.name}}`)).join('');
}
