import type { JSX } from 'preact';
import type { Fen } from '../../../../src/core/money.ts';
import { formatMonth, yearOf } from '../../../../src/core/month.ts';
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
  if (steps.length === 0) return null;
  const bases = steps.map(({ baseFen }) => baseFen);
  const [lowest, highest] = [Math.min(...bases) as Fen, Math.max(...bases) as Fen];
  return (
    <Card title={texts.base}>
      <p>{texts.baseLead(formatMoney(lowest, language), formatMoney(highest, language))}</p>
      <Line steps={steps} highest={highest} label={texts.baseChart} />
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
  readonly highest: Fen;
  readonly label: string;
}

function Line({ steps, highest, label }: LineProps): JSX.Element {
  const first = steps[0]?.from ?? 0;
  const end = (steps.at(-1)?.to ?? 0) + 1;
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
      {yearMarks(first, end).map((year) => (
        <g key={year}>
          <path class="base-chart__ground" d={`M${x((year - 1900) * 12)} ${HEIGHT - BOTTOM}v6`} />
          <text class="base-chart__year" x={x((year - 1900) * 12)} y={HEIGHT - 4}>
            {year}
          </text>
        </g>
      ))}
      <path class="base-chart__line" d={path} />
    </svg>
  );
}

/** Januaries, few enough to be read. */
function yearMarks(first: number, end: number): number[] {
  const [from, to] = [yearOf(first as never) + 1, yearOf(end as never)];
  const step = Math.max(1, Math.ceil((to - from + 1) / 6));
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(
    (_, i, all) => i % step === 0 && i < all.length,
  );
}
