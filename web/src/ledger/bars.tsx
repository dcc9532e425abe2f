import type { JSX } from 'preact';
import { formatCount } from '../shared/format.ts';
import { useLanguage } from '../shell/texts.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
}

export interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const [HEIGHT, STEP, WIDTH, TOP, BOTTOM] = [170, 72, 44, 26, 26];

/** Bars with their figures on top; the same figures are in a table beside it. */
export function Bars({ title, bars }: BarsProps): JSX.Element {
  const language = useLanguage();
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const width = Math.max(4, bars.length) * STEP;
  const told = bars.map(({ label, value }) => `${label} ${value}`).join(', ');
  return (
    <figure class="bars">
      <figcaption class="strong">{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="bars__box" tabIndex={0} aria-label={title}>
        <svg
          class="bars__svg"
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={`${title}: ${told}`}
        >
          <line class="bars__axis" x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
          {bars.map(({ label, value }, i) => {
            const height = Math.max(2, ((HEIGHT - TOP - BOTTOM) * value) / most);
            const middle = i * STEP + STEP / 2;
            const top = HEIGHT - BOTTOM - height;
            return (
              <g key={label}>
                <rect
                  class="bars__bar"
                  x={middle - WIDTH / 2}
                  y={top}
                  width={WIDTH}
                  height={height}
                  rx={4}
                />
                <text class="bars__value" x={middle} y={top - 7} text-anchor="middle">
                  {formatCount(value, language)}
                </text>
                <text class="bars__label" x={middle} y={HEIGHT - 7} text-anchor="middle">
                  {label}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
    </figure>
  );
}
