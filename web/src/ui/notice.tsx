import type { ComponentChildren, JSX } from 'preact';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'info' | 'warn' | 'bad' | 'good';

const icons: Readonly<Record<Tone, IconName>> = {
  info: 'info',
  warn: 'warning',
  bad: 'crossCircle',
  good: 'checkCircle',
};

export interface NoticeProps {
  readonly tone: Tone;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
  /** Said aloud by readers when it appears; for what answers an action. */
  readonly announce?: boolean | undefined;
}

/** Something to know: an icon and words beside the colour. */
export function Notice({ tone, title, children, announce = false }: NoticeProps): JSX.Element {
  const role = announce ? (tone === 'bad' ? 'alert' : 'status') : undefined;
  return (
    <div class={classes('notice', `notice--${tone}`)} role={role}>
      <Icon name={icons[tone]} />
      <div class="notice__body">
        {title !== undefined && <p class="notice__title">{title}</p>}
        {children !== undefined && <div class="stack stack--tight">{children}</div>}
      </div>
    </div>
  );
}

/** What is missing or wrong in what was entered; nothing while nothing is. */
export function Fault({ children }: Pick<NoticeProps, 'children'>): JSX.Element | false {
  return (
    !!children && (
      <Notice tone="bad" announce>
        {children}
      </Notice>
    )
  );
}

export interface BadgeProps {
  readonly tone: Tone | 'plain';
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
}

/** A state in a word or two. */
export function Badge({ tone, icon, children }: BadgeProps): JSX.Element {
  const drawn = icon ?? (tone === 'plain' ? undefined : icons[tone]);
  return (
    <span class={classes('badge', `badge--${tone}`)}>
      {drawn && <Icon name={drawn} />}
      {children}
    </span>
  );
}
