import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type MonthIndex, toMonthIndex } from '../../../../src/core/month.ts';
import { type Insurance, insuranceIndex } from '../../../../src/ledger/insurance.ts';
import { insuranceName } from '../../../../src/statements/words.ts';
import { formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { LiveRegion } from '../../ui/live-region.tsx';
import { Legend } from './legend.tsx';
import { MonthDetail, useMonthText } from './month-detail.tsx';
import { MonthMark } from './month-mark.tsx';
import type { InsurancePicture, MonthCell } from './months.ts';
import { recordTexts } from './texts.ts';
import './calendar.css';

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
/** Months a key moves by. */
const MOVES: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -12, ArrowDown: 12 },
};

export interface CalendarProps {
  readonly insurance: Insurance;
  readonly picture: InsurancePicture;
}

/**
 * Years as rows, months as cells. One of them is in the order of the keyboard, arrows go to the
 * others; the chosen one is told below its year.
 */
export function Calendar({ insurance, picture }: CalendarProps): JSX.Element {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const grid = useRef<HTMLTableElement>(null);
  const { years, last } = picture;
  const cells = years.flatMap((year) => year.cells);
  const [from, to] = [cells[0]?.month ?? 0, cells.at(-1)?.month ?? 0];
  const [chosen, setChosen] = useState<MonthIndex>();
  const reachable = chosen ?? last ?? cells.at(-1)?.month;
  const spoken = useMonthText(cells.find(({ month }) => month === chosen));

  const goTo = (month: number) => {
    if (month < from || month > to) return;
    setChosen(toMonthIndex(month));
    grid.current?.querySelector<HTMLElement>(`[data-month="${month}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const month = Number((event.target as HTMLElement).dataset.month);
    if (Number.isNaN(month)) return;
    const inYear = month % 12;
    const ends: Readonly<Record<string, number>> = { Home: -inYear, End: 11 - inYear };
    const move = MOVES[event.key] ?? ends[event.key];
    if (move === undefined) return;
    event.preventDefault();
    goTo(month + move);
  };
  return (
    <div class="stack">
      <p class="soft">{texts.calendarHint}</p>
      <table
        class="calendar"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that takes arrow keys
        role="grid"
        aria-label={texts.calendar(insuranceName(insuranceIndex(insurance), language))}
        ref={grid}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col" class="calendar__corner">
              <span class="visually-hidden">{texts.year}</span>
            </th>
            {MONTHS.map((month) => (
              <th key={month} scope="col" class="calendar__head">
                <span aria-hidden="true">{month}</span>
                <span class="visually-hidden">{texts.month(month)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {years.map(({ year, cells }) => (
            <Year
              key={year}
              year={year}
              cells={cells}
              chosen={chosen}
              reachable={reachable}
              onChoose={setChosen}
              onGo={goTo}
            />
          ))}
        </tbody>
      </table>
      <LiveRegion>{spoken}</LiveRegion>
      <Legend />
    </div>
  );
}

interface YearProps {
  readonly year: number;
  readonly cells: readonly MonthCell[];
  readonly chosen: MonthIndex | undefined;
  readonly reachable: MonthIndex | undefined;
  readonly onChoose: (month: MonthIndex | undefined) => void;
  readonly onGo: (month: number) => void;
}

function Year({ year, cells, chosen, reachable, onChoose, onGo }: YearProps): JSX.Element {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const detailed = cells.find(({ month }) => month === chosen);
  return (
    <>
      <tr>
        <th scope="row" class="calendar__year">
          {year}
        </th>
        {cells.map(({ month, kind }) => (
          <td key={month}>
            <button
              type="button"
              class="calendar__cell"
              data-month={month}
              data-kind={kind}
              aria-label={`${formatMonthOf(month, language)} ${texts.kinds[kind]}`}
              aria-expanded={month === chosen}
              tabIndex={month === reachable ? 0 : -1}
              onClick={() => onChoose(month === chosen ? undefined : month)}
            >
              <MonthMark kind={kind} />
            </button>
          </td>
        ))}
      </tr>
      {detailed && (
        <tr>
          <td class="calendar__detail" colSpan={13}>
            <MonthDetail cell={detailed} onGo={onGo} />
          </td>
        </tr>
      )}
    </>
  );
}
