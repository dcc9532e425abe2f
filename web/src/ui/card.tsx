import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icons.tsx';

export interface CardProps {
  /** As a heading of the second level. */
  readonly title?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Things that belong together, on a sheet of their own. */
export function Card({ title, children }: CardProps): JSX.Element {
  return (
    <section class="card">
      {title !== undefined && <h2>{title}</h2>}
      {children}
    </section>
  );
}

export interface DoorProps {
  readonly href: string;
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

/** A card that leads on. */
export function Door({ href, icon, title, text }: DoorProps): JSX.Element {
  return (
    <a class="card door" href={href}>
      <span class="door__icon">
        <Icon name={icon} />
      </span>
      <span class="door__text">
        <strong>{title}</strong>
        <span class="soft">{text}</span>
      </span>
      <span class="door__arrow">
        <Icon name="arrowRight" />
      </span>
    </a>
  );
}
