import type { ComponentChildren, JSX } from 'preact';

export interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
}

export interface FactsProps {
  /** What is false or undefined is left out. */
  readonly facts: readonly (Fact | false | undefined)[];
}

/** Names and what they are, one a line. */
export function Facts({ facts }: FactsProps): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
