import type { ComponentChildren, JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';

export interface FileDropProps {
  /** What to drop. */
  readonly label: ComponentChildren;
  readonly buttonLabel: string;
  /** As HTML has it: `.json,application/json`. */
  readonly accept?: string | undefined;
  readonly multiple?: boolean | undefined;
  readonly busy?: boolean | undefined;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Files by a button, or dropped upon it. */
export function FileDrop(props: FileDropProps): JSX.Element {
  const { label, buttonLabel, accept, multiple = false, busy, onFiles } = props;
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const give = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same
    <div
      class="drop"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!busy) give(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" size={32} />
      <p>{label}</p>
      <input
        ref={input}
        type="file"
        hidden
        {...{ accept, multiple }}
        aria-label={buttonLabel}
        onChange={(event) => {
          give(event.currentTarget.files);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
      <Button icon="file" busy={busy} onClick={() => input.current?.click()}>
        {buttonLabel}
      </Button>
    </div>
  );
}
