import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

export interface ProgressProps {
  /** What is being done. */
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  /** Where percent say too little: `3 of 12`. */
  readonly detail?: string | undefined;
}

/** How far something is: only for what is measured; for the rest, see `Spinner`. */
export function Progress({ label, share, detail }: ProgressProps): JSX.Element {
  const id = useId();
  const fill = useRef<HTMLSpanElement>(null);
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  useLayoutEffect(() => {
    fill.current?.style.setProperty('--share', `${percent / 100}`);
  }, [percent]);
  return (
    <div class="progress">
      <p class="progress__line">
        <span id={id}>{label}</span>
        <span class="number">{detail ?? `${percent}%`}</span>
      </p>
      <div
        class="progress__bar"
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={detail}
      >
        <span class="progress__fill" ref={fill} />
      </div>
    </div>
  );
}
