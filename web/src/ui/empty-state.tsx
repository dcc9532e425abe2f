import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icons.tsx';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** What fills it, and how. */
  readonly children?: ComponentChildren;
}

/** Nothing is here yet, and what to do about it. */
export function EmptyState({ icon, title, children }: EmptyStateProps): JSX.Element {
  return (
    <div class="empty">
      <span class="empty__icon">
        <Icon name={icon} />
      </span>
      <p class="strong">{title}</p>
      {children}
    </div>
  );
}
