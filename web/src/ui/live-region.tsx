import type { ComponentChildren, JSX } from 'preact';

/** Tells readers what changed; it is there before anything does, or it would not be heard. */
export function LiveRegion({ children }: { readonly children?: ComponentChildren }): JSX.Element {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {children}
    </div>
  );
}
