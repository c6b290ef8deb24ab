import type { JSX } from 'preact';

/** Ready to paste. */
export function Commands({ commands }: { readonly commands: readonly string[] }): JSX.Element | null {
  if (commands.length === 0) return null;
  return <pre class="commands">{commands.join('\n')}</pre>;
}
