import type { ComponentChildren, JSX } from 'preact';

/** Something takes a moment: it is always said what. */
export function Spinner({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <p class="spinner" role="status">
      <span class="spinner__ring" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
