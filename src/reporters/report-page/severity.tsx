import type { JSX } from 'preact';

export const severityNames = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** A severity by colour and by word. */
export function SeverityTag({ of }: { readonly of: string }): JSX.Element {
  return <span class={`badge ${of}`}>{of}</span>;
}
