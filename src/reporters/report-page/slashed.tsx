import type { JSX } from 'preact';

/** An operation or a scope, which may be broken behind its slashes. */
export function Slashed({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split('/');
  return (
    <code>
      {parts.map((part, at) => (
        <span key={at}>
          {at > 0 && (
            <>
              /<wbr />
            </>
          )}
          {part}
        </span>
      ))}
    </code>
  );
}
