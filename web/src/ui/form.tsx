import type { ComponentChildren, JSX } from 'preact';

export interface FormProps {
  /** Default `stack`. */
  readonly class?: string | undefined;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}

/** Entries that are sent together. The page says itself what is wrong with them, in its own language. */
export function Form({ class: look = 'stack', onSubmit, children }: FormProps): JSX.Element {
  return (
    <form
      class={look}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
