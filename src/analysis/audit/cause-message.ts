import type { Finding } from '../../lint/engine/finding.js';
import { fillMessage } from '../../lint/engine/message.js';
import { variantOf } from '../../lint/engine/settings.js';

/**
 * One sentence for all findings of a cause: that of the first, and where the others differ, how many other values there
 * are: `The service principal deploy (and 17 more) holds Owner at /subscriptions/… (and 19 more).`
 */
export function causeMessage(findings: readonly Finding[], catalogDate: string): string {
  const [first] = findings;
  if (first === undefined) throw new Error('A cause needs a finding.');
  if (findings.every(({ message }) => message === first.message)) return first.message;
  const { rule, variant, subject, evidence } = first;
  const template = (variant === undefined ? undefined : variantOf(rule, variant)?.message) ?? rule.message;
  const marked = template.replace(placeholder, (written, quoted?: string, bare?: string) => {
    const others = otherValues(findings, (quoted ?? bare)!);
    return others === 0 ? written : `${written} (and ${others} more)`;
  });
  return fillMessage(marked, evidence, { role: subject?.name ?? '(unnamed)', catalogDate });
}

/** A value in quotes keeps what is said of the others outside of them. */
const placeholder = /"\{([A-Za-z][A-Za-z0-9]*)\}"|\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** How many different values the findings have beside that of the first. */
function otherValues(findings: readonly Finding[], name: string): number {
  const texts = new Set<string>();
  const others = new Set<string>();
  for (const { evidence } of findings) {
    const value = Object.hasOwn(evidence, name) ? evidence[name] : undefined;
    // Nearly all are texts: a cause may have a hundred thousand.
    if (typeof value === 'string') texts.add(value);
    else others.add(JSON.stringify(value) ?? '');
  }
  return texts.size + others.size - 1;
}
