import type { JSX } from 'preact';

export interface FiguresProps {
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}

/** Numbers that are looked at side by side. */
export function Figures({ figures }: FiguresProps): JSX.Element {
  return (
    <dl class="figures">
      {figures.map(({ name, value }) => (
        <div key={name} class="figure">
          <dt class="soft">{name}</dt>
          <dd class="figure__value number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
