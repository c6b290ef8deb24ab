import type { JSX } from 'preact';

interface BarProps {
  readonly value: number;
  readonly of: number;
  /** More of it, not certain. */
  readonly upTo?: number;
  readonly className?: string;
}

/** A share as a length; the number stands beside it. */
export function Bar({ value, of, upTo = value, className = '' }: BarProps): JSX.Element {
  const percent = (part: number): string => `${of === 0 ? 0 : Math.min(100, (part / of) * 100)}%`;
  return (
    <span class={`meter ${className}`} aria-hidden="true">
      {upTo > value && <span class="perhaps" style={{ width: percent(upTo) }} />}
      <span class="fill" style={{ width: percent(value) }} />
    </span>
  );
}
