import type { JSX } from 'preact';
import type { MonthKind } from './months.ts';

/** A full square, a half one, a cross, a dot: told apart without colour. */
const shapes: Readonly<Record<MonthKind, JSX.Element>> = {
  paid: <rect x="3" y="3" width="18" height="18" rx="3" class="mark__fill" />,
  late: (
    <>
      <rect x="4" y="4" width="16" height="16" rx="3" class="mark__line" />
      <path d="M4.5 19.5L19.5 4.5V18a1.5 1.5 0 0 1-1.5 1.5z" class="mark__fill" />
    </>
  ),
  gap: <path d="M7 7l10 10M17 7L7 17" class="mark__line" />,
  outside: <circle cx="12" cy="12" r="2" class="mark__dot" />,
};

export function MonthMark({ kind }: { readonly kind: MonthKind }): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shapes[kind]}
    </svg>
  );
}
