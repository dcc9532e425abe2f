import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icons.tsx';

export interface DisclosureProps {
  readonly summary: ComponentChildren;
  readonly open?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** More for who wants it. */
export function Disclosure({ summary, open, children }: DisclosureProps): JSX.Element {
  return (
    <details class="disclosure" open={open}>
      <summary>
        <span>{summary}</span>
        <Icon name="chevronDown" />
      </summary>
      <div class="disclosure__body stack">{children}</div>
    </details>
  );
}
