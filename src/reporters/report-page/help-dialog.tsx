import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface HelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function HelpDialog({ isOpen, onClose }: HelpProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen && dialog.current?.open === true) dialog.current.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h2>How to read the figures</h2>
      <p>
        An identity’s figure is what it holds beyond what it is known to need, from 0 to 100. Each kind of
        access has a weight; it counts as far as the widest scope reaches at which the identity has it: in
        full at the root or a management group, 0.8 at a subscription, 0.5 at a resource group, 0.2 at a
        resource. Under a condition it counts half. What may be activated is shown and not counted. A figure
        with ≥ may be higher: something was not read.
      </p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

const keys = [
  ['/', 'search'],
  ['j k', 'next and previous row'],
  ['↓ ↑', 'the same, where a table has the focus'],
  ['Enter', 'open the row'],
  ['1 … 7', 'pages, from left to right'],
  ['t', 'light or dark'],
  ['?', 'this help'],
  ['Esc', 'leave a field, close this'],
] as const;
