import type { JSX } from 'preact';
import type { Fen } from '../../../../src/core/money.ts';
import {
  addMonths,
  formatMonth,
  type MonthIndex,
  monthIndex,
  yearOf,
} from '../../../../src/core/month.ts';
import type { MonthEntry } from '../../../../src/ledger/account.ts';
import { formatMoney } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Table } from '../../ui/table.tsx';
import { type BaseStep, baseSteps } from './months.ts';
import { recordTexts } from './texts.ts';
import './base-chart.css';

const WIDTH = 640;
const HEIGHT = 240;
const BOTTOM = 28;

/** The contribution base as a line of steps, and the same as a table. */
export function BaseChart({
  months,
}: {
  readonly months: readonly MonthEntry[];
}): JSX.Element | null {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const steps = baseSteps(months).filter(({ baseFen }) => baseFen > 0);
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return null;
  const bases = steps.map(({ baseFen }) => baseFen);
  const [lowest, highest] = [Math.min(...bases) as Fen, Math.max(...bases) as Fen];
  return (
    <Card title={texts.base}>
      <p>{texts.baseLead(formatMoney(lowest, language), formatMoney(highest, language))}</p>
      <Line
        steps={steps}
        first={first.from}
        end={addMonths(last.to, 1)}
        highest={highest}
        label={texts.baseChart}
      />
      <Disclosure summary={texts.baseTable}>
        <div class="base-table">
          <Table
            caption={texts.base}
            rows={[...steps].reverse()}
            rowKey={({ from }) => `${from}`}
            columns={[
              { key: 'period', head: texts.period, cell: (step) => <Period step={step} /> },
              {
                key: 'base',
                head: texts.base,
                align: 'end',
                cell: ({ baseFen }) => formatMoney(baseFen, language),
              },
            ]}
          />
        </div>
      </Disclosure>
    </Card>
  );
}

/** Short, so that it fits a phone. */
function Period({ step }: { readonly step: BaseStep }): JSX.Element {
  const [from, to] = [formatMonth(step.from), formatMonth(step.to)];
  return (
    <>
      <span class="number">{from}</span>
      {from !== to && (
        <>
          {' – '}
          <span class="number">{to}</span>
        </>
      )}
    </>
  );
}

interface LineProps {
  readonly steps: readonly BaseStep[];
  readonly first: MonthIndex;
  /** After the last. */
  readonly end: MonthIndex;
  readonly highest: Fen;
  readonly label: string;
}

function Line({ steps, first, end, highest, label }: LineProps): JSX.Element {
  const x = (month: number) => ((month - first) / (end - first)) * WIDTH;
  const y = (fen: number) => 8 + (1 - fen / highest) * (HEIGHT - BOTTOM - 8);
  const path = steps
    .map(({ from, to, baseFen }, i) => {
      const joins = steps[i - 1]?.to === from - 1;
      return `${joins ? 'L' : 'M'}${x(from)} ${y(baseFen)}H${x(to + 1)}`;
    })
    .join('');
  return (
    <svg class="base-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path class="base-chart__ground" d={`M0 ${HEIGHT - BOTTOM}H${WIDTH}`} />
      {januaries(first, end).map((month) => (
        <g key={month}>
          <path class="base-chart__ground" d={`M${x(month)} ${HEIGHT - BOTTOM}v6`} />
          <text class="base-chart__year" x={x(month)} y={HEIGHT - 4}>
            {yearOf(month)}
          </text>
        </g>
      ))}
      <path class="base-chart__line" d={path} />
    </svg>
  );
}

/** Few enough to be read. */
function januaries(first: MonthIndex, end: MonthIndex): MonthIndex[] {
  const [from, to] = [yearOf(first) + 1, yearOf(end)];
  const step = Math.max(1, Math.ceil((to - from + 1) / 6));
  return Array.from({ length: Math.ceil((to - from + 1) / step) }, (_, i) =>
    monthIndex(from + i * step, 1),
  );
}
