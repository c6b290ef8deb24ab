/** What is collected. */
export type Target =
  | { readonly kind: 'subscriptions'; readonly ids: readonly string[] }
  | { readonly kind: 'management-group'; readonly name: string }
  | { readonly kind: 'tenant' };

export const engines = ['auto', 'arm', 'graph'] as const;
export type Engine = (typeof engines)[number];

/** The same for the same target, however often or in whatever case it is named. */
export function targetInWords(target: Target): string {
  if (target.kind === 'tenant') return 'the tenant';
  if (target.kind === 'management-group') return `management group ${target.name}`;
  const ids = new Set(target.ids.map(id => id.toLowerCase()));
  return `subscriptions ${[...ids].sort().join(' ')}`;
}
