import type { JSX } from 'preact';
import { unpackCreditCode } from '../../../../src/ledger/employer.ts';
import { insurances } from '../../../../src/ledger/insurance.ts';
import { cityOf, type Region } from '../../../../src/ledger/region.ts';
import { cityName } from '../../../../src/statements/words.ts';
import { formatMoney, formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { MonthMark } from './month-mark.tsx';
import type { MonthCell } from './months.ts';
import { recordTexts } from './texts.ts';

export interface MonthDetailProps {
  readonly cell: MonthCell;
  readonly onGo: (month: number) => void;
}

/** What the ledger keeps of a month. */
export function MonthDetail({ cell, onGo }: MonthDetailProps): JSX.Element {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const facts = useMonthFacts(cell);
  const { month, kind } = cell;
  return (
    <div class="month-detail">
      <p class="month-detail__head">
        <strong>{formatMonthOf(month, language)}</strong>
        <span class="month-detail__kind" data-kind={kind}>
          <span class="legend__mark">
            <MonthMark kind={kind} />
          </span>
          <span class="strong">{texts.kinds[kind]}</span>
        </span>
      </p>
      {facts ? <Facts facts={facts} /> : <p>{texts.noEntry}</p>}
      <div class="row row--between">
        <Button icon="arrowLeft" onClick={() => onGo(month - 1)}>
          {texts.before}
        </Button>
        <Button icon="arrowRight" onClick={() => onGo(month + 1)}>
          {texts.after}
        </Button>
      </div>
    </div>
  );
}

/** The same, to be heard. */
export function useMonthText(cell: MonthCell | undefined): string {
  const texts = useTexts(recordTexts);
  const facts = useMonthFacts(cell);
  if (!cell) return '';
  if (!facts) return texts.noEntry;
  return facts.map(({ name, value }) => `${name} ${value}`).join(texts.listSeparator);
}

function useMonthFacts(cell: MonthCell | undefined): readonly Fact[] | undefined {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  if (!cell?.entry) return undefined;
  const { baseFen, region, employer, paidMask } = cell.entry;
  const paid = insurances.filter((_, i) => (paidMask >> i) & 1).map((id) => texts.names[id]);
  return [
    { name: texts.base, value: formatMoney(baseFen, language) },
    { name: texts.city, value: cityName(cityOf(region as Region), language) },
    {
      name: texts.employer,
      value: employer === 0n ? texts.noEmployer : unpackCreditCode(employer),
    },
    { name: texts.alsoPaid, value: paid.join(texts.listSeparator) || '–' },
  ];
}
