import type { ComponentChildren, JSX } from 'preact';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';

/** `main`: the one way on of a screen. `plain`: looks like a link. */
export type ButtonKind = 'main' | 'quiet' | 'danger' | 'plain';

interface Shared {
  /** Default `quiet`. */
  readonly kind?: ButtonKind | undefined;
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
  /** Name for readers where the words alone do not say enough. */
  readonly label?: string | undefined;
}

export interface ButtonProps extends Shared {
  readonly onClick?: ((event: MouseEvent) => void) | undefined;
  /** Default `button`. */
  readonly type?: 'button' | 'submit' | undefined;
  /** At work: it keeps the focus and does nothing. */
  readonly busy?: boolean | undefined;
  /** Stays reachable, so that a reader hears that it is there; say beside it why it does nothing. */
  readonly disabled?: boolean | undefined;
  /** Of a button that is on or off. */
  readonly pressed?: boolean | undefined;
}

/** A button of at least 44 px, the main one 60. */
export function Button(props: ButtonProps): JSX.Element {
  const { kind = 'quiet', icon, children, label, onClick, type = 'button' } = props;
  const { busy = false, disabled = false, pressed } = props;
  const isOff = busy || disabled;
  return (
    <button
      type={type}
      class={classes('button', `button--${kind}`)}
      aria-label={label}
      aria-disabled={isOff || undefined}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span class="spinner__ring" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface LinkButtonProps extends Shared {
  readonly href: string;
}

/** A link that looks like a button: it leads somewhere, and does nothing. */
export function LinkButton(props: LinkButtonProps): JSX.Element {
  const { kind = 'quiet', icon, children, label, href } = props;
  return (
    <a class={classes('button', `button--${kind}`)} href={href} aria-label={label}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
